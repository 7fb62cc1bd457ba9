"""The model card begins with sentences whose every figure is the JSON's, and shows our English beside our Dutch."""

import copy
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import model_card  # noqa: E402  beside the page that it fills

HEAD = (ROOT / "src/scherp/training/model_card_head.md").read_text(encoding="utf-8")
SENTENCE = re.compile(r"^\d\. (.+)$", re.MULTILINE)
TERMS = (
    "Alarm", "Register", "Hard", "Reached", "Not reached", "Not resolvable", "AUC at k", "F-latency", "Brier skill",
)  # fmt: skip


@pytest.fixture
def whole():
    return json.loads((ROOT / "benchmarks/evaluation.json").read_text(encoding="utf-8"))["whole"]


def in_short(head):
    return head.partition("## In short")[2].partition("## What it is for")[0]


def row_of(rows, **wanted):
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_the_card_begins_with_five_to_eight_sentences():
    assert HEAD.index("## In short") < HEAD.index("## What it is for")
    assert 5 <= len(SENTENCE.findall(in_short(HEAD))) <= 8


def test_no_figure_is_typed_in_the_sentences():
    typed = [re.sub(r"\{[^}]*\}", "", said).replace("1 in ", "") for said in SENTENCE.findall(in_short(HEAD))]
    assert [said for said in typed if re.search(r"\d", said)] == []


def test_every_figure_is_filled_in(whole):
    assert not re.search(r"[{}]|None|not measured", in_short(model_card.in_sentences(HEAD, whole)))


@pytest.mark.parametrize("term", TERMS)
def test_the_words_of_the_table_are_explained(term):
    assert f"**{term}**" in in_short(HEAD)


def test_a_share_is_a_count_with_its_interval():
    share = {"value": 9 / 54, "interval": {"low": 0.079, "high": 0.293}, "n": 54}
    assert model_card.counted(share) == "9 of 54 (17 % [8–29 %])"
    assert model_card.counted({"value": None, "interval": None, "n": 0}) == "not measured"


def test_another_measurement_gives_other_sentences(whole):
    other = copy.deepcopy(whole)
    before = row_of(other["ahead"], risky="dutch_risky", self_graded=False)["before"]
    half, n = before["n"] // 2, before["n"]
    before["value"] = half / n
    assert f"{half} of {n} (" in model_card.in_sentences(HEAD, other)
    assert f"{half} of {n} (" not in model_card.in_sentences(HEAD, whole)


def test_a_figure_that_the_json_lacks_stops_the_page(whole):
    whole["found"] = [row for row in whole["found"] if row["risky"] != "dutch_risky"]
    with pytest.raises(KeyError, match="dutch_risky"):
        model_card.in_sentences(HEAD, whole)


def test_a_teams_day_is_told_with_its_bad_end():
    day = {"looks": 200, "right": 39.94, "watched": 47_425.9, "missed": 7.49}
    said = model_card.in_a_day({"day": day, "at_worst": 0.0314})
    assert said.startswith("about 40 of 200 to be risky (6 at the bad end of both intervals)")
    assert said.endswith("from about 47,000 conversations in which it misses about 7")
    assert model_card.in_a_day({"day": None, "at_worst": None}) == "not measured"


def test_where_no_warning_was_wrong_it_is_not_said_that_all_are_right():
    told = model_card.in_a_day({"day": None, "at_worst": 0.0114})
    assert "cannot be told" in told
    assert "2 of 200" in told


def test_what_the_sentences_claim_in_words_still_holds(whole):
    # "It does not travel by itself": of the translated ones far fewer are found than of any that we wrote.
    translated = row_of(whole["found"], risky="translated", k=None)["concern"]
    ours = row_of(whole["found"], risky="english_risky", k=None)["concern"]
    assert translated["interval"]["high"] < ours["interval"]["low"]


def test_our_english_stands_beside_our_dutch(whole):
    heads, _, *rows = model_card.ours(whole)
    assert heads == "| figure | Dutch | n | English | n |"
    alarm = rows[0].split(" | ")
    for language, cells in (("dutch", alarm[1:3]), ("english", alarm[3:5])):
        found = row_of(whole["found"], risky=f"{language}_risky", k=None)["concern"]
        assert cells[0].startswith(f"{found['value']:.3f}")
        assert cells[1].rstrip(" |") == str(found["n"])


def test_what_our_english_was_not_measured_on_is_called_so(whole):
    whole["steers"] = []
    (row,) = [row for row in model_card.ours(whole) if row.startswith("| who steers")]
    assert row.count("not measured") == 2
