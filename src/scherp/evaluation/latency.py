"""F-latency (Vogt, Leser and Akbik 2021): how well and how early at once, by the published rule and by our own."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from scherp.evaluation import intervals, metrics
from scherp.evaluation.figures import Figure, Latency, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.evaluation.intervals import Interval
    from scherp.evaluation.judging import Judged, Segment


def latency(risky: Sequence[Judged], harmless: Sequence[Judged], rule: Rule, *, sampled: bool) -> Latency:
    """Give F1 over the segments of both, speed over the whole risky conversations, and their product."""
    measured = _Measured(risky, harmless, rule)
    return Latency(
        risky=risky[0].register,
        harmless=harmless[0].register,
        rule=rule,
        f1=measured.figure(0),
        speed=measured.figure(1),
        f_latency=measured.figure(2),
        median=measured.figure(3),
        sampled=sampled,
    )


class _Measured:
    """Right, missed and wrong segments per case, so that a resample is a sum."""

    def __init__(self, risky: Sequence[Judged], harmless: Sequence[Judged], rule: Rule) -> None:
        self.right = [sum(_warned(s, rule) for s in case.segments) for case in risky]
        self.segments = [len(case.segments) for case in risky]
        self.wrong = [sum(_warned(s, rule) for s in case.segments) for case in harmless]
        self.against = sum(len(case.segments) for case in harmless)
        self.warnings = [case.warned_at if rule is Rule.PUBLISHED else case.alarm_at for case in risky]
        self.sources = len({case.source for case in risky})
        once, others = [1] * len(risky), [1] * len(harmless)
        self.values = self._of(once, others)
        draws = [
            self._of(one, other)
            for one, other in zip(
                intervals.drawn([case.source for case in risky]),
                intervals.drawn([case.source for case in harmless], seed=1),
                strict=True,
            )
        ]
        self.intervals = [intervals.resampled(draw[place] for draw in draws) for place in range(4)]

    def figure(self, place: int) -> Figure:
        """Give F1 (0), speed (1), their product (2), or the message, from 1, of the middle warning (3)."""
        n = sum(self.segments) if place == 0 else len(self.warnings)
        return Figure(self.values[place], self._widened(place), n, self.sources, self.against)

    def _of(self, one: Sequence[int], other: Sequence[int]) -> tuple[float, float | None, float | None, float | None]:
        right = sum(n * times for n, times in zip(self.right, one, strict=True))
        segments = sum(n * times for n, times in zip(self.segments, one, strict=True))
        wrong = sum(n * times for n, times in zip(self.wrong, other, strict=True))
        f1 = metrics.f1(right, wrong, segments - right)
        drawn = [at for at, times in zip(self.warnings, one, strict=True) if at is not None for _ in range(times)]
        speed = metrics.speed(drawn)
        middle = median(drawn) + 1 if drawn else None
        return f1, speed, None if speed is None else f1 * speed, middle

    def _widened(self, place: int) -> Interval | None:
        """Without a fault every resample is the same; then so many sources may still have missed one."""
        interval = self.intervals[place]
        if interval is None or interval.low < interval.high or place % 2:
            return interval
        share = intervals.clopper(self.sources, self.sources).low
        return intervals.Interval(interval.low * metrics.f1(share, 0, 1 - share), interval.high)


def _warned(segment: Segment, rule: Rule) -> bool:
    return segment.warned if rule is Rule.PUBLISHED else segment.alarm
