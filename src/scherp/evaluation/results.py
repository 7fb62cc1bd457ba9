"""From what was judged to figures: who is counted, over what, and how sure it is."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from scherp.evaluation import figures, intervals, metrics
from scherp.evaluation.comparing import calibrated, cost, ranked
from scherp.evaluation.counting import of_kind, pairs, peaks, share, sources_of
from scherp.evaluation.figures import Figure, Results, Rule
from scherp.evaluation.latency import latency
from scherp.evaluation.registers import SYNTHETIC
from scherp.evaluation.warning import false_alarms, found, predictive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scherp.conversation import SignId
    from scherp.evaluation.judging import Judged, Judgement, Streamed


def results(judgement: Judgement, *, without: Iterable[SignId] = (), unread: int = 0, left_out: int = 0) -> Results:
    """Count everything."""
    cases = judgement.cases
    warned, wrongly = tuple(found(cases)), tuple(false_alarms(cases))
    return Results(
        without=tuple(sorted(without)),
        unread=unread,
        left_out=left_out,
        summary=_summary(cases),
        material=tuple(_material(cases)),
        ranked=tuple(ranked(cases)),
        found=warned,
        false_alarms=wrongly,
        consecutive=tuple(map(_consecutive, judgement.streams)),
        predictive=tuple(predictive(warned, wrongly)),
        latency=tuple(
            latency(risky, harmless, rule, sampled=harmless[0].register in judgement.sampled)
            for risky, harmless in pairs(cases)
            for rule in Rule
        ),
        ahead=tuple(_ahead(cases)),
        steers=tuple(_steers(cases)),
        calibrated=tuple(calibrated(cases)),
        slices=tuple(_slices(cases)),
        causes=tuple(_causes(cases)),
        hidden=tuple(_hidden(cases)),
        cost=tuple(cost(cases)),
    )


def _summary(cases: Sequence[Judged]) -> figures.Summary:
    """Count risky conversations, which are judged whole, and harmless ones, of which pieces are judged."""
    risky = [case for case in cases if case.risky]
    harmless = [case for case in cases if not case.risky]
    wrongly = [case for case in harmless if case.alarm_at is not None]
    return figures.Summary(
        risky=figures.Counted(len(risky), sum(case.alarm_at is not None for case in risky)),
        harmless=figures.Counted(len(set(sources_of(harmless))), len(set(sources_of(wrongly)))),
    )


def _material(cases: Sequence[Judged]) -> Iterator[figures.Material]:
    for risky in (True, False):
        for register, here in of_kind(cases, risky=risky).items():
            yield figures.Material(
                register=register,
                risky=risky,
                cases=len(here),
                messages=sum(len(case.trajectory) for case in here),
                sources=len(set(sources_of(here))),
                cannot_say=metrics.none_share(peaks(here, None)) or 0.0,
                synthetic=register in SYNTHETIC,
                machine_translated=any(case.machine_translated for case in here),
            )


def _consecutive(streamed: Streamed) -> figures.Consecutive:
    value = metrics.per_ten_thousand(streamed.alarms, streamed.messages)
    interval = intervals.rate(streamed.alarms, streamed.messages / 10_000) if streamed.messages else None
    return figures.Consecutive(
        streamed.register, streamed.joined, Figure(value, interval, streamed.messages, streamed.in_sources)
    )


def _ahead(cases: Sequence[Judged]) -> Iterator[figures.Ahead]:
    for register, all_here in of_kind(cases, risky=True).items():
        for self_graded in (False, True):
            here = [case for case in all_here if case.self_graded is self_graded]
            asked = [case for case in here if case.request_at is not None]
            if not here:
                continue
            leads = [case.lead for case in asked if case.lead is not None]
            hours = [lead.hours for lead in leads if lead.hours is not None]
            yield figures.Ahead(
                risky=register,
                self_graded=self_graded,
                before=share([c.lead is not None and c.lead.messages > 0 for c in asked], asked),
                messages=median(lead.messages for lead in leads) if leads else None,
                hours=median(hours) if hours else None,
                early=sum(c.request_at is not None and c.request_at < metrics.EARLY_REQUEST for c in asked),
                no_request=len(here) - len(asked),
                never=len(asked) - len(leads),
                leads=tuple(sorted(lead.messages for lead in leads)),
            )


def _steers(cases: Sequence[Judged]) -> Iterator[figures.Steers]:
    for register, all_here in of_kind(cases, risky=True).items():
        here = [case for case in all_here if case.steers is not None]
        if here:
            yield figures.Steers(register, share([case.steers is True for case in here], here))


def _slices(cases: Sequence[Judged]) -> Iterator[figures.Slice]:
    """Slices against the mean of all cases of the same kind in registers that know slices."""
    known = {case.register for case in cases if case.slices}
    for risky in (False, True):
        here = [case for case in cases if case.risky is risky and case.register in known]
        names = sorted({name for case in here for name in case.slices})
        mean = sum(case.alarm_at is not None for case in here) / len(here) if here else 0.0
        for name in names:
            inside = [case for case in here if name in case.slices]
            figure = share([case.alarm_at is not None for case in inside], inside)
            wrong: Callable[[float | None, float | None], bool] = metrics.falls_behind if risky else metrics.is_defect
            bar = mean * (metrics.LEAST_OF_MEAN if risky else metrics.MOST_OF_MEAN)
            said = intervals.verdict(figure.interval, bar, at_least=risky)
            yield figures.Slice(name, risky, figure, mean, wrong(figure.value, mean), said)


def _causes(cases: Sequence[Judged]) -> Iterator[figures.Cause]:
    for risky in (True, False):
        for register, here in of_kind(cases, risky=risky).items():
            counted = Counter(case.error for case in here if case.error is not None)
            for cause, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
                yield figures.Cause(register, risky, cause, count)


def _hidden(cases: Sequence[Judged]) -> Iterator[figures.Hidden]:
    here = [case for case in cases if case.hidden]
    for place, (way, _, _) in enumerate(here[0].hidden if here else ()):
        plain, left = [case.hidden[place][1] for case in here], [case.hidden[place][2] for case in here]
        draws = (
            metrics.kept(
                [p * n for p, n in zip(plain, often, strict=True)], [r * n for r, n in zip(left, often, strict=True)]
            )
            for often in intervals.drawn(sources_of(here))
        )
        sources = len(set(sources_of(here)))
        yield figures.Hidden(way, Figure(metrics.kept(plain, left), intervals.resampled(draws), len(here), sources))
