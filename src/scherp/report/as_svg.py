"""The course of a conversation as a drawing that a person understands at a glance, and a screen reader too."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scherp.report.elements import Element, el
from scherp.report.timeline import SLOTS
from scherp.report.wording import capital, when
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.report.explanation import Explanation

_WIDTH = 360
_LEFT, _RIGHT = 4, 356
_SLOT = (_RIGHT - _LEFT) / SLOTS
_BAR = 26
_BAR_SLOTS = 0.86
_ROW = 14
_LABEL = 15
_STEP = 7


def as_svg(explanation: Explanation) -> Element:
    """Draw the timeline: messages per speaker, signs per group, the level as a rising band."""
    drawing = _Drawing(explanation)
    drawing.speakers()
    drawing.signs()
    drawing.levels()
    drawing.ends()
    return drawing.whole()


def described(explanation: Explanation) -> list[str]:
    """Say the same as the drawing: how much each wrote, which signs there were, how high the level came."""
    language, timeline = explanation.view.language, explanation.timeline
    said = [
        say("report.timeline.wrote", language, who=explanation.labels[name], count=sum(row))
        for name, row in timeline.messages
    ]
    if timeline.levels:
        groups = ", ".join(say(f"report.group.{group}", language) for group, _ in timeline.signs)
        seen = groups or say("report.none_seen", language)
        said.append(say("report.timeline.showed", language, signs=seen, level=explanation.level_word))
    return said


class _Drawing:
    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.language = explanation.view.language
        self.parts: list[Element] = []
        self.y = 0

    def whole(self) -> Element:
        language = self.language
        return el(
            "svg",
            el("title", say("report.heading.timeline", language), id="timeline-title"),
            el("desc", " ".join(described(self.explanation)), id="timeline-desc"),
            *self.parts,
            viewBox=f"0 0 {_WIDTH} {self.y + 2}",
            role="img",
            aria_labelledby="timeline-title timeline-desc",
            class_="timeline",
        )

    def speakers(self) -> None:
        most = max((max(row) for _, row in self.explanation.timeline.messages), default=0) or 1
        for number, (name, row) in enumerate(self.explanation.timeline.messages):
            who = self.explanation.labels[name]
            self._label(say("report.timeline.messages", self.language, who=who))
            for slot, count in enumerate(row):
                height = max(2.0, _BAR * count / most) if count else 0.0
                if count:
                    self._box(slot, _BAR_SLOTS, self.y + _BAR - height, height, f"speaker speaker-{number % 4}")
            self.y += _BAR
            self._base()
            self.y += 6

    def signs(self) -> None:
        timeline = self.explanation.timeline
        if not timeline.signs:
            return
        for group, slots in timeline.signs:
            self._label(say(f"report.group.{group}", self.language))
            for slot in slots:
                x = _LEFT + slot * _SLOT + _SLOT / 2
                self.parts.append(el("circle", cx=f"{x:.1f}", cy=f"{self.y + 4:.1f}", r="3.4", class_=f"sign {group}"))
            self.y += _ROW - 3
            self._base()
            self.y += 4

    def levels(self) -> None:
        if not self.explanation.timeline.levels:
            return
        self._label(say("report.timeline.level", self.language))
        tallest = _STEP * 4
        slot = 0
        for level, run in groupby(self.explanation.timeline.levels):
            slots = len(list(run))
            height = _STEP * ((level.rank + 1) if level else 0.3)
            class_ = f"level-{level.value if level else 'unknown'}"
            self._box(slot, slots, self.y + tallest - height, height, class_)
            slot += slots
        self.y += tallest
        self._base()
        self.y += 3

    def ends(self) -> None:
        timeline = self.explanation.timeline
        first = when(timeline.start) or say("report.timeline.first", self.language)
        last = when(timeline.end) or say("report.timeline.last", self.language)
        self.y += 12
        self.parts.append(el("text", first, x=_LEFT, y=self.y, class_="end"))
        self.parts.append(el("text", last, x=_RIGHT, y=self.y, text_anchor="end", class_="end"))
        self.y += 4

    def _label(self, text: str) -> None:
        self.y += _LABEL
        self.parts.append(el("text", capital(text), x=_LEFT, y=self.y - 3))

    def _base(self) -> None:
        self.parts.append(el("line", x1=_LEFT, x2=_RIGHT, y1=self.y, y2=self.y, class_="base"))

    def _box(self, slot: int, slots: float, y: float, height: float, class_: str) -> None:
        x, width = _LEFT + slot * _SLOT, slots * _SLOT
        self.parts.append(
            el("rect", x=f"{x:.2f}", y=f"{y:.2f}", width=f"{width:.2f}", height=f"{height:.2f}", class_=class_)
        )
