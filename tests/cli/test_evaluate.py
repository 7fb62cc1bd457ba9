"""`scherp evaluate`: figures on the screen, on a page, as JSON; never a text, an id or a name."""

from __future__ import annotations

import json

import pytest

SHOWS = ["leest je moeder je appjes", "dit blijft tussen ons he", "stuur eens een foto van jezelf"]


def conversation(name, risky, count=24):
    lines = [SHOWS[n % 3] if risky and n >= 8 else "ik ga zo naar huis" for n in range(count)]
    said = [{"author": f"{name}-{n % 2}", "time": None, "text": text} for n, text in enumerate(lines)]
    known = {"steering": f"{name}-0", "first_request": 10} if risky else {}
    return json.dumps({"id": f"secret {name}", "label": int(risky), "messages": said} | known)


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "intake.jsonl"
    lines = [conversation(f"Zoltan{n}", n < 6) for n in range(14)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_figures_come_out_on_the_screen(scherp, labelled):
    said = scherp("evaluate", labelled, "--lang", "en")
    assert said.code == 0
    assert "own conversations" in said.out
    assert "Risky above harmless" in said.out


def test_it_begins_with_three_sentences_and_says_what_so_few_cannot_tell(scherp, labelled):
    said = scherp("evaluate", labelled, "--lang", "en").out.splitlines()
    assert said[1].startswith("Conversations measured: 14, of which 6 risky and 8 harmless")
    assert said[2].endswith("of the 6 risky conversations.")
    assert said[3].endswith("of the 8 harmless conversations.")
    assert any(line.startswith("Left out where it would rest on fewer than 20") for line in said)
    assert not any("looked at" in line for line in said)


def test_conversations_without_an_id_are_counted_apart(scherp, labelled):
    rows = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines()]
    labelled.write_text("".join(json.dumps(row | {"id": None}) + "\n" for row in rows), encoding="utf-8")
    plain = json.loads(scherp("evaluate", labelled, "--json", "-").out)
    assert plain["summary"]["harmless"]["conversations"] == 8
    assert [row["sources"] for row in plain["material"]] == [6, 8]


def test_in_dutch_when_nobody_says_otherwise(scherp, labelled):
    assert "Riskant boven onschuldig" in scherp("evaluate", labelled).out


@pytest.mark.parametrize("options", [[], ["--json", "-"], ["--html", "-"], ["--counts-only"]])
def test_no_text_id_or_name_ever_comes_out(scherp, labelled, options):
    said = scherp("evaluate", labelled, *options)
    for told in ("Zoltan", "secret", "moeder", "naar huis", "intake"):
        assert told not in said.out + said.err
    assert said.out


def test_counts_only_is_json_that_can_be_handed_back(scherp, labelled):
    plain = json.loads(scherp("evaluate", labelled, "--counts-only").out)
    assert [row["cases"] for row in plain["material"]] == [6, 8]
    assert plain["ahead"][0]["leads"] == []


def test_a_page_and_json_are_written_to_files(scherp, labelled, tmp_path):
    said = scherp("evaluate", labelled, "--html", tmp_path / "e.html", "--json", tmp_path / "e.json", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))["form"] == 1
    assert (tmp_path / "e.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_sign_can_be_left_out(scherp, labelled):
    signs = ["device_oversight_question", "secrecy_request", "image_request"]
    words = [word for sign in signs for word in ("--without", sign)]
    plain = json.loads(scherp("evaluate", labelled, "--json", "-", *words).out)
    assert plain["without"] == sorted(signs)
    whole = json.loads(scherp("evaluate", labelled, "--json", "-").out)
    assert whole["without"] == []
    shown = [results["hidden"] for results in (plain, whole)]
    assert shown[0] != shown[1], "no evidence of signs is left to hide"


def test_a_sign_that_does_not_exist_is_refused(scherp, labelled):
    said = scherp("evaluate", labelled, "--without", "image_requets", "--lang", "en")
    assert said.code == 24
    assert "Did you mean image_request?" in said.err


def test_a_line_without_label_is_counted_and_the_exit_code_says_so(scherp, labelled):
    with labelled.open("a", encoding="utf-8") as out:
        out.write('{"id": 1, "messages": []}\n')
    said = scherp("evaluate", labelled, "--lang", "en")
    assert said.code == 3
    assert "Lines without a labelled conversation, not measured: 1." in said.out


def test_nothing_labelled_is_a_message_to_a_person(scherp, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "messages": []}\n', encoding="utf-8")
    said = scherp("evaluate", path, "--lang", "en")
    assert said.code == 13
    assert "nothing to measure" in said.err
    assert scherp("evaluate", tmp_path / "nowhere").code == 10


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--counts-only", "--html", "x.html"], "no page goes with it"),
        (["--json", "-", "--html", "-"], "both want the screen"),
        ([], "Something is missing"),
    ],
)
def test_options_that_do_not_go_together_are_refused(scherp, labelled, options, told):
    said = scherp("evaluate", *([labelled] if options else []), *options, "--lang", "en")
    assert said.code == 2
    assert told in said.err
