"""What an evaluation hands over: text, a page, JSON. Figures only."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from cases_by_hand import judgement, many

from scherp.evaluation import as_json as data
from scherp.evaluation.as_page import as_page
from scherp.evaluation.as_text import as_markdown, as_text, opening
from scherp.evaluation.figures import Figure, Miss
from scherp.evaluation.intervals import Interval
from scherp.evaluation.judging import NO_SIGN, Streamed
from scherp.evaluation.plots import Axis, Line, bars, curves
from scherp.evaluation.registers import Register
from scherp.evaluation.results import results
from scherp.evaluation.tables import number, tables, with_interval
from scherp.evaluation.written import SLICES
from scherp.texts import Language, has

SECTIONS = [
    "material", "ranked", "found", "false_alarms", "consecutive", "predictive", "latency", "ahead", "steers",
    "calibrated", "slices", "causes", "hidden",
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    ours = {"register": Register.DUTCH_RISKY, "slices": ["boys"]}
    calm = {"register": Register.DUTCH_HARD, "slices": ["family"]}
    few = {"register": Register.DUTCH_HARD, "slices": ["help"], "error": "age_question"}
    streams = [Streamed(Register.DUTCH_HARD, joined=True, messages=1200, alarms=1, in_sources=1)]
    cases = [*many(True, 20, **ours), *many(False, 20, **calm), *many(False, 2, **few)]
    return results(judgement(*cases, streams=streams), unread=4, left_out=3, without=["sexual_talk"])


@pytest.mark.parametrize("language", Language)
def test_every_section_has_a_table(found, language):
    made = tables(found, language)
    assert [table.name for table in made] == SECTIONS
    assert all(len(row) == len(table.columns) for table in made for row in table.rows)


@pytest.mark.parametrize("language", Language)
def test_synthetic_numbers_are_called_so_wherever_they_stand(found, language):
    word = {Language.NL: "synthetisch", Language.EN: "synthetic"}[language]
    for table in tables(found, language):
        if table.name not in {"slices", "hidden"}:
            assert all(word in " ".join(row) for row in table.rows), table.name
    assert word.capitalize() in as_text(found, language)


def test_translated_numbers_are_called_so():
    cases = [replace(case, machine_translated=True) for case in many(True, 6, register=Register.TRANSLATED)]
    assert "machine-translated" in as_text(results(judgement(*cases)), Language.EN)


@pytest.mark.parametrize("language", Language)
def test_it_begins_with_three_plain_sentences(language):
    wrong = many(False, 3, source="one long chat", alarm=4) + many(False, 5)
    missed = many(True, 2, source="quiet", alarm=None)
    said = as_text(results(judgement(*many(True, 4), *missed, *wrong)), language).splitlines()[1:4]
    assert (
        said
        == {
            Language.EN: [
                "Conversations measured: 12, of which 6 risky and 6 harmless, all kinds of text together.",
                "Scherp gave an alarm in 4 of the 6 risky conversations.",
                "Scherp wrongly gave an alarm in 1 of the 6 harmless conversations.",
            ],
            Language.NL: [
                "Gesprekken gemeten: 12, waarvan 6 riskant en 6 onschuldig, alle soorten tekst samen.",
                "Scherp gaf een alarm in 4 van de 6 riskante gesprekken.",
                "Scherp gaf ten onrechte een alarm in 1 van de 6 onschuldige gesprekken.",
            ],
        }[language]
    )


@pytest.mark.parametrize("language", Language)
def test_the_page_begins_with_the_same_sentences(found, language):
    html = as_page(found, language)
    assert html.index(" ".join(opening(found, language))) < html.index("<ul>")


def test_where_a_kind_is_missing_that_is_said_instead_of_none_of_none():
    assert opening(results(judgement(*many(False, 3))), Language.EN)[1].startswith("There were no risky")
    assert opening(results(judgement(*many(True, 3))), Language.EN)[2].startswith("There were no harmless")


def test_what_was_left_out_is_said(found):
    text = as_text(found, Language.EN)
    assert "Repeated without: sexual_talk." in text
    assert "not measured: 4." in text
    assert "not measured: 3." in text


def test_numbers_are_written_as_people_of_the_language_do():
    figure = Figure(0.0239, Interval(0.013, 1.2345), 100, 100)
    assert with_interval(figure, Language.NL, times=1000, digits=1) == "23,9\N{NO-BREAK SPACE}[13,0–1.234,5]"
    assert with_interval(figure, Language.EN) == "0.02\N{NO-BREAK SPACE}[0.01–1.23]"
    assert with_interval(Figure(None, None, 0, 0), Language.EN) == "not measured"
    assert number(26460, 0, Language.NL) == "26.460"


def test_the_teams_arithmetic_is_written_out():
    harmless = many(False, 20)
    harmless[0] = replace(harmless[0], alarm_at=3)
    found = results(judgement(*many(True, 20), *harmless))
    (table,) = [table for table in tables(found, Language.EN) if table.name == "predictive"]
    assert "5 people looks at 40 conversations a day each: 200 together" in table.note
    assert "200 looked at, 137.9 rightly; that watches over 1,379 conversations and misses 0.0" in table.rows[0][-1]


def test_the_terminal_shows_the_worst_register_only():
    cases = [*many(True, 6), *many(False, 6, register=Register.SMS), *many(False, 6, register=Register.IRC)]
    cases += many(False, 1, register=Register.SMS, trajectory=(0.95,) * 60)
    found = results(judgement(*cases))
    short = next(table for table in tables(found, Language.EN, short=True) if table.name == "ranked")
    whole = next(table for table in tables(found, Language.EN) if table.name == "ranked")
    assert {row[1] for row in short.rows} == {"SMS"}
    assert {row[1] for row in whole.rows} == {"SMS", "IRC"}


def test_json_holds_every_figure_with_its_interval(found):
    plain = json.loads(json.dumps(data.as_json(found)))
    assert plain["form"] == data.FORM
    row = next(row for row in plain["ranked"] if row["k"] == 50)
    assert row["auc"]["value"] == 1.0
    assert set(row["auc"]["interval"]) == {"low", "high"}
    assert plain["predictive"][0]["day"] is None
    assert plain["predictive"][0]["at_worst"] > 0


def test_what_is_handed_back_rests_on_no_fewer_than_five(found):
    told = data.counts_only(found)
    assert [row.name for row in told.slices] == ["family", "boys"]
    assert all(row.leads == () for row in told.ahead)
    assert told.cost == ()
    few = results(judgement(*many(True, 4), *many(False, 4)))
    plain = data.as_json(data.counts_only(few))
    assert plain["material"] == plain["found"] == plain["predictive"] == plain["latency"] == plain["steers"] == []


def test_counts_that_would_give_a_few_away_are_not_handed_back():
    few = many(True, 2, register=Register.DUTCH_RISKY)
    told = data.counts_only(results(judgement(*few, *many(True, 6), *many(False, 6)))).summary
    assert told.risky is None, "what is told of six of eight tells of two"
    assert told.harmless.conversations == 6
    assert opening(data.counts_only(results(judgement(*few))), Language.EN) == []


def test_markdown_is_a_table_under_each_heading(found):
    text = as_markdown(found, Language.EN)
    assert text.count("## ") == len(SECTIONS)
    assert all(line.endswith("|") for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize("language", Language)
def test_the_page_needs_nothing_else(found, language):
    html = as_page(found, language)
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|https?://|style=\"|\son[a-z]+=\"", html)
    assert f'lang="{language}"' in html


def test_the_page_says_in_words_what_it_draws(found):
    tree = ET.fromstring(re.search(r"<svg.*?</svg>", as_page(found, Language.EN), re.DOTALL)[0])  # noqa: S314  ours
    assert tree.find("title").text
    assert tree.find("desc").text
    assert tree.get("aria-labelledby").split() == [tree.find("title").get("id"), tree.find("desc").get("id")]


def test_no_id_stands_twice_on_the_page(found):
    ids = re.findall(r'\bid="([^"]+)"', as_page(found, Language.EN))
    assert len(ids) == len(set(ids))


def test_names_in_a_drawing_are_escaped():
    axis = Axis("x", 0, 1, [(0, "0"), (1, "1")])
    drawn = ET.tostring(curves("a", "<b>", [Line("<i>&", [(0, 0), (2, 1)])], (axis, axis)), encoding="unicode")
    assert "<b>" not in drawn
    assert "&lt;i&gt;&amp;" in drawn


def test_what_is_outside_a_drawing_stands_at_its_edge():
    assert Axis("x", 0, 1, []).place(5, 10, 20) == 20


def test_bars_say_their_counts():
    assert bars("b", "leads", [("late", 0), ("early", 3)], "x", "y").find("desc").text == "late: 0; early: 3"
    assert bars("b", "none", [], "x", "y").find("desc").text == ""


def test_the_catalogue_names_every_register_slice_and_cause():
    assert [cause for cause in (*Miss, NO_SIGN) if not has(f"evaluate.cause.{cause}")] == []
    assert [register for register in Register if not has(f"evaluate.register.{register}")] == []
    assert [name for name in SLICES if not has(f"evaluate.slice.{name}")] == []
