"""What the levels do: risky conversations found, harmless ones warned about, and what that means for a team."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from scherp.conversation import Level
from scherp.evaluation import figures, metrics
from scherp.evaluation.comparing import FEWEST
from scherp.evaluation.counting import long_enough, of_kind, share
from scherp.evaluation.registers import PIECE, SYNTHETIC, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.evaluation.figures import Figure
    from scherp.evaluation.judging import Judged
    from scherp.evaluation.registers import Register

FOUND_WITHIN = (50, 150, 1000, None)
PREVALENCES = (1 / 10, 1 / 1_000, 1 / 100_000)


def found(cases: Sequence[Judged]) -> Iterator[figures.Found]:
    """Give for each risky register the share with an alarm within 50, 150, 1,000 messages and in all."""
    for register, all_here in of_kind(cases, risky=True).items():
        for k in FOUND_WITHIN:
            here = long_enough(all_here, k)
            alarms = [c.alarm_at + 1 for c in here if c.alarm_at is not None and (k is None or c.alarm_at < k)]
            yield figures.Found(register, k, *_levels(here, k), median(alarms) if alarms else None)


def false_alarms(cases: Sequence[Judged]) -> Iterator[figures.FalseAlarms]:
    """Give for each harmless register the share of pieces with an alarm."""
    for register, all_here in of_kind(cases, risky=False).items():
        for k in (50, PIECE, None):
            yield figures.FalseAlarms(register, k, *_levels(long_enough(all_here, k), k))


def _levels(here: list[Judged], k: int | None) -> tuple[Figure, Figure]:
    most = max((len(case.trajectory) for case in here), default=0) if k is None else k
    return (
        share([metrics.within(case.alarm_at, most) for case in here], here),
        share([metrics.within(case.urgent_at, most) for case in here], here),
    )


def predictive(
    found_rows: Iterable[figures.Found], false_rows: Iterable[figures.FalseAlarms]
) -> Iterator[figures.Predictive]:
    """At 150 messages where the risky ones have so many, else whole; against the worst register of the same making."""
    whole = [row for row in false_rows if row.k is None]
    rows = {(row.risky, row.k): row for row in found_rows}
    for register in dict.fromkeys(risky for risky, _ in rows):
        row = rows[register, PIECE] if rows[register, PIECE].concern.n >= FEWEST else rows[register, None]
        others = [other for other in whole if comparable(register, other.harmless)]
        alike = [o for o in others if (o.harmless in SYNTHETIC) == (register in SYNTHETIC)] or others
        for level in (Level.CONCERN, Level.URGENT) if alike else ():
            of_level = _at_urgent if level is Level.URGENT else _at_concern
            worst = max(alike, key=lambda other: of_level(other).value or 0.0)
            for prevalence in PREVALENCES:
                yield _predicted((register, worst.harmless), level, prevalence, of_level(row), of_level(worst))


def _at_concern(row: figures.Found | figures.FalseAlarms) -> Figure:
    return row.concern


def _at_urgent(row: figures.Found | figures.FalseAlarms) -> Figure:
    return row.urgent


def _predicted(
    pair: tuple[Register, Register], level: Level, prevalence: float, recall: Figure, wrong: Figure
) -> figures.Predictive:
    """Where no wrong warning was seen, which share is right cannot be told: that there is none was not measured."""
    right, false_share = recall.value or 0.0, wrong.value or 0.0
    least, most = recall.interval, wrong.interval
    at_worst = None
    if least is not None and most is not None:
        at_worst = metrics.positive_predictive_value(least.low, most.high, prevalence)
    return figures.Predictive(
        risky=pair[0],
        harmless=pair[1],
        level=level,
        prevalence=prevalence,
        recall=right,
        false_share=false_share,
        value=metrics.positive_predictive_value(right, false_share, prevalence) if false_share else None,
        at_worst=at_worst,
        day=metrics.day_of(right, false_share, prevalence) if false_share else None,
    )
