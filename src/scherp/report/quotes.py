"""The messages that a warning rests on: chosen, cut to size, with the words that counted marked and others masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from scherp.signs.matcher import SEXUAL_TALK, matcher
from scherp.signs.normaliser import words
from scherp.signs.vocabulary import signs
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from scherp.conversation import Conversation, Evidence, Message, Speaker
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
        pieces=_pieces(message.text, counted, conversation, view),
        why=tuple(dict.fromkeys(signs()[item.sign].what[view.language] for item in evidence)),
    )


def _worth(items: Sequence[Evidence], shown: set[str]) -> int:
    return sum(item.strength if item.sign not in shown else item.strength // 4 for item in items)


def _pieces(text: str, counted: set[str], conversation: Conversation, view: View) -> tuple[Piece, ...]:
    marks = [m for m in matcher().marks(text) if m.sign in counted and m.sign != SEXUAL_TALK]
    hidden = dict.fromkeys(matcher().masked(text), say("report.masked", view.language))
    if not view.names:
        hidden |= _names(text, conversation, view)
    styles = [Style.PLAIN] * len(text)
    for mark in marks:
        styles[mark.start : mark.end] = [Style.COUNTED] * (mark.end - mark.start)
    start, end = _window(text, [(m.start, m.end) for m in marks] or list(hidden))
    runs = _runs(text, styles, hidden, start, end)
    return (*_cut(start > 0, view), *runs, *_cut(end < len(text), view))


def _names(text: str, conversation: Conversation, view: View) -> dict[tuple[int, int], str]:
    """Where somebody of this conversation is called by name, and what stands there instead."""
    read = words(text, matcher().speller)
    plain = [word.text for word in read]
    found = {}
    for speaker in conversation.speakers:
        label = say("report.name_in_quote", view.language, who=view.label(speaker, conversation))
        for name in _called(speaker):
            for at in range(len(plain) - len(name) + 1):
                if plain[at : at + len(name)] == name:
                    found[read[at].start, read[at + len(name) - 1].end] = label
    return found


def _called(speaker: Speaker) -> list[list[str]]:
    """How somebody may be called: by the whole name, or by its first word."""
    whole = [word.text for word in words(speaker, matcher().speller)]
    return [name for name in (whole, whole[:1]) if name and len("".join(name)) > 2]


def _window(text: str, marked: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part of a long message to show: around the first words that counted."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    first = marked[0][0] if marked else 0
    start = max(0, first - _AROUND)
    return start, min(len(text), start + _LONGEST)


def _runs(
    text: str, styles: Sequence[Style], hidden: Mapping[tuple[int, int], str], start: int, end: int
) -> Iterator[Piece]:
    at = start
    for first, last in sorted(hidden):
        if last > at and first < end:
            yield from _plain(text, styles, at, max(at, first))
            yield Piece(hidden[first, last], Style.MASKED)
            at = min(last, end)
    yield from _plain(text, styles, at, end)


def _plain(text: str, styles: Sequence[Style], start: int, end: int) -> Iterator[Piece]:
    for style, run in groupby(range(start, end), key=lambda n: styles[n]):
        places = list(run)
        yield Piece(text[places[0] : places[-1] + 1], style)


def _cut(needed: bool, view: View) -> tuple[Piece, ...]:  # noqa: FBT001  both callers read as a question
    return (Piece(say("report.cut", view.language), Style.PLAIN),) if needed else ()
