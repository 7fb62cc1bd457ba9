"""Who to call: the lines of `numbers.toml`, and whether one is open now."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOD_FOR = timedelta(days=90)
"""How long a check by telephone holds."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Audience(StrEnum):
    """Who reads it."""

    YOUNG_PERSON = "young-person"
    PARENT = "parent"
    PROFESSIONAL = "professional"


class Country(StrEnum):
    """Where the reader lives."""

    NL = "NL"
    BE = "BE"


class Cost(StrEnum):
    """What a call costs; `USUAL` is what the caller's own plan charges."""

    FREE = "free"
    USUAL = "usual"


class Interval(NamedTuple):
    """Open from `start` up to `end`, in minutes since midnight; 1440 is the end of the day."""

    start: int
    end: int


Week = tuple[tuple[Interval, ...], ...]
"""For each weekday from Monday, when a line is open; an empty day is closed."""

ALWAYS: Week = ((Interval(0, 1440),),) * 7


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to call or chat with.

    phone: None where there is only a chat; also: other numbers of the same line.
    web: empty where there is only a number.
    hours, cost, last_checked: None when unknown; last_checked is the day that somebody called.
    by_law: open at all hours by law.
    languages: only those that are certain.
    """

    id: str
    name: Mapping[Language, str]
    phone: str | None
    also: tuple[str, ...]
    web: str
    chat: bool
    hours: Week | None
    by_law: bool
    languages: tuple[Language, ...]
    cost: Cost | None
    for_whom: Mapping[Language, str]
    countries: frozenset[Country]
    audiences: frozenset[Audience]
    source: str
    last_checked: date | None

    @property
    def site(self) -> str:
        """The web address as a person types it."""
        return self.web.removeprefix("https://").removeprefix("www.")

    def serves(self, audience: Audience, country: Country) -> bool:
        """Tell whether this line is for this reader."""
        return audience in self.audiences and country in self.countries


@cache
def lines() -> Mapping[str, Line]:
    """Give every line by its id."""
    text = (files(__package__) / "numbers.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: line(name, entry) for name, entry in tomllib.loads(text).items()})


def open_now(line: Line, clock: datetime) -> bool | None:
    """Tell whether somebody answers at `clock`; None when we do not know.

    Hours count only when somebody called the line in the 90 days before `clock`, even where they are said to
    be "day and night"; only a line that is open by law (112) needs no check. An aware clock is turned into
    the time in the Netherlands and Belgium; a naive one is taken to be that.
    """
    if line.by_law:
        return True
    here = _dutch_time(clock)
    if line.hours is None or not _checked_lately(line, here.date()):
        return None
    minute = here.hour * 60 + here.minute
    return any(start <= minute < end for start, end in line.hours[here.weekday()])


def hours_in_words(line: Line, language: Language) -> str:
    """Say when a line is open, day by day where the days differ."""
    if line.hours is None:
        return say("advice.hours.unknown", language)
    if line.hours == ALWAYS:
        return say("advice.hours.always", language)
    if len(set(line.hours)) == 1:
        return say("advice.hours.daily", language, times=_times(line.hours[0], language))
    return "; ".join(
        f"{say(f'advice.hours.{day}', language)} {_times(times, language)}"
        for day, times in zip(WEEKDAYS, line.hours, strict=True)
    )


def open_in_words(line: Line, clock: datetime, language: Language) -> str:
    """Say whether somebody answers at `clock`, or that we do not know."""
    state = {True: "yes", False: "no", None: "unknown"}[open_now(line, clock)]
    return say(f"advice.open.{state}", language)


def cost_in_words(line: Line, language: Language) -> str:
    """Say what a call costs."""
    return say(f"advice.cost.{line.cost or 'unknown'}", language)


def checked_in_words(line: Line, language: Language) -> str:
    """Say when somebody last called to check a line."""
    if line.last_checked is None:
        return say("advice.checked.unknown", language)
    return say("advice.checked.on", language, day=line.last_checked.isoformat())


def line(name: str, entry: Mapping[str, Any]) -> Line:
    """Read one table of `numbers.toml`; a wrong value raises ValueError, a missing one KeyError."""
    return Line(
        id=name,
        name=_in_languages(entry["name"]),
        phone=entry.get("phone"),
        also=tuple(entry.get("also", ())),
        web=entry.get("web", ""),
        chat=entry.get("chat", False),
        hours=_week(entry.get("hours")),
        by_law=entry.get("by_law", False),
        languages=tuple(map(Language, entry["languages"])),
        cost=Cost(entry["cost"]) if "cost" in entry else None,
        for_whom=_in_languages(entry["for_whom"]),
        countries=frozenset(map(Country, entry["countries"])),
        audiences=frozenset(map(Audience, entry["audiences"])),
        source=entry["source"],
        last_checked=entry.get("last_checked"),
    )


def _in_languages(words: Mapping[str, str]) -> Mapping[Language, str]:
    return MappingProxyType({language: words[language] for language in Language})


def _week(hours: str | Mapping[str, list[str]] | None) -> Week | None:
    if hours is None:
        return None
    if isinstance(hours, str):
        return {"always": ALWAYS}[hours]
    if unknown := set(hours) - set(WEEKDAYS):
        raise ValueError(f"not a weekday: {sorted(unknown)}")
    return tuple(tuple(map(_interval, hours.get(day, ()))) for day in WEEKDAYS)


def _interval(words: str) -> Interval:
    start, end = (_minutes(clock) for clock in words.split("-"))
    if not 0 <= start < end <= 1440:
        raise ValueError(f"no interval within one day: {words}")
    return Interval(start, end)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _times(day: tuple[Interval, ...], language: Language) -> str:
    if not day:
        return say("advice.hours.closed", language)
    return ", ".join(say("advice.hours.times", language, start=_clock(start), end=_clock(end)) for start, end in day)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _checked_lately(line: Line, today: date) -> bool:
    return line.last_checked is not None and timedelta(0) <= today - line.last_checked <= GOOD_FOR


def _dutch_time(clock: datetime) -> datetime:
    """Tell the time in Amsterdam and Brussels by Directive 2000/84/EC: a browser may have no zone files."""
    if clock.tzinfo is None:
        return clock
    moment = clock.astimezone(UTC).replace(tzinfo=None)
    summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return moment + timedelta(hours=2 if summer else 1)


def _last_sunday(year: int, month: int) -> datetime:
    """01:00 UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1)  # noqa: DTZ001  UTC by definition, compared with UTC only
    return last - timedelta(days=last.isoweekday() % 7)
