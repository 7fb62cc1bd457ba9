"""Of few conversations nothing that is worked out from them is shown; the JSON keeps it, and says so."""

from __future__ import annotations

import pytest
from cases_by_hand import judgement, many

from scherp.evaluation.as_json import as_json, counts_only
from scherp.evaluation.as_page import as_page
from scherp.evaluation.as_text import as_text, remarks
from scherp.evaluation.judging import Streamed
from scherp.evaluation.registers import Register
from scherp.evaluation.results import results
from scherp.evaluation.tables import tables
from scherp.evaluation.too_few import FEWEST_SHOWN, WORKED_OUT, too_few
from scherp.texts import Language, has

PLAIN = ["material", "ranked", "found", "false_alarms", "ahead", "steers"]


def measured(risky, harmless, **known):
    streams = [Streamed(Register.OTHER, joined=True, messages=1200, alarms=1, in_sources=1)]
    marked = {"slices": ["boys"]}
    return results(judgement(*many(True, risky, **marked), *many(False, harmless, **known), streams=streams))


@pytest.fixture(scope="module")
def few():
    return measured(6, FEWEST_SHOWN - 1)


def names(found):
    return [table.name for table in tables(found, Language.EN)]


def test_of_few_only_what_was_counted_is_shown(few):
    assert names(few) == PLAIN
    assert too_few(few) == WORKED_OUT


def test_of_enough_everything_is_shown():
    enough = measured(FEWEST_SHOWN, FEWEST_SHOWN)
    assert too_few(enough) == ()
    assert {"predictive", "latency", "hidden"} <= set(names(enough))
    assert not any("Left out where" in remark for remark in remarks(enough, Language.EN))


def test_pieces_of_one_conversation_are_one():
    assert "predictive" in too_few(measured(FEWEST_SHOWN, 300, source="one long chat"))


def test_one_small_register_does_not_hide_another():
    cases = [*many(True, 20), *many(False, 20, register=Register.SMS), *many(False, 19, register=Register.IRC)]
    found = results(judgement(*cases))
    (table,) = [table for table in tables(found, Language.EN) if table.name == "latency"]
    assert {row[1] for row in table.rows} == {"SMS"}
    assert "latency" in too_few(found)


@pytest.mark.parametrize("language", Language)
def test_it_is_said_in_one_line(few, language):
    (line,) = [said for said in remarks(few, language) if str(FEWEST_SHOWN) in said]
    assert {Language.NL: "een dag van een team", Language.EN: "a team's day"}[language] in line
    text, page = as_text(few, language), as_page(few, language)
    assert {Language.NL: "kijkt elk", Language.EN: "looks at"}[language] not in text + page
    assert line in page.replace("&#x27;", "'")


def test_no_curve_is_drawn_of_few(few):
    assert "What finding costs: own" not in as_page(few, Language.EN)
    assert "What finding costs: own" in as_page(measured(20, 20), Language.EN)


def test_json_keeps_everything_and_says_what_is_not_shown(few):
    plain = as_json(few)
    assert plain["predictive"][0]["at_worst"] > 0
    assert (plain["fewest_shown"], plain["too_few"]) == (FEWEST_SHOWN, list(WORKED_OUT))
    assert plain["summary"] == {
        "risky": {"conversations": 6, "alarms": 6},
        "harmless": {"conversations": 19, "alarms": 0},
    }


def test_what_was_handed_back_in_counts_only_is_called_too_few_as_well(few):
    assert "predictive" in as_json(counts_only(few))["too_few"]


def test_the_catalogue_names_every_section_that_is_left_out():
    assert [name for name in WORKED_OUT if not has(f"evaluate.worked_out.{name}")] == []
