"""The files of the law, read: who consents, on which ground, for how long."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


class Capacity(StrEnum):
    """Whether somebody can weigh their own interests in this matter."""

    ABLE = "able"
    NOT_ABLE = "not-able"
    UNKNOWN = "unknown"


class Who(StrEnum):
    """Whose consent is needed."""

    YOUNG_PERSON = "young-person"
    PARENTS = "parents"
    REPRESENTATIVE = "representative"


@dataclass(frozen=True, slots=True)
class Article:
    """An article, and where its law can be read."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Provision:
    """Something that the law says, in words. certain: False when a lawyer has yet to say."""

    id: str
    words: Mapping[Language, str]
    articles: tuple[Article, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Who consents at an age and capacity. who: empty where nothing can rest on consent."""

    said: Provision
    ages: frozenset[str]
    capacity: frozenset[Capacity]
    who: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a kind is kept. keep: None for what stays."""

    said: Provision
    keep: timedelta | None
    begins: str


@cache
def rules() -> tuple[Rule, ...]:
    """Give every rule on consent; the first that fits holds, and the last fits always."""
    return tuple(
        Rule(
            _provision(one),
            frozenset(one["ages"]),
            frozenset(Capacity(said) for said in one["capacity"]),
            tuple(Who(said) for said in one["who"]),
        )
        for one in _said("law/consent.toml")["rules"]
    )


def rule_for(age: str, capacity: Capacity) -> Rule:
    """Give the rule on consent for an age band and capacity. Below 12 capacity makes no difference."""
    return next(rule for rule in rules() if age in rule.ages and capacity in rule.capacity)


@cache
def refusals() -> dict[str, tuple[Provision, frozenset[str]]]:
    """Give the grounds on which a request is refused, each with the kinds of request that it is for."""
    return {one["id"]: (_provision(one), frozenset(one["of"])) for one in _said("law/grounds.toml")["refusals"]}


def ground_holds_for(ground: str, to: str) -> bool:
    """Tell whether a ground is one on which words may go to this kind of organisation without consent."""
    named = {one["id"]: one.get("to") for one in _said("law/grounds.toml")["handovers"]}
    return ground in named and (named[ground] is None or to in named[ground])


@cache
def handover_grounds() -> dict[str, Provision]:
    """Give the grounds on which words go to somebody without consent."""
    return {one["id"]: _provision(one) for one in _said("law/grounds.toml")["handovers"]}


@cache
def clocks() -> dict[str, Clock]:
    """Give how long each kind is kept."""
    return {
        one["id"]: Clock(_provision(one), timedelta(days=one["days"]) if one["days"] else None, one["from"])
        for one in _said("retention.toml")["kinds"]
    }


def _provision(one: dict[str, Any]) -> Provision:
    words = {language: one[language.value] for language in Language}
    return Provision(one["id"], words, tuple(_article(name) for name in one["articles"]), one["certain"])


def _article(name: str) -> Article:
    laws: dict[str, str] = _said("law/sources.toml")
    return Article(name, next(url for law, url in laws.items() if name.startswith(law)))


@cache
def _said(name: str) -> dict[str, Any]:
    return tomllib.loads(files("scherp.web.cases").joinpath(name).read_text(encoding="utf-8"))
