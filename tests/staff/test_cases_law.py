"""The files of the law can be read: every age has a rule, every article a source, and nothing rests on a guess."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from scherp.texts import Language
from scherp.web.cases.law.reading import (
    Capacity,
    Who,
    clocks,
    handover_grounds,
    refusals,
    rule_for,
    rules,
)
from scherp.web.cases.models import AgeBand, RequestKind

FOR_A_LAWYER = Path(__file__).parents[2] / "docs" / "organisation" / "for-a-lawyer.md"
PROVISIONS = [
    *(rule.said for rule in rules()),
    *(said for said, _of in refusals().values()),
    *handover_grounds().values(),
    *(clock.said for clock in clocks().values()),
]


@pytest.mark.parametrize(("age", "capacity"), list(itertools.product(AgeBand.values, Capacity)))
def test_every_age_and_capacity_has_a_rule(age, capacity):
    assert rule_for(age, capacity)


@pytest.mark.parametrize(
    ("age", "capacity", "who"),
    [
        ("0-11", Capacity.UNKNOWN, [Who.PARENTS]),
        ("12-15", Capacity.ABLE, [Who.YOUNG_PERSON, Who.PARENTS]),
        ("12-15", Capacity.NOT_ABLE, [Who.PARENTS]),
        ("16-17", Capacity.ABLE, [Who.YOUNG_PERSON]),
        ("18+", Capacity.ABLE, [Who.YOUNG_PERSON]),
        ("", Capacity.ABLE, []),
        ("12-15", Capacity.UNKNOWN, []),
        ("16-17", Capacity.UNKNOWN, []),
    ],
)
def test_consent_follows_age_and_capacity_and_rests_on_nothing_unknown(age, capacity, who):
    assert list(rule_for(age, capacity).who) == who


@pytest.mark.parametrize("said", PROVISIONS, ids=lambda said: said.id)
def test_every_provision_has_words_and_sources(said):
    assert all(said.words[language] for language in Language)
    assert said.articles or said.id == "unknown"
    assert all(article.url.startswith("https://") for article in said.articles)


def test_what_is_not_certain_is_asked_of_a_lawyer_in_the_documentation():
    asked = FOR_A_LAWYER.read_text(encoding="utf-8")
    assert [said.id for said in PROVISIONS if not said.certain and f"`{said.id}`" not in asked] == []


def test_each_kind_of_request_has_grounds_to_refuse():
    for kind in RequestKind.values:
        assert [name for name, (_said, of) in refusals().items() if kind in of]


def test_the_clocks_run():
    assert clocks()["case"].keep == timedelta(days=20 * 365 + 5)
    assert clocks()["record"].keep is None
