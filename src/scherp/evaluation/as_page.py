"""An evaluation as one page that needs nothing else: no script, no request, its own strict policy."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from scherp import __version__
from scherp.evaluation.as_text import opening, remarks
from scherp.evaluation.plots import Axis, Line, bars, curves
from scherp.evaluation.tables import named, number, tables
from scherp.evaluation.too_few import shown
from scherp.report.elements import Element, el, page
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scherp.evaluation.figures import Results
    from scherp.evaluation.registers import Register
    from scherp.evaluation.tables import Table

_LEADS = (-1000, -50, -20, -5, 0, 1, 6, 21, 51, 1000)
"""Edges of the bars of lead, in messages; the first and the last stand for all beyond them."""
_MOST_FALSE = 0.05
"""Where the plot of cost ends: 50 per 1,000."""


def as_page(results: Results, language: Language) -> str:
    """Give the whole page."""
    return page(
        _parts(results, language), title=say("evaluate.document_title", language), style=_style(), language=language
    )


def _parts(results: Results, language: Language) -> Iterator[Element]:
    yield el("h1", say("evaluate.title", language))
    yield el("p", " ".join(opening(results, language)))
    yield el("ul", *(el("li", remark) for remark in remarks(results, language)))
    drawn = [_figure(plot) for plot in _Plots(results, language).all()]
    if drawn:
        yield el("div", *drawn, class_="plots")
        yield el("p", say("evaluate.plot.same_in_tables", language), class_="quiet")
    for table in tables(results, language):
        yield _section(table)
    yield el("footer", el("p", say("evaluate.made_with", language, version=__version__)))


def _figure(plot: tuple[str, Element]) -> Element:
    title, drawing = plot
    return el("figure", el("figcaption", title), drawing)


def _section(table: Table) -> Element:
    head = el("tr", *(el("th", column, scope="col") for column in table.columns))
    body = (el("tr", el("th", row[0], scope="row"), *(el("td", cell) for cell in row[1:])) for row in table.rows)
    heading = f"table-{table.name}"
    return el(
        "section",
        el("h2", table.title, id=heading),
        el("p", table.note, class_="quiet"),
        # Wide on a phone: it scrolls by itself, and the keyboard must be able to reach it.
        el(
            "div",
            el("table", el("thead", head), el("tbody", *body), aria_labelledby=heading),
            class_="wide",
            tabindex="0",
            role="region",
            aria_labelledby=heading,
        ),
    )


class _Plots:
    """Each drawing, with its title."""

    def __init__(self, results: Results, language: Language) -> None:
        self.results = shown(results)
        self.language = language
        self.risky = dict.fromkeys(row.register for row in results.material if row.risky)

    def all(self) -> Iterator[tuple[str, Element]]:
        for risky in self.risky:
            yield from self.ranked(risky, "auc")
            yield from self.ranked(risky, "recall")
            yield from self.reliability(risky)
            yield from self.leads(risky)
            yield from self.costs(risky)

    def title(self, plot: str, risky: Register) -> str:
        return say(f"evaluate.plot.{plot}", self.language, risky=named(risky, self.language))

    def axis(self, name: str, low: float, high: float, ticks: tuple[float, ...], *, times: float = 1) -> Axis:
        digits = 1 if high * times <= 1 else 0
        labels = [(tick, number(tick * times, digits, self.language)) for tick in ticks]
        return Axis(say(f"evaluate.plot.{name}", self.language), low, high, labels)

    def share(self, name: str) -> Axis:
        return self.axis(name, 0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1))

    def ranked(self, risky: Register, what: str) -> Iterator[tuple[str, Element]]:
        found: dict[Register, list[tuple[float, float]]] = {}
        for row in self.results.ranked:
            value = (row.auc if what == "auc" else row.recall).value
            if row.risky is risky and value is not None:
                found.setdefault(row.harmless, []).append((row.k, value))
        lines = [Line(named(register, self.language), points) for register, points in found.items()]
        if lines:
            title = self.title(what, risky)
            x = self.axis("x.messages", 0, 100, (10, 20, 50, 100))
            yield title, curves(f"{what}-{risky}", title, lines, (x, self.share(f"y.{what}")))

    def reliability(self, risky: Register) -> Iterator[tuple[str, Element]]:
        lines = [
            Line(named(row.harmless, self.language), [(b.said, b.risky) for b in row.bins])
            for row in self.results.calibrated
            if row.risky is risky and row.bins
        ]
        if lines:
            title = self.title("reliability", risky)
            y = self.share("y.came_true")
            yield title, curves(f"reliability-{risky}", title, lines, (self.share("x.risk"), y), even=True)

    def leads(self, risky: Register) -> Iterator[tuple[str, Element]]:
        for row in self.results.ahead:
            if row.risky is risky and row.leads:
                graded = say(f"evaluate.{'self_graded' if row.self_graded else 'by_hand'}", self.language)
                title = f"{self.title('lead', risky)} ({graded})"
                counts = [(_span(a, b), sum(a <= lead < b for lead in row.leads)) for a, b in pairwise(_LEADS)]
                counts = [(say("evaluate.plot.never", self.language), row.never), *counts]
                x, y = (say(f"evaluate.plot.{axis}", self.language) for axis in ("x.lead", "y.count"))
                yield title, bars(f"lead-{risky}-{int(row.self_graded)}", title, counts, x, y)

    def costs(self, risky: Register) -> Iterator[tuple[str, Element]]:
        lines = []
        for row in self.results.cost:
            if row.risky is risky:
                points = [point for point in row.points if point[0] <= _MOST_FALSE]
                lines.append(Line(named(row.harmless, self.language), points))
        if lines:
            title = self.title("cost", risky)
            x = self.axis("x.cost", 0, _MOST_FALSE, (0, 0.01, 0.02, 0.03, 0.04, 0.05), times=1000)
            yield title, curves(f"cost-{risky}", title, lines, (x, self.share("y.recall")))


def _span(low: int, high: int) -> str:
    if low == _LEADS[0]:
        return f"< {high}"
    if high == _LEADS[-1]:
        return f"> {low - 1}"
    return str(low) if high - low == 1 else f"{low}…{high - 1}"


@cache
def _style() -> str:
    return (files(__package__) / "page.css").read_text(encoding="utf-8")
