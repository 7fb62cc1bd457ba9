"""Risky against harmless, register by register, over the same number of messages: ranking, calibration, cost."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from scherp.evaluation import figures, intervals, metrics
from scherp.evaluation.counting import long_enough, pairs, peaks, sources_of
from scherp.evaluation.figures import Figure
from scherp.evaluation.metrics import Ranking
from scherp.evaluation.registers import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.evaluation.judging import Judged
    from scherp.evaluation.metrics import Bin

RANKED_AT = (10, 20, 50, 100)
CALIBRATED_AT = 50
FEWEST = 5
"""Cases on a side below which nothing is ranked."""
_POINTS = 80


def ranked(cases: Sequence[Judged]) -> Iterator[figures.Ranked]:
    """Give AUC and recall at one false alarm in a hundred, for each pair of registers at each k."""
    for all_risky, all_harmless in pairs(cases):
        for k in RANKED_AT:
            risky, harmless = long_enough(all_risky, k), long_enough(all_harmless, k)
            auc, recall = _ranking(risky, harmless, k)
            yield figures.Ranked(all_risky[0].register, all_harmless[0].register, k, auc, recall)


def _ranking(risky: list[Judged], harmless: list[Judged], k: int) -> tuple[Figure, Figure]:
    sources, others = set(sources_of(risky)), set(sources_of(harmless))
    counted = (len(risky), len(sources), len(harmless))
    if min(len(risky), len(harmless)) < FEWEST:
        return Figure(None, None, *counted), Figure(None, None, *counted)
    ranking = Ranking(peaks(risky, k), peaks(harmless, k))
    auc, recall = ranking.both()
    draws = [ranking.both(one, other) for one, other in _drawn(risky, harmless)]
    known = intervals.ranking(auc or 0.0, len(sources), len(others))
    exact = intervals.clopper((recall or 0.0) * len(sources), len(sources))
    return (
        Figure(auc, _joined(intervals.resampled(a for a, _ in draws), known), *counted),
        Figure(recall, _joined(intervals.resampled(r for _, r in draws), exact), *counted),
    )


def _drawn(risky: list[Judged], harmless: list[Judged]) -> Iterable[tuple[list[int], list[int]]]:
    return zip(intervals.drawn(sources_of(risky)), intervals.drawn(sources_of(harmless), seed=1), strict=True)


def _joined(one: intervals.Interval | None, other: intervals.Interval) -> intervals.Interval:
    return other if one is None else one.joined(other)


def calibrated(cases: Sequence[Judged]) -> Iterator[figures.Calibrated]:
    """Give the Brier skill and the reliability of the risk after 50 messages, for each pair."""
    k = CALIBRATED_AT
    for all_risky, all_harmless in pairs(cases):
        risky, harmless = long_enough(all_risky, k), long_enough(all_harmless, k)
        one, other = peaks(risky, k), peaks(harmless, k)
        value, interval = None, None
        bins: tuple[Bin, ...] = ()
        if min(len(risky), len(harmless)) >= FEWEST:
            value, bins = metrics.brier_skill(one, other), tuple(metrics.reliability(one, other))
            interval = intervals.resampled(
                metrics.brier_skill(_repeated(one, often), _repeated(other, others))
                for often, others in _drawn(risky, harmless)
            )
        skill = Figure(value, interval, len(risky), len(set(sources_of(risky))), len(harmless))
        yield figures.Calibrated(all_risky[0].register, all_harmless[0].register, k, skill, bins)


def _repeated(values: Sequence[float | None], often: Sequence[int]) -> list[float | None]:
    return list(chain.from_iterable([value] * times for value, times in zip(values, often, strict=True)))


def cost(cases: Sequence[Judged]) -> Iterator[figures.Cost]:
    """Give for each pair what every step of recall costs in false alarms."""
    for risky, harmless in pairs(cases):
        if min(len(risky), len(harmless)) < FEWEST:
            continue
        high = sorted((p for p in peaks(risky, PIECE) if p is not None), reverse=True)
        low = sorted((p for p in peaks(harmless, PIECE) if p is not None), reverse=True)
        thresholds = sorted({*high, *low}, reverse=True)
        kept = thresholds[:: max(1, len(thresholds) // _POINTS)]
        points = [(_above(low, t) / len(harmless), _above(high, t) / len(risky)) for t in kept]
        yield figures.Cost(risky[0].register, harmless[0].register, ((0.0, 0.0), *points))


def _above(values: Sequence[float], threshold: float) -> int:
    return sum(value >= threshold for value in values)
