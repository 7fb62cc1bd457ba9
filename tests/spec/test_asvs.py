"""The walk through OWASP ASVS is whole, and each test that it names is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import asvs  # noqa: E402  beside the page that it makes

WALK = asvs.walk()
every_row = pytest.mark.parametrize("row", WALK.rows.values(), ids=lambda row: row.number)


def test_as_many_requirements_are_asked_as_the_standard_has_up_to_level_2():
    assert len(WALK.asked) == 253


@pytest.mark.parametrize("number", WALK.asked)
def test_a_requirement_is_answered_once(number):
    assert len(asvs.answers(WALK, number)) == 1


@every_row
def test_a_row_is_about_something_that_is_asked(row):
    assert any(f"{number}.".startswith(f"{row.number}.") for number in WALK.asked)


@every_row
def test_only_what_does_not_apply_is_answered_for_a_whole_section(row):
    assert row.number.count(".") == 2 or row.stands is asvs.Stands.ABSENT


@every_row
def test_a_row_says_how_in_its_own_few_words(row):
    assert 10 < len(row.how) < 600
    assert 3 < len(row.asks) < 160
    assert row.how.endswith(".")


@every_row
def test_nothing_that_is_not_so_is_shown_by_a_test(row):
    assert not row.tests or row.stands in {asvs.Stands.HOLDS, asvs.Stands.DEPLOYMENT}


def test_every_test_that_it_names_is_there():
    assert asvs.missing(WALK) == []


def test_a_test_that_is_not_there_would_be_seen():
    row = asvs.Row("1.1.1", "", asvs.Stands.HOLDS, "", ("tests/spec/test_asvs.py::test_nobody_wrote_this",))
    assert asvs.missing(WALK._replace(rows={"1.1.1": row})) == list(row.tests)


def test_a_file_that_is_not_there_and_not_awaited_would_be_seen():
    row = asvs.Row("1.1.1", "", asvs.Stands.HOLDS, "", ("tests/spec/test_nobody_makes.py::test_this",))
    assert asvs.missing(WALK._replace(rows={"1.1.1": row})) == list(row.tests)
