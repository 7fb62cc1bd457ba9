"""The messages that a warning rests on: chosen, cut to size, with the words that counted marked and others masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scherp.signs.matcher import SEXUAL_TALK, matcher
from scherp.signs.vocabulary import signs
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from scherp.conversation import Conversation, Evidence, Message
    from scherp.report.view import View

MOST_QUOTES = 8
_LONGEST = 240
_AROUND = 90


class Style(StrEnum):
    """How a piece of a quote is drawn."""

    PLAIN = "plain"
    COUNTED = "counted"
    MASKED = "masked"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a quote, all drawn alike."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Quote:
    """One message as shown.

    number: as a person counts, from 1. why: what it shows, in words.
    """

    number: int
    time: datetime | None
    who: str
    pieces: tuple[Piece, ...]
    why: tuple[str, ...]


def choose(evidence: Iterable[Evidence], most: int = MOST_QUOTES) -> list[int]:
    """Choose which messages to quote, in their order: the strongest first, each new sign before a repeat."""
    by_message: dict[int, list[Evidence]] = {}
    for item in evidence:
        if item.strength:
            by_message.setdefault(item.message, []).append(item)
    chosen: list[int] = []
    shown: set[str] = set()
    while by_message and len(chosen) < most:
        best = max(by_message, key=lambda number: (_worth(by_message[number], shown), -number))
        shown |= {item.sign for item in by_message.pop(best)}
        chosen.append(best)
    return sorted(chosen)


def quote(message: Message, evidence: Sequence[Evidence], conversation: Conversation, view: View) -> Quote:
    """Show one message, with the words behind `evidence` marked."""
    counted = {item.sign for item in evidence}
    return Quote(
        number=message.number + 1,
        time=message.time if conversation.times_trusted else None,
        who=view.label(message.author, conversation),
        pieces=_pieces(message.text, counted, view),
        why=tuple(dict.fromkeys(signs()[item.sign].what[view.language] for item in evidence)),
    )


def _worth(items: Sequence[Evidence], shown: set[str]) -> int:
    return sum(item.strength if item.sign not in shown else item.strength // 4 for item in items)


def _pieces(text: str, counted: set[str], view: View) -> tuple[Piece, ...]:
    marks = [m for m in matcher().marks(text) if m.sign in counted and m.sign != SEXUAL_TALK]
    hidden = matcher().masked(text)
    styles = [Style.PLAIN] * len(text)
    for mark in marks:
        styles[mark.start : mark.end] = [Style.COUNTED] * (mark.end - mark.start)
    for start, end in hidden:
        styles[start:end] = [Style.MASKED] * (end - start)
    start, end = _window(text, [(m.start, m.end) for m in marks] or hidden)
    return (*_cut(start > 0, view), *_runs(text, styles, start, end, view), *_cut(end < len(text), view))


def _window(text: str, marked: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part of a long message to show: around the first words that counted."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    first = marked[0][0] if marked else 0
    start = max(0, first - _AROUND)
    return start, min(len(text), start + _LONGEST)


def _runs(text: str, styles: Sequence[Style], start: int, end: int, view: View) -> list[Piece]:
    runs: list[Piece] = []
    at = start
    for n in range(start + 1, end + 1):
        if n == end or styles[n] is not styles[at]:
            masked = styles[at] is Style.MASKED
            words = say("report.masked", view.language) if masked else text[at:n]
            runs.append(Piece(words, styles[at]))
            at = n
    return runs


def _cut(needed: bool, view: View) -> tuple[Piece, ...]:  # noqa: FBT001  both callers read as a question
    return (Piece(say("report.cut", view.language), Style.PLAIN),) if needed else ()
