"""The help line as its organisation runs it: its name, when it is open, how many may wait, how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from scherp.texts import Language
from scherp.web.own_file import understood

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD = 15  # days


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open from one moment until another; both aware."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """What `line.toml` says. weekly: day (0 is Monday), from, to; on: what holds on a day instead, () for closed."""

    name: dict[Language, str]
    zone: ZoneInfo
    waiting_at_most: int
    return_for: timedelta
    keep_for: timedelta
    weekly: tuple[tuple[int, time, time], ...]
    on: dict[date, tuple[tuple[time, time], ...]]

    def is_open(self, at: datetime) -> bool:
        """Tell whether somebody is there at a moment."""
        return any(stretch.begin <= at < stretch.end for stretch in self._around(at))

    def opens_next(self, after: datetime) -> Stretch | None:
        """Give the next stretch that begins after a moment; None when none is known within two weeks."""
        coming = [stretch for stretch in self._around(after, _LOOK_AHEAD) if stretch.begin > after]
        return min(coming, key=lambda stretch: stretch.begin, default=None)

    def closes(self, at: datetime) -> datetime | None:
        """Give the moment at which the line closes that is open now; None when it is closed."""
        return max((stretch.end for stretch in self._around(at) if stretch.begin <= at < stretch.end), default=None)

    def _around(self, at: datetime, ahead: int = 0) -> list[Stretch]:
        today = at.astimezone(self.zone).date()
        days = [today + timedelta(days=n) for n in range(-1, ahead + 1)]  # last night may go on this morning
        return [self._stretch(day, *hours) for day in days for hours in self._hours(day)]

    def _hours(self, day: date) -> tuple[tuple[time, time], ...]:
        if day in self.on:
            return self.on[day]
        return tuple((begin, end) for weekday, begin, end in self.weekly if weekday == day.weekday())

    def _stretch(self, day: date, begin: time, end: time) -> Stretch:
        last = day if end > begin else day + timedelta(days=1)
        return Stretch(datetime.combine(day, begin, self.zone), datetime.combine(last, end, self.zone))


def line() -> Line:
    """Give the line of this deployment. Raises ValueError, with the place, when the file cannot be understood."""
    return read(settings.LINE_FILE)


@cache
def read(path: Path) -> Line:
    """Read a file such as `line.toml`."""
    return understood(path, _line, like="line.toml")


def _line(said: dict[str, Any]) -> Line:
    return Line(
        name={language: said["name"][language.value] for language in Language},
        zone=ZoneInfo(said["timezone"]),
        waiting_at_most=int(said["waiting_at_most"]),
        return_for=timedelta(days=said["return_days"]),
        keep_for=timedelta(days=said["keep_days"]),
        weekly=tuple((DAYS.index(day), *_from_to(row)) for row in said["hours"] for day in row["days"]),
        on={row["date"]: () if row.get("closed") else (_from_to(row),) for row in said.get("except", [])},
    )


def _from_to(row: dict[str, Any]) -> tuple[time, time]:
    return time.fromisoformat(row["from"]), time.fromisoformat(row["to"])
