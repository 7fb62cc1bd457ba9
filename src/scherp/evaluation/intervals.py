"""How sure a figure is: exact intervals for shares, resampling by source for the rest, and the verdict on a bar.

Pieces of one source resemble each other, so a share over many pieces of few sources is as sure as so many sources,
and resampling draws sources, never pieces. Everything is seeded: the same data give the same interval.
"""

from __future__ import annotations

import math
import random
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

SURE = 0.95
"""Every interval is meant to hold the truth in 95 of 100 cases, 2.5 missed on each side."""
RESAMPLES = 1000
_SEED = 2023
_Z = 1.959963984540054
"""Half of a 95 % interval, in standard deviations."""


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float

    def joined(self, other: Interval) -> Interval:
        """Give the interval that holds both: where two ways disagree, the less sure one counts."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


class Verdict(StrEnum):
    """What an interval says about a bar."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_RESOLVABLE = "not_resolvable"
    NOT_MEASURED = "not_measured"


def verdict(interval: Interval | None, bar: float, *, at_least: bool = True) -> Verdict:
    """Say whether the whole interval is on the good side of the bar, on the wrong side, or neither.

    at_least: whether more is better; else the bar is the most that may be.
    """
    if interval is None:
        return Verdict.NOT_MEASURED
    low, high = interval if at_least else (-interval.high, -interval.low)
    bar = bar if at_least else -bar
    if low >= bar:
        return Verdict.REACHED
    return Verdict.NOT_REACHED if high < bar else Verdict.NOT_RESOLVABLE


def clopper(hits: float, n: float, sure: float = SURE) -> Interval:
    """Give the exact interval of a share (Clopper and Pearson 1934); `n` above 0, both may be fractions.

    37 of 37 is at least 0.905; 19 clean pieces are at most 176 per 1,000, or 146 when only that side is asked
    (sure=0.90).
    """
    tail = (1 - sure) / 2
    low = 0.0 if hits <= 0 else _inverse_beta(tail, hits, n - hits + 1)
    high = 1.0 if hits >= n else _inverse_beta(1 - tail, hits + 1, n - hits)
    return Interval(low, high)


def share(hits: Sequence[bool], sources: Sequence[Hashable]) -> Interval:
    """Give the exact interval of a share in which a source counts once, however many pieces it gave."""
    independent = len(set(sources))
    return clopper(sum(hits) / len(hits) * independent, independent)


def rate(events: int, exposure: float, sure: float = SURE) -> Interval:
    """Give the exact interval of a number of events over so much exposure (Poisson; Garwood 1936), as a rate."""
    tail = (1 - sure) / 2
    low = 0.0 if events == 0 else _solve(lambda mean: 1 - _poisson(events - 1, mean), tail, events, rising=True)
    high = _solve(lambda mean: _poisson(events, mean), tail, events, rising=False)
    return Interval(low / exposure, high / exposure)


def ranking(value: float, risky: int, harmless: int) -> Interval:
    """Give the interval of an area under the curve from so many sources (Newcombe 2006, method 5).

    Unlike resampling it knows that twenty chats ranked without a fault do not prove 1.
    """

    def spread(area: float) -> float:
        each = (risky + harmless) / 2 - 1
        inner = 1 + each * ((1 - area) / (2 - area) + area / (1 + area))
        return _Z * math.sqrt(max(0.0, area * (1 - area) * inner / (risky * harmless)))

    low = _bisect(lambda area: value - area - spread(area) <= 0, 0.0, value)
    high = _bisect(lambda area: area - value - spread(area) > 0, value, 1.0)
    return Interval(low, high)


def drawn(sources: Sequence[Hashable], *, times: int = RESAMPLES, seed: int = _SEED) -> Iterator[list[int]]:
    """Give, so many times, how often each item is drawn when its sources are drawn with replacement."""
    numbers: dict[Hashable, int] = {}
    places = [numbers.setdefault(source, len(numbers)) for source in sources]
    deal = random.Random(seed)  # noqa: S311  a fixed deal, not a secret
    every = range(len(numbers))
    for _ in range(times):
        count = [0] * len(numbers)
        for source in deal.choices(every, k=len(numbers)):
            count[source] += 1
        yield [count[place] for place in places]


def resampled(values: Iterable[float | None]) -> Interval | None:
    """Give the middle 95 % of what the resamples gave; None where fewer than half gave anything."""
    given = list(values)
    found = sorted(value for value in given if value is not None)
    if not found or len(found) * 2 < len(given):
        return None
    last = len(found) - 1
    return Interval(found[round(last * 0.025)], found[round(last * 0.975)])


def _inverse_beta(wanted: float, a: float, b: float) -> float:
    return _bisect(lambda x: incomplete_beta(x, a, b) >= wanted, 0.0, 1.0)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    return front / a / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction from its far end: 1 + d1/(1 + d2/(1 + ...)); it converges long before 300 terms."""
    value = 1.0
    for n in range(300, 0, -1):
        m = n // 2
        if n % 2 == 0:
            term = m * (b - m) * x / ((a + n - 1) * (a + n))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + n - 1) * (a + n))
        value = 1 + term / value
    return value


def _poisson(count: int, mean: float) -> float:
    """The chance of at most `count` events where `mean` are expected."""
    return sum(math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1)) for n in range(count + 1)) if mean else 1.0


def _solve(chance: Callable[[float], float], wanted: float, near: int, *, rising: bool) -> float:
    top = near + 10 + 10 * math.sqrt(near + 1)
    return _bisect(lambda mean: (chance(mean) >= wanted) == rising, 0.0, top)


def _bisect(above: Callable[[float], bool], low: float, high: float) -> float:
    """Where `above` turns true between `low` and `high`, to the last bit that matters."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if above(middle) else (middle, high)
    return (low + high) / 2
