"""What to do now: the rows of `what_now.toml` that fit this level, reader, situation and country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.advice.numbers import Audience, Country, Line, lines
from scherp.conversation import Level
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scherp.texts import Language

CANNOT_SAY = "cannot-say"
"""How the table writes the level None."""

_AT_ONCE = 5

TextKey = str
"""A key of the catalogue, for `words`."""


class Situation(StrEnum):
    """What is going on, as far as the signs show; several at once are common."""

    IMAGE_SHARED_OR_ASKED = "image_shared_or_asked"
    THREATENED = "threatened"
    MONEY_DEMANDED = "money_demanded"
    MEETING_PLANNED = "meeting_planned"
    SELF_HARM = "self_harm"
    THIRD_PARTY_OR_EXPLOITATION = "third_party_or_exploitation"
    STATUS_OR_CARE = "status_or_care"
    LOCATION_OR_ACCOUNT_DEMANDED = "location_or_account_demanded"
    CRIME_ASKED = "crime_asked"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to tell one reader, in the order in which to tell it.

    Text stands as keys of the catalogue: `words(key, language)` gives the sentences.
    first_words: first on the screen, before any finding.
    do_now, keep, do_not: steps; what to keep and how; what to leave.
    lines: who to call, the most fitting first.
    caveats: what this cannot tell; never empty.
    """

    first_words: tuple[TextKey, ...]
    do_now: tuple[TextKey, ...]
    keep: tuple[TextKey, ...]
    do_not: tuple[TextKey, ...]
    lines: tuple[Line, ...]
    caveats: tuple[TextKey, ...]

    @property
    def do_first(self) -> tuple[TextKey, ...]:
        """The steps that somebody in a fright can take in; the others come after."""
        return self.do_now[:_AT_ONCE]

    @property
    def do_after(self) -> tuple[TextKey, ...]:
        """The steps for when the first have been taken."""
        return self.do_now[_AT_ONCE:]


def what_now(
    level: Level | None,
    audience: Audience,
    situation: frozenset[Situation] = frozenset(),
    country: Country = Country.NL,
) -> Advice:
    """Advise one reader; level None is "cannot say", which is not "nothing seen"."""
    case = Case(level, situation, country)
    table = _table()[audience]
    said = {part: _fitting(rows, case) for part, rows in table.items()}
    keys = {part: tuple(f"advice.{audience}.{name}" for name in said[part]) for part in _SPOKEN}
    called = (lines()[name] for name in said["lines"])
    return Advice(lines=tuple(line for line in called if line.serves(audience, country)), **_once(keys))


def before_reading(audience: Audience) -> tuple[TextKey, ...]:
    """Give what this reader is told before choosing a file."""
    return tuple(f"advice.{audience}.{row.name}" for row in _table()[audience]["before_reading"])


def without_chat(audience: Audience, country: Country) -> tuple[TextKey, ...]:
    """Give who to call now, for whoever gave no chat that can be read."""
    rows = _fitting(_table()[audience]["without_chat"], Case(None, frozenset(), country))
    return tuple(f"advice.{audience}.{name}" for name in rows)


def words(key: TextKey, language: Language) -> str:
    """Give the sentences of an advice key, with telephone numbers and addresses filled in."""
    return say(key, language, **lines())


class Case(NamedTuple):
    """What the rows are held against."""

    level: Level | None
    situation: frozenset[Situation]
    country: Country


class Row(NamedTuple):
    """One row of the table. An empty condition always holds; `unless` takes the row away again."""

    name: str
    levels: frozenset[Level | None]
    situations: frozenset[Situation]
    countries: frozenset[Country]
    unless: frozenset[Situation]

    def fits(self, case: Case) -> bool:
        """Tell whether every condition holds."""
        return (
            (not self.levels or case.level in self.levels)
            and (not self.situations or not self.situations.isdisjoint(case.situation))
            and (not self.countries or case.country in self.countries)
            and self.unless.isdisjoint(case.situation)
        )


_SPOKEN = ("first_words", "do_now", "keep", "do_not", "caveats")


@cache
def _table() -> Mapping[Audience, Mapping[str, tuple[Row, ...]]]:
    text = (files(__package__) / "what_now.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {audience: {part: tuple(map(_row, rows)) for part, rows in found[audience].items()} for audience in Audience}


def _row(entry: Mapping[str, Any]) -> Row:
    when: Mapping[str, list[str]] = entry.get("when", {})
    if odd := (set(entry) - {"say", "call", "when"}) | (set(when) - _CONDITIONS):
        raise ValueError(f"what_now.toml: no such word in a row: {sorted(odd)}")
    return Row(
        name=entry.get("say") or entry["call"],
        levels=frozenset(None if name == CANNOT_SAY else Level(name) for name in when.get("level", ())),
        situations=frozenset(map(Situation, when.get("situation", ()))),
        countries=frozenset(map(Country, when.get("country", ()))),
        unless=frozenset(map(Situation, when.get("unless", ()))),
    )


_CONDITIONS = {"level", "situation", "country", "unless"}


def _fitting(rows: Iterable[Row], case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.name for row in rows if row.fits(case)))


def _once(keys: Mapping[str, tuple[TextKey, ...]]) -> dict[str, tuple[TextKey, ...]]:
    """Leave out of a later part what an earlier one already says."""
    said: set[TextKey] = set()
    left = {}
    for part, names in keys.items():
        left[part] = tuple(name for name in names if name not in said)
        said.update(names)
    return left
