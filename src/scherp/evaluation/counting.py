"""Who is counted: cases of a register and a kind, those long enough, and a share of them with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.evaluation import intervals, metrics
from scherp.evaluation.figures import Figure
from scherp.evaluation.registers import Register, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.evaluation.judging import Judged


def share(hits: Sequence[bool], cases: Sequence[Judged]) -> Figure:
    """Give the share of cases that hold, with its exact interval in which a source counts once."""
    sources = [case.source for case in cases]
    if not cases:
        return Figure(None, None, 0, 0)
    return Figure(sum(hits) / len(hits), intervals.share(hits, sources), len(cases), len(set(sources)))


def of_kind(cases: Iterable[Judged], *, risky: bool) -> dict[Register, list[Judged]]:
    """Give the risky or the harmless cases by register."""
    found: dict[Register, list[Judged]] = {}
    for register in Register:
        if here := [case for case in cases if case.risky is risky and case.register is register]:
            found[register] = here
    return found


def pairs(cases: Sequence[Judged]) -> Iterator[tuple[list[Judged], list[Judged]]]:
    """Give each risky register with each harmless one that it can be held against."""
    for one, risky in of_kind(cases, risky=True).items():
        for other, harmless in of_kind(cases, risky=False).items():
            if comparable(one, other):
                yield risky, harmless


def long_enough(cases: Iterable[Judged], k: int | None) -> list[Judged]:
    """Give the cases of at least `k` messages; all when k is None."""
    return [case for case in cases if k is None or len(case.trajectory) >= k]


def peaks(cases: Iterable[Judged], k: int | None) -> list[float | None]:
    """Give the highest risk of each case within `k` messages."""
    return [metrics.peak(case.trajectory, k) for case in cases]


def sources_of(cases: Iterable[Judged]) -> list[str]:
    """Give the source of each case."""
    return [case.source for case in cases]
