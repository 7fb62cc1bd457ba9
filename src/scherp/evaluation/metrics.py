"""The formulas of the evaluation, each small, pure and held against a value worked out by hand.

`None` (cannot say) ranks below every risk and is a miss, everywhere.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_RISK = 0.5
WINDOW = 50
LAST, AT_LEAST = 10, 5
"""F-latency: at each message the risk over the last `WINDOW` messages is held against `LEAST_RISK`; a warning is
given when `AT_LEAST` of the `LAST` answers were yes."""
EARLY_REQUEST = 5
"""A first request before this message (counted from 0) leaves hardly anything to warn by."""
TEAM, LOOKS = 5, 40
"""People of a small team, and conversations that each can look at in a day."""

LEAST_OF_MEAN, MOST_OF_MEAN = 0.9, 2.0
"""Of the mean: the least recall, and the most false alarms, that a fairness slice may have."""
ALLOWED = 0.01
"""One false alarm in a hundred."""

_DECAY = math.log(3) / 89
_BRIER_OF_A_COIN = 0.25


class Ranking:
    """Risks of risky and harmless cases, in one order; made once, and asked for every resample."""

    def __init__(self, risky: Sequence[float | None], harmless: Sequence[float | None]) -> None:
        values = sorted({-1.0 if value is None else value for value in (*risky, *harmless)}, reverse=True)
        places = {value: place for place, value in enumerate(values)}
        self._values = values
        self._risky = [places[-1.0 if value is None else value] for value in risky]
        self._harmless = [places[-1.0 if value is None else value] for value in harmless]

    def auc(self) -> float | None:
        """Give the chance that a risky case ranks above a harmless one, equals by half."""
        return self.both()[0]

    def recall(self, allowed: float = ALLOWED) -> float | None:
        """Give the share of risky cases above the lowest threshold that lets at most `allowed` of the harmless pass."""
        return self.both(allowed=allowed)[1]

    def both(
        self, risky: Sequence[int] | None = None, harmless: Sequence[int] | None = None, *, allowed: float = ALLOWED
    ) -> tuple[float | None, float | None]:
        """Give AUC and recall with each case counted so often; None where a kind is missing."""
        high, low = self._summed(risky, harmless)
        all_high, all_low = sum(high), sum(low)
        if not all_high or not all_low:
            return None, None
        below, won = all_low, 0.0
        spare, found = math.floor(allowed * all_low + 1e-9), 0
        for value, more, less in zip(self._values, high, low, strict=True):
            below -= less
            won += more * (below + less / 2)
            spare -= less
            if spare >= 0 <= value:
                found += more
        return won / (all_high * all_low), found / all_high

    def _summed(self, risky: Sequence[int] | None, harmless: Sequence[int] | None) -> tuple[list[int], list[int]]:
        """How many risky and harmless cases have each value, from high to low."""
        high, low = [0] * len(self._values), [0] * len(self._values)
        for place, times in zip(self._risky, risky or [1] * len(self._risky), strict=True):
            high[place] += times
        for place, times in zip(self._harmless, harmless or [1] * len(self._harmless), strict=True):
            low[place] += times
        return high, low


def peak(trajectory: Sequence[float | None], k: int | None = None) -> float | None:
    """Give the highest risk up to `k` messages; None where nothing could be said."""
    said = [risk for risk in trajectory[:k] if risk is not None]
    return max(said, default=None)


def within(at: int | None, k: int) -> bool:
    """Tell whether message number `at` (from 0) is among the first `k`."""
    return at is not None and at < k


def per_ten_thousand(events: int, messages: int) -> float | None:
    """Give the number of events per 10,000 messages; None without any message."""
    return 10_000 * events / messages if messages else None


def positive_predictive_value(recall: float, false_share: float, prevalence: float) -> float | None:
    """Give the share of warnings that are right where `prevalence` of all conversations are risky."""
    right, wrong = recall * prevalence, false_share * (1 - prevalence)
    return right / (right + wrong) if right + wrong else None


class Day(NamedTuple):
    """What a team's day looks like, in conversations.

    looks: that the team can look at. right: of those, rightly warned about. watched: that can be watched over so that
    the warnings fill the day. missed: risky ones among these without a warning.
    """

    looks: int
    right: float
    watched: float
    missed: float


def day_of(recall: float, false_share: float, prevalence: float, looks: int = TEAM * LOOKS) -> Day | None:
    """Work out a team's day: the warnings of `watched` conversations are `looks`, so watched = looks / warned share."""
    warned = recall * prevalence + false_share * (1 - prevalence)
    if not warned:
        return None
    watched = looks / warned
    return Day(looks, watched * recall * prevalence, watched, watched * prevalence * (1 - recall))


def warned_at(decisions: Iterable[bool], least: int = AT_LEAST, last: int = LAST) -> int | None:
    """Give the number, from 0, of the message at which `least` of the `last` decisions are true; None if never.

    Asks for no decision after that: the warning stays.
    """
    recent: deque[bool] = deque(maxlen=last)
    for at, decided in enumerate(decisions):
        recent.append(decided)
        if sum(recent) >= least:
            return at
    return None


def penalty(k: float) -> float:
    """Give the penalty of a warning at message `k`, counted from 1: 0 at the first, 0.5 at the ninetieth."""
    return -1 + 2 / (1 + math.exp(-_DECAY * (k - 1)))


def speed(warnings: Sequence[int]) -> float | None:
    """Give 1 less the median penalty of warnings, given as numbers from 0; None without any."""
    return 1 - median(penalty(at + 1) for at in warnings) if warnings else None


def f1(right: float, wrong: float, missed: float) -> float:
    """Give the harmonic mean of precision and recall; 0 where nothing was right."""
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


class Lead(NamedTuple):
    """How long before the first request the alarm came; negative when late. hours: None where times are unknown."""

    messages: int
    hours: float | None


def brier_skill(risky: Sequence[float | None], harmless: Sequence[float | None]) -> float | None:
    """Give 1 - Brier / 0.25 where both kinds weigh the same (a prior of 1 to 1); a constant 0.5 has skill 0."""
    if not risky or not harmless:
        return None
    missed = sum((1 - (risk or 0.0)) ** 2 for risk in risky) / len(risky)
    alarmed = sum((risk or 0.0) ** 2 for risk in harmless) / len(harmless)
    return 1 - (missed + alarmed) / 2 / _BRIER_OF_A_COIN


class Bin(NamedTuple):
    """Of the cases whose risk is in this bin: how many, the mean risk said, and the share that is risky at 1 to 1."""

    cases: int
    said: float
    risky: float


def reliability(risky: Sequence[float | None], harmless: Sequence[float | None], bins: int = 10) -> list[Bin]:
    """Give the bins that hold anything, from low to high; both kinds weigh the same."""
    weighed = [(r or 0.0, 1.0, 0.5 / len(risky)) for r in risky] + [
        (r or 0.0, 0.0, 0.5 / len(harmless)) for r in harmless
    ]
    found = []
    for low, high in pairwise(n / bins for n in range(bins + 1)):
        here = [(r, y, w) for r, y, w in weighed if low <= r < high or (r == 1.0 == high)]
        total = sum(w for _, _, w in here)
        if total:
            said, share = sum(r * w for r, _, w in here) / total, sum(y * w for _, y, w in here) / total
            found.append(Bin(len(here), said, share))
    return found


def is_defect(false_share: float | None, mean: float | None, most: float = MOST_OF_MEAN) -> bool:
    """Tell whether a slice of harmless conversations has more than twice the mean of false alarms."""
    return false_share is not None and mean is not None and false_share > most * mean


def falls_behind(recall: float | None, mean: float | None, least: float = LEAST_OF_MEAN) -> bool:
    """Tell whether fewer risky conversations of a slice are found than nine tenths of the mean."""
    return recall is not None and mean is not None and recall < least * mean


def kept(plain: Sequence[int], hidden: Sequence[int]) -> float | None:
    """Give how much of the evidence is left when the words are hidden; what hiding adds does not count."""
    whole = sum(plain)
    return sum(map(min, plain, hidden)) / whole if whole else None


def none_share(risks: Sequence[float | None]) -> float | None:
    """Give the share about which nothing could be said."""
    return sum(risk is None for risk in risks) / len(risks) if risks else None
