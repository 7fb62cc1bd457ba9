"""What should be reached, and whether it is: each bar at its worst register, with a verdict over all of them.

A bar is reached when every register reaches it, not reached when one certainly does not, else not resolvable.
The thresholds are never moved to please one set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.evaluation.comparing import FEWEST
from scherp.evaluation.figures import Figure, Rule
from scherp.evaluation.intervals import Interval, Verdict, verdict
from scherp.evaluation.registers import SYNTHETIC, Register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.evaluation.figures import Results

HARD = frozenset({Register.DUTCH_HARD, Register.ENGLISH_HARD})
"""Looks like it, is not: these have a bar of their own."""
OURS = (Register.DUTCH_RISKY, Register.ENGLISH_RISKY)
AUC = {20: 0.96, 50: 0.985, 100: 0.997}
RECALL = {50: 0.75, 100: 0.98}
FOUND = {150: 0.90, 1000: 0.98}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. name, k: in the catalogue; goal: the least, or with `at_most` the most, that the value may be.

    where: the worst register, or what else it is measured on; figure: there; next: the value with that left out.
    synthetic, machine_translated: what kind of number it is.
    """

    name: str
    goal: float
    at_most: bool
    k: int | None
    where: str
    figure: Figure
    verdict: Verdict
    next: float | None = None

    @property
    def synthetic(self) -> bool:
        """Whether we wrote what it was measured on."""
        return self.where in SYNTHETIC or self.name in {"slices_false", "slices_recall"}

    @property
    def machine_translated(self) -> bool:
        """Whether it was measured on translated text."""
        return self.where == Register.TRANSLATED


_Row = tuple[str, Figure]


def bars(results: Results) -> list[Bar]:
    """Give every bar, in the order of the table; those without any figure as not measured."""
    return [*_ranking(results), *_alarms(results), *_early(results), *_ours(results), *_others(results)]


def _ranking(results: Results) -> Iterator[Bar]:
    rows = [row for row in results.ranked if row.risky is Register.CHATS]
    for name, within in (("auc", frozenset[Register]()), ("auc_outside", SYNTHETIC)):
        for k, goal in AUC.items():
            yield _bar(name, goal, [(r.harmless, r.auc) for r in rows if r.k == k and r.harmless not in within], k=k)
    for k, goal in RECALL.items():
        yield _bar("recall", goal, [(r.harmless, r.recall) for r in rows if r.k == k], k=k)


def _alarms(results: Results) -> Iterator[Bar]:
    for k, goal in FOUND.items():
        found = [(r.risky, r.concern) for r in results.found if r.risky is Register.CHATS and r.k == k]
        yield _bar("found", goal, found, k=k)
    pieces = [(r.harmless, _per(1000, r.concern)) for r in results.false_alarms if r.k is None]
    yield _bar("false_alarms", 5, [row for row in pieces if row[0] not in HARD], at_most=True)
    for joined in (True, False):
        rows = [(r.harmless, r.alarms) for r in results.consecutive if r.joined is joined and r.harmless not in HARD]
        yield _bar("joined" if joined else "apart", 1, rows, at_most=True)


def _early(results: Results) -> Iterator[Bar]:
    rows = [r for r in results.latency if r.risky is Register.CHATS and r.rule is Rule.PUBLISHED]
    yield _bar("f_latency", 0.85, [(r.harmless, r.f_latency) for r in rows])
    yield _bar("median", 18, [(r.risky, r.median) for r in rows[:1]], at_most=True)
    ahead = [(r.risky, r.before) for r in results.ahead if r.risky in OURS and not r.self_graded]
    yield _bar("before", 0.80, ahead)


def _ours(results: Results) -> Iterator[Bar]:
    yield _bar("steers", 0.97, [(r.risky, r.right) for r in results.steers])
    dutch = [(r.risky, r.concern) for r in results.found if r.risky is Register.DUTCH_RISKY and r.k is None]
    yield _bar("dutch_recall", 0.95, dutch)
    hard = [(r.harmless, _per(1000, r.concern)) for r in results.false_alarms if r.k is None]
    yield _bar("dutch_hard", 10, [row for row in hard if row[0] is Register.DUTCH_HARD], at_most=True)
    translated = [
        (r.harmless, r.f1)
        for r in results.latency
        if r.risky is r.harmless is Register.TRANSLATED and r.rule is Rule.OWN
    ]
    yield _bar("translated", 0.93, translated)


def _others(results: Results) -> Iterator[Bar]:
    yield _bar("brier", 0.85, [(r.harmless, r.skill) for r in results.calibrated if r.risky is Register.CHATS])
    for risky, name, goal in ((False, "slices_false", 2.0), (True, "slices_recall", 0.9)):
        slices = [r for r in results.slices if r.risky is risky and r.figure.n >= FEWEST]
        rows = [(r.name, _over(r.figure, r.mean)) for r in slices if r.mean]
        yield _bar(name, goal, rows, at_most=not risky)
    yield _bar("hidden", 0.9, [(r.way, r.kept) for r in results.hidden])


def _bar(name: str, goal: float, rows: Iterable[_Row], *, at_most: bool = False, k: int | None = None) -> Bar:
    measured = [(where, figure) for where, figure in rows if figure.value is not None]
    if not measured:
        return Bar(name, goal, at_most, k, "", Figure(None, None, 0, 0), Verdict.NOT_MEASURED)
    worst_first = sorted(measured, key=lambda row: row[1].value or 0.0, reverse=at_most)
    where, figure = worst_first[0]
    others = worst_first[1][1].value if len(worst_first) > 1 else None
    said = [verdict(each.interval, goal, at_least=not at_most) for _, each in measured]
    return Bar(name, goal, at_most, k, where, figure, _over_all(said), others)


def _over_all(said: Sequence[Verdict]) -> Verdict:
    order = (Verdict.NOT_REACHED, Verdict.NOT_RESOLVABLE, Verdict.NOT_MEASURED, Verdict.REACHED)
    return next(each for each in order if each in said)


def _per(times: float, figure: Figure) -> Figure:
    if figure.value is None or figure.interval is None:
        return figure
    low, high = figure.interval
    return Figure(figure.value * times, Interval(low * times, high * times), figure.n, figure.sources, figure.against)


def _over(figure: Figure, mean: float) -> Figure:
    return _per(1 / mean, figure)
