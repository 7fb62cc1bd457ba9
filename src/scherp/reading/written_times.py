"""Moments written in a person's own locale: `13-03-2024 14:30`, `3/13/2024 2:30 PM`, `13-Mar-24 02:30 PM`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from scherp.reading import dates
from scherp.reading.export import DateOrder, Settled

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"([0-9]{{1,2}})-({'|'.join(_MONTHS)})-([0-9]{{2,4}})", re.IGNORECASE)
_MOMENT = re.compile(rf"\s*(?P<date>{dates.DATE})(?P<clock>.*)", re.DOTALL)
_LONGEST = 60


class WrittenTimes(NamedTuple):
    """The moments of a file, naive, in the order given; None for what is no date and clock time."""

    times: list[datetime | None]
    order: DateOrder
    settled: Settled
    trusted: bool


def read_times(texts: Sequence[str], wanted: DateOrder | None) -> WrittenTimes:
    """Read all moments of a file in one order of day and month, settled from all of them together."""
    named = bool(texts) and all(_NAMED.match(text) for text in texts)
    found = [_MOMENT.fullmatch(_NAMED.sub(_with_number, text)) if len(text) <= _LONGEST else None for text in texts]
    days = [match["date"] for match in found if match]
    first = next((match for match in found if match), None)
    likely = dates.likely_order(first["date"], first["clock"]) if first else DateOrder.DAY_FIRST
    order = DateOrder.DAY_FIRST if named else wanted  # a month by name leaves no choice
    settlement = dates.settle(days, likely=likely, wanted=order)
    day_of = dates.days(days, settlement.order)
    times: list[datetime | None] = []
    for match in found:
        day, clock = (day_of[match["date"]], dates.clock_time(match["clock"])) if match else (None, None)
        times.append(datetime.combine(day, clock) if day and clock else None)
    settled = Settled.BY_FORMAT if named else settlement.settled
    return WrittenTimes(times, settlement.order, settled, settlement.trusted)


def _with_number(found: re.Match[str]) -> str:
    return f"{found[1]}-{_MONTHS.index(found[2].lower()) + 1}-{found[3]}"
