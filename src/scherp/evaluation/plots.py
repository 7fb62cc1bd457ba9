"""Drawings of an evaluation: curves and bars as SVG, told to a screen reader, and told apart without colour too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.report.elements import Element, el

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 520, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 508, 12, 250
_ROW = 18
_STYLES = 8
_MARK = 3.2


@dataclass(frozen=True, slots=True)
class Line:
    """One curve, with the name that its legend shows."""

    name: str
    points: Points


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`; ticks: where, and what is written there."""

    name: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]

    def place(self, value: float, start: float, end: float) -> float:
        """Give where a value stands between two ends of the drawing; what is outside stands at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return start + share * (end - start)


def curves(name: str, title: str, lines: Sequence[Line], axes: tuple[Axis, Axis], *, even: bool = False) -> Element:
    """Draw curves over two axes, with a legend. even: also the line on which both are the same."""
    x, y = axes
    parts = [*_axes(x, y)]
    if even:
        ends = zip((x.low, x.high), (y.low, y.high), strict=True)
        parts.append(_path([_at(px, py, x, y) for px, py in ends], "even"))
    for number, line in enumerate(lines):
        places = [_at(px, py, x, y) for px, py in line.points]
        parts.append(_path(places, f"curve style-{number % _STYLES}"))
        parts += [_dot(place, number) for place in places if len(places) <= 12]
    bottom = _HEIGHT + _ROW * len(lines)
    for number, line in enumerate(lines):
        parts += _legend(number, line.name)
    return _drawing(name, title, _said(lines), parts, bottom)


def bars(name: str, title: str, counts: Sequence[tuple[str, int]], x: str, y: str) -> Element:
    """Draw one bar for each count, with its number above it."""
    most = max((count for _, count in counts), default=0) or 1
    axis = Axis(y, 0, most, [(0, "0"), (most, str(most))])
    parts = [*_axes(Axis(x, 0, 1, []), axis)]
    each = (_RIGHT - _LEFT) / max(1, len(counts))
    for number, (label, count) in enumerate(counts):
        left, top = _LEFT + number * each, axis.place(count, _BOTTOM, _TOP + 14)
        parts.append(_box(left + each * 0.1, top, each * 0.8, _BOTTOM - top))
        middle = f"{left + each / 2:.1f}"
        parts.append(el("text", str(count), x=middle, y=f"{top - 3:.1f}", text_anchor="middle"))
        parts.append(el("text", label, x=middle, y=_BOTTOM + 15, text_anchor="middle", class_="tick"))
    said = "; ".join(f"{label}: {count}" for label, count in counts)
    return _drawing(name, title, said, parts, _HEIGHT)


def _drawing(name: str, title: str, said: str, parts: Sequence[Element], height: int) -> Element:
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", said, id=f"{name}-desc"),
        *parts,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="plot",
    )


def _said(lines: Sequence[Line]) -> str:
    return "; ".join(f"{line.name}: " + ", ".join(f"{px:g}: {py:.2f}" for px, py in line.points[:12]) for line in lines)


def _axes(x: Axis, y: Axis) -> Iterator[Element]:
    for value, label in y.ticks:
        height = f"{y.place(value, _BOTTOM, _TOP):.1f}"
        yield el("line", x1=_LEFT, x2=_RIGHT, y1=height, y2=height, class_="grid")
        yield el("text", label, x=_LEFT - 6, y=f"{float(height) + 4:.1f}", text_anchor="end", class_="tick")
    for value, label in x.ticks:
        place = f"{x.place(value, _LEFT, _RIGHT):.1f}"
        yield el("line", x1=place, x2=place, y1=_BOTTOM, y2=_BOTTOM + 4, class_="grid")
        yield el("text", label, x=place, y=_BOTTOM + 17, text_anchor="middle", class_="tick")
    yield el("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, class_="axis")
    yield el("line", x1=_LEFT, x2=_LEFT, y1=_TOP, y2=_BOTTOM, class_="axis")
    yield el("text", x.name, x=(_LEFT + _RIGHT) // 2, y=_BOTTOM + 36, text_anchor="middle")
    middle = (_TOP + _BOTTOM) // 2
    yield el("text", y.name, x=14, y=middle, text_anchor="middle", transform=f"rotate(-90 14 {middle})")


def _at(px: float, py: float, x: Axis, y: Axis) -> tuple[float, float]:
    return x.place(px, _LEFT, _RIGHT), y.place(py, _BOTTOM, _TOP)


def _path(places: Sequence[tuple[float, float]], class_: str) -> Element:
    drawn = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
    return el("polyline", points=drawn, class_=class_)


def _dot(place: tuple[float, float], number: int) -> Element:
    px, py = place
    class_ = f"dot style-{number % _STYLES}"
    if number % 2:
        return el("rect", x=f"{px - 3:.1f}", y=f"{py - 3:.1f}", width=6, height=6, class_=class_)
    return el("circle", cx=f"{px:.1f}", cy=f"{py:.1f}", r=_MARK, class_=class_)


def _legend(number: int, name: str) -> Iterator[Element]:
    height = _HEIGHT + _ROW * number + 6
    yield _path([(_LEFT, height), (_LEFT + 34, height)], f"curve style-{number % _STYLES}")
    yield _dot((_LEFT + 17, height), number)
    yield el("text", name, x=_LEFT + 44, y=height + 4)


def _box(x: float, y: float, width: float, height: float) -> Element:
    return el("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", class_="bar")
