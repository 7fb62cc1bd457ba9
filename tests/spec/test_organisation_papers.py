"""The papers for an organisation: two languages in step, nothing presented as checked that is not, figures as set."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import generate  # noqa: E402  beside the pages that it makes
import record  # noqa: E402  as above

from scherp.cli.main import scherp  # noqa: E402

PAPERS = ROOT / "docs/organisation"
IN_TWO_LANGUAGES = [
    ("data-protection-assessment.md", "gegevensbeschermingseffectbeoordeling.md"),
    ("processor-agreement.md", "verwerkersovereenkomst.md"),
]
FILL_IN = re.compile(r"\*\*\[(?:to fill in|in te vullen)\b")
CHOOSE = re.compile(r"\*\*\[(?:choose|kies)\b")
TO_CHECK = re.compile(r"\*(?:to check|na te gaan)\*", re.IGNORECASE)
SHORT_NAME = re.compile(r"^\| ([A-Z][^|]*?) \|", re.MULTILINE)
ARTICLE = re.compile(r"\b(AVG|UAVG|Jeugdwet|Wmo 2015|Begz|Wabvpz|Besluit meldcode|Telecommunicatiewet|IVRK)\b")

both_languages = pytest.mark.parametrize(("english", "dutch"), IN_TWO_LANGUAGES)


def text_of(name):
    return (PAPERS / name).read_text(encoding="utf-8")


def shape_of(text):
    """The skeleton of a page: its headings' depth, its rows with their number of cells, its points."""
    shape = []
    for line in text.splitlines():
        if line.startswith("#"):
            shape.append(f"heading {len(line) - len(line.lstrip('#'))}")
        elif line.startswith("|"):
            shape.append(f"row of {line.count('|') - 1}")
        elif re.match(r"(\d+\.|-) ", line):
            shape.append("point")
    return shape


@both_languages
def test_what_stands_in_one_language_stands_in_the_other(english, dutch):
    assert shape_of(text_of(english)) == shape_of(text_of(dutch))


@both_languages
@pytest.mark.parametrize("mark", [FILL_IN, CHOOSE, TO_CHECK], ids=["fill in", "choose", "to check"])
def test_the_same_places_are_left_open_in_both_languages(english, dutch, mark):
    places = [[mark.findall(line) and True for line in text_of(name).splitlines()] for name in (english, dutch)]
    assert places[0] == places[1]


@both_languages
def test_both_languages_name_the_same_articles(english, dutch):
    numbers = re.compile(r"\b\d+(?:\.\d+){1,3}\b|\b(?:AVG|UAVG|Begz|GC) \d+")
    found = [sorted(set(numbers.findall(text_of(name)))) for name in (english, dutch)]
    assert found[0] == found[1]


@pytest.mark.parametrize("name", [name for pair in IN_TWO_LANGUAGES for name in pair])
def test_how_long_is_as_the_line_is_set(name):
    line = tomllib.loads((ROOT / "src/scherp/web/talks/line.toml").read_text(encoding="utf-8"))
    assert re.search(rf"\b{line['keep_days']} (?:days|dagen)", text_of(name))
    assert re.search(rf"\b{line['return_days']} (?:days|dagen)", text_of(name))


@pytest.mark.parametrize("page", sorted(PAPERS.glob("*.md")), ids=lambda page: page.stem)
def test_a_law_that_is_named_has_its_source(page):
    named = set(ARTICLE.findall(page.read_text(encoding="utf-8")))
    sources = text_of("sources.md")
    known = {name for row in SHORT_NAME.findall(sources) for name in ARTICLE.findall(row)}
    assert named - known == set()
    assert not named or page.name == "sources.md" or "sources.md" in page.read_text(encoding="utf-8")


def test_every_law_among_the_sources_says_where_it_stands_and_whether_it_was_read():
    laws = text_of("sources.md").partition("## Law")[2].partition("## ")[0]
    rows = [line for line in laws.splitlines() if line.startswith("| ") and "short name" not in line]
    assert rows
    assert all("<https://" in row for row in rows)


def test_nobody_is_told_that_a_lawyer_has_agreed():
    assert "no lawyer has read it yet" in text_of("README.md")


# ------------------------------------------------------------------------------------------------ made pages


@pytest.mark.parametrize("page", generate.papers(), ids=lambda page: page.stem)
def test_a_made_paper_is_as_it_is_now(page):
    assert page.read_text(encoding="utf-8") == generate.papers()[page], "run: make docs"


def test_every_kind_of_event_is_in_the_list_of_what_is_put_on_record():
    found = {kind for path in record.WEB.glob("*/events.py") for kind in record.kinds(path)}
    assert {"talk.opened", "talk.read", "door.refused", "member.signed-in"} <= found
    assert [kind for kind in sorted(found) if f"`{kind}`" not in text_of("record.md")] == []


# ------------------------------------------------------------------------------------------------ commands

MANAGE = re.compile(r"manage\.py (?:staff|public) ([a-z-]+)")
SCHERP = re.compile(r"`scherp ([a-z-]+)")


@pytest.mark.parametrize("page", sorted(PAPERS.glob("*.md")), ids=lambda page: page.stem)
def test_every_command_that_it_names_can_be_given(page):
    text = page.read_text(encoding="utf-8")
    ours = {path.stem for path in (ROOT / "src/scherp/web").glob("*/management/commands/*.py")}
    assert set(MANAGE.findall(text)) <= ours | {"collectstatic", "check", "migrate"}
    assert set(SCHERP.findall(text)) <= set(scherp.commands)
