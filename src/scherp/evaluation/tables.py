"""The results as tables of words: one source for the terminal, the page and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.evaluation.comparing import CALIBRATED_AT
from scherp.evaluation.metrics import LOOKS, TEAM
from scherp.evaluation.registers import SYNTHETIC, Register
from scherp.evaluation.too_few import shown
from scherp.signs.vocabulary import signs
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scherp.evaluation.figures import Figure, Results, Slice
    from scherp.evaluation.metrics import Day


@dataclass(frozen=True, slots=True)
class Table:
    """A table; name: of its section in the catalogue."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(results: Results, language: Language, *, short: bool = False) -> list[Table]:
    """Give every table that holds anything and rests on enough; `short` keeps the worst register of each ranking."""
    words = _Words(shown(results), language, short=short)
    found = [words.table(name, columns, rows()) for name, columns, rows in words.sections()]
    return [table for table in found if table.rows]


def named(register: Register, language: Language) -> str:
    """Give the name of a register, with what kind of numbers these are."""
    name = say(f"evaluate.register.{register}", language)
    if register in SYNTHETIC:
        return f"{name} ({say('evaluate.mark.synthetic', language)})"
    if register is Register.TRANSLATED:
        return f"{name} ({say('evaluate.mark.translated', language)})"
    return name


def number(value: float, digits: int, language: Language) -> str:
    """Write a number as people of this language do."""
    written = f"{value:,.{digits}f}"
    return written.translate(_DUTCH) if language is Language.NL else written


def with_interval(figure: Figure, language: Language, *, times: float = 1, digits: int = 2) -> str:
    """Write a figure with its interval; `times` 1,000 for a share per 1,000."""
    if figure.value is None:
        return say("evaluate.not_measured", language)
    value = number(figure.value * times, digits, language)
    if figure.interval is None:
        return value
    low, high = (number(end * times, digits, language) for end in figure.interval)
    return f"{value}\N{NO-BREAK SPACE}[{low}–{high}]"


_DUTCH = str.maketrans(".,", ",.")


class _Words:
    """Each section's rows, in one language."""

    def __init__(self, results: Results, language: Language, *, short: bool) -> None:
        self.results = results
        self.language = language
        self.short = short

    def sections(self) -> list[tuple[str, str, Callable[[], Iterator[tuple[str, ...]]]]]:
        return [
            ("material", "register kind cases messages sources cannot_say", self.material),
            ("ranked", "risky harmless k auc recall n against", self.ranked),
            ("found", "risky within concern urgent median n", self.found),
            ("false_alarms", "harmless within concern urgent n sources", self.false_alarms),
            ("consecutive", "harmless joined rate messages", self.consecutive),
            ("predictive", "risky harmless level prevalence right at_worst day", self.predictive),
            ("latency", "risky harmless rule f1 speed f_latency median", self.latency),
            ("ahead", "risky graded before n lead hours early never no_request", self.ahead),
            ("steers", "risky right n", self.steers),
            ("calibrated", "risky harmless skill n against", self.calibrated),
            ("slices", "slice kind figure n mean verdict", self.slices),
            ("causes", "register kind cause cases", self.causes),
            ("hidden", "way kept n", self.hidden),
        ]

    def table(self, name: str, columns: str, rows: Iterator[tuple[str, ...]]) -> Table:
        note = self.say(f"note.{name}", team=TEAM, looks=LOOKS, all=TEAM * LOOKS, k=CALIBRATED_AT)
        heads = tuple(self.say(f"column.{column}") for column in columns.split())
        return Table(name, self.say(f"section.{name}"), note, heads, tuple(rows))

    def say(self, key: str, **values: object) -> str:
        return say(f"evaluate.{key}", self.language, **values)

    def name(self, register: Register) -> str:
        return named(register, self.language)

    def count(self, value: float) -> str:
        return number(value, 0, self.language)

    def or_none(self, value: float | None, digits: int = 0) -> str:
        return "–" if value is None else number(value, digits, self.language)

    def share(self, figure: Figure, digits: int = 2) -> str:
        return with_interval(figure, self.language, digits=digits)

    def per_thousand(self, figure: Figure) -> str:
        return with_interval(figure, self.language, times=1000, digits=1)

    def within(self, k: int | None) -> str:
        return self.say("all_messages") if k is None else self.count(k)

    def material(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.material:
            kind = self.say("kind.risky" if row.risky else "kind.harmless")
            yield (
                self.name(row.register), kind, self.count(row.cases), self.count(row.messages),
                self.count(row.sources), number(row.cannot_say, 2, self.language),
            )  # fmt: skip

    def ranked(self) -> Iterator[tuple[str, ...]]:
        rows = [row for row in self.results.ranked if row.auc.value is not None]
        if self.short:
            groups = dict.fromkeys((row.risky, row.k) for row in rows)
            rows = [
                min((r for r in rows if (r.risky, r.k) == group), key=lambda r: r.auc.value or 0.0) for group in groups
            ]
        for row in rows:
            yield (
                self.name(row.risky), self.name(row.harmless), self.count(row.k), self.share(row.auc, 3),
                self.share(row.recall), self.count(row.auc.n), self.count(row.auc.against),
            )  # fmt: skip

    def found(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.found:
            if row.concern.n:
                yield (
                    self.name(row.risky), self.within(row.k), self.share(row.concern), self.share(row.urgent),
                    self.or_none(row.median), self.count(row.concern.n),
                )  # fmt: skip

    def false_alarms(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.false_alarms:
            if row.concern.n:
                yield (
                    self.name(row.harmless), self.within(row.k), self.per_thousand(row.concern),
                    self.per_thousand(row.urgent), self.count(row.concern.n), self.count(row.concern.sources),
                )  # fmt: skip

    def consecutive(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.consecutive:
            how = self.say("joined" if row.joined else "apart")
            yield self.name(row.harmless), how, self.share(row.alarms), self.count(row.alarms.n)

    def predictive(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.predictive:
            yield (
                self.name(row.risky), self.name(row.harmless), self.say(f"column.{row.level}"),
                self.count(1 / row.prevalence), self.or_none(row.value, 4), self.or_none(row.at_worst, 4),
                self.day(row.day),
            )  # fmt: skip

    def day(self, day: Day | None) -> str:
        if day is None:
            return "–"
        values = {"looks": self.count(day.looks), "right": number(day.right, 1, self.language)}
        return self.say("day", watched=self.count(day.watched), missed=number(day.missed, 1, self.language), **values)

    def latency(self) -> Iterator[tuple[str, ...]]:
        rows = list(self.results.latency)
        if self.short:
            groups = dict.fromkeys((row.risky, row.rule) for row in rows)
            rows = [min((r for r in rows if (r.risky, r.rule) == g), key=lambda r: r.f1.value or 0.0) for g in groups]
        for row in rows:
            rule = self.say(f"rule.{row.rule}") + (f" ({self.say('mark.sampled')})" if row.sampled else "")
            yield (
                self.name(row.risky), self.name(row.harmless), rule, self.share(row.f1, 3), self.share(row.speed, 3),
                self.share(row.f_latency, 3), self.share(row.median, 0),
            )  # fmt: skip

    def ahead(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.ahead:
            yield (
                self.name(row.risky), self.say("self_graded" if row.self_graded else "by_hand"),
                self.share(row.before), self.count(row.before.n), self.or_none(row.messages),
                self.or_none(row.hours, 1), self.count(row.early), self.count(row.never), self.count(row.no_request),
            )  # fmt: skip

    def steers(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.steers:
            yield self.name(row.risky), self.share(row.right), self.count(row.right.n)

    def calibrated(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.calibrated:
            if row.skill.value is not None:
                yield (
                    self.name(row.risky), self.name(row.harmless), self.share(row.skill), self.count(row.skill.n),
                    self.count(row.skill.against),
                )  # fmt: skip

    def slices(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.slices:
            times, digits = (1, 2) if row.risky else (1000, 1)
            yield (
                self.say(f"slice.{row.name}"), self.say("kind.risky" if row.risky else "kind.harmless"),
                with_interval(row.figure, self.language, times=times, digits=digits), self.count(row.figure.n),
                number(row.mean * times, digits, self.language), self.fairness(row),
            )  # fmt: skip

    def fairness(self, row: Slice) -> str:
        verdict = self.say(f"verdict.{row.verdict}")
        return f"{self.say('defect')} ({verdict})" if row.defect else verdict

    def causes(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.causes:
            kind = self.say("kind.missed" if row.risky else "kind.false")
            cause = row.cause if row.cause in signs() else self.say(f"cause.{row.cause}")
            yield self.name(row.register), kind, cause, self.count(row.count)

    def hidden(self) -> Iterator[tuple[str, ...]]:
        for row in self.results.hidden:
            yield self.say(f"way.{row.way}"), self.share(row.kept), self.count(row.kept.n)
