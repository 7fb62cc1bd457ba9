"""Dates and clock times as phones write them, and which number of a date is the day.

A date is three numbers. Which is the day cannot be seen from one date (`3/4/24`); it is settled from all dates of
a file, in the order in which they stand: first by the only order in which they follow each other in time, then
by numbers that cannot be a month. Where neither settles it, a reading is shown but not trusted.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from scherp.reading.export import DateOrder, Settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ZEROS = "0٠۰०০੦૦୦௦౦೦൦๐໐၀០"
DIGITS = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
r"""The digits of the scripts that phones use, for inside `[...]`; `\d` differs between Python versions."""
INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Marks without width that exports scatter (direction, byte order), for inside `[...]`."""
SPACES = " \t\u00a0\u2009\u202f\u3000"
"""Spaces within a line, for inside `[...]`."""

_BETWEEN = rf"[{INVISIBLE}{SPACES}]*[./\-‐-―年년月월][{INVISIBLE}{SPACES}]*"
DATE = rf"[{DIGITS}]{{1,4}}+{_BETWEEN}[{DIGITS}]{{1,2}}+{_BETWEEN}[{DIGITS}]{{1,4}}+"
"""Three numbers with a separator: `13-3-2024`, `13. 3. 2024`, `2024年3月13`."""
CLOCK = (
    rf"[{DIGITS}]{{1,2}}+[{SPACES}]?[:.h٫時时시点][{SPACES}]?[{DIGITS}]{{2}}+"
    rf"(?:(?:[:.٫分분]|[{SPACES}]?min[{SPACES}]?)[{SPACES}]?[{DIGITS}]{{2}}+)?"
)
"""Hours, minutes and perhaps seconds: `14:30`, `14.30.05`, `14 h 30`."""

_NUMBER = re.compile(f"[{DIGITS}]+")
_CLOCK = re.compile(f"(.*?)({CLOCK})(.*)", re.DOTALL)
_NO_LETTER = re.compile(rf"[.,،(){SPACES}{INVISIBLE}日일]+")
_AMERICAN_HALF = re.compile("[AP]M")
_A_CENTURY = 100
_BUDDHIST_YEARS_AHEAD = 543
_FIRST_YEAR = 9  # 2009: before it, no app that we read could have written the line


class Numbers(NamedTuple):
    """The three numbers of a date, as written."""

    first: int
    second: int
    third: int

    @property
    def year_first(self) -> bool:
        """Tell whether the first can only be a year."""
        return self.first >= _A_CENTURY


class Settlement(NamedTuple):
    """How the dates of a file are read.

    consistent: False when some date does not fit `order`, and was read in another.
    """

    order: DateOrder
    settled: Settled
    consistent: bool = True

    @property
    def trusted(self) -> bool:
        """Tell whether elapsed days may be computed from these dates."""
        return self.settled is not Settled.NOT and self.consistent


class _Reading(NamedTuple):
    """What reading all dates in one order gives: dates that do not exist, and steps back in time."""

    order: DateOrder
    days: tuple[date | None, ...]
    impossible: int
    back: int


def numbers(text: str) -> Numbers:
    """Give the numbers of a date that `DATE` matched."""
    first, second, third = (int(found) for found in _NUMBER.findall(text)[:3])
    return Numbers(first, second, third)


def as_day(written: Numbers, order: DateOrder) -> date | None:
    """Give the day in this order, Gregorian; None if there is no such day."""
    if written.year_first or order is DateOrder.YEAR_FIRST:
        year, month, day = written
    elif order is DateOrder.DAY_FIRST:
        day, month, year = written
    else:
        month, day, year = written
    try:
        return date(_gregorian(year), month, day)
    except ValueError:
        return None


def _gregorian(year: int) -> int:
    """Take two digits as 20xx; from 50 and from 2400 as the Buddhist era; other eras are no year we know."""
    if year < 50:
        return 2000 + year
    if year < _A_CENTURY:
        return 2500 + year - _BUDDHIST_YEARS_AHEAD
    if year >= 2400:
        return year - _BUDDHIST_YEARS_AHEAD
    return year if 1900 <= year <= 2100 else 0


def likely_order(date_text: str, clock: str) -> DateOrder:
    """Give the order that fits how one stamp is written: slashes with AM or PM put the month first, others the day."""
    return DateOrder.MONTH_FIRST if "/" in date_text and american(clock) else DateOrder.DAY_FIRST


def american(clock: str) -> bool:
    """Tell whether a clock time carries AM or PM in capitals; `pm` and `p. m.` go with the day first."""
    return _AMERICAN_HALF.search(clock) is not None


def settle(dates: Iterable[str], *, likely: DateOrder, wanted: DateOrder | None = None) -> Settlement:
    """Settle the order of day, month and year from all dates of a file, in the order in which they stand."""
    written = [numbers(text) for text, _ in groupby(filter(None, dates))]
    open_ones = [each for each in written if not each.year_first]
    if wanted is not None:
        return Settlement(wanted, Settled.BY_USER, all(as_day(each, wanted) for each in written))
    if not open_ones:
        return Settlement(DateOrder.YEAR_FIRST, Settled.BY_FORMAT, all(map(_is_a_day, written)))
    other = DateOrder.MONTH_FIRST if likely is DateOrder.DAY_FIRST else DateOrder.DAY_FIRST
    readings = _readings(open_ones, (likely, other))
    return _year_first_after_all(open_ones, readings) or _between(*readings)


def _is_a_day(written: Numbers) -> bool:
    return as_day(written, DateOrder.YEAR_FIRST) is not None


def _readings(written: Sequence[Numbers], orders: Iterable[DateOrder]) -> list[_Reading]:
    return [_reading(written, order) for order in orders]


def _reading(written: Sequence[Numbers], order: DateOrder) -> _Reading:
    days = tuple(as_day(each, order) for each in written)
    known = [day for day in days if day is not None]
    return _Reading(order, days, len(days) - len(known), sum(later < day for day, later in pairwise(known)))


def _between(likely: _Reading, other: _Reading) -> Settlement:
    """Choose between day first and month first."""
    for one, two in ((likely, other), (other, likely)):
        if not one.impossible and one.back * 4 < two.back:
            return Settlement(one.order, Settled.BY_ORDER)
    for one, two in ((likely, other), (other, likely)):
        if not one.impossible and two.impossible:
            return Settlement(one.order, Settled.BY_IMPOSSIBLE)
    if likely.impossible:
        best = min(likely, other, key=lambda reading: reading.impossible)
        return Settlement(best.order, Settled.NOT, consistent=False)
    if likely.days == other.days:
        return Settlement(likely.order, Settled.BY_FORMAT)
    return Settlement(likely.order, Settled.NOT)


def _year_first_after_all(written: Sequence[Numbers], readings: Sequence[_Reading]) -> Settlement | None:
    """See whether two-digit dates begin with the year (`24/03/13`): rare, so only on their own evidence."""
    mine = _reading(written, DateOrder.YEAR_FIRST)
    if mine.impossible or mine.back or min(each.first for each in written) < _FIRST_YEAR:
        return None
    if all(reading.impossible or reading.back for reading in readings):
        by_order = any(not reading.impossible for reading in readings)
        return Settlement(mine.order, Settled.BY_ORDER if by_order else Settled.BY_IMPOSSIBLE)
    firsts, thirds = ({each[place] for each in written} for place in (0, 2))
    if len(thirds) > len(firsts):  # years that vary more than days: perhaps no years
        return Settlement(mine.order, Settled.NOT)
    return None


def days(dates: Iterable[str], order: DateOrder) -> dict[str, date | None]:
    """Give the day of each date; one that does not exist in `order` is read in whichever order it does.

    An empty text stands for no date, and has no day.
    """
    orders = (order, DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST)
    return {
        text: next((day for each in orders if text and (day := as_day(numbers(text), each))), None)
        for text in set(dates)
    }


def clock_time(text: str) -> time | None:
    """Read the clock time in `text` (what `CLOCK` matched, with the words around it); None if there is none."""
    found = _CLOCK.match(text)
    if found is None:
        return None
    before, clock, after = found.groups()
    hour, minute, second = (*(int(each) for each in _NUMBER.findall(clock)), 0)[:3]
    try:
        half = _half(after) or (None if before.isascii() else _half(before))
        return time(_on_24_hours(hour, half), minute, second)
    except ValueError:
        return None


def _half(words: str) -> str | None:
    """Give `before_noon`, `after_noon`, `noon` or None for the words beside a clock."""
    halves = _halves()
    last = words.rstrip().rpartition(" ")[2]
    return next((halves[word] for each in (words, last) if (word := _NO_LETTER.sub("", each.lower())) in halves), None)


def _on_24_hours(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour % 24 if hour <= 24 else hour
    after_noon = half == "after_noon" or (half == "noon" and hour not in (10, 11))
    return hour % 12 + (12 if after_noon else 0)


@cache
def _halves() -> Mapping[str, str]:
    words = tomllib.loads((files(__package__) / "clock_words.toml").read_text(encoding="utf-8"))
    return {word: half for half, of_half in words.items() for word in of_half}
