"""The messages that a warning rests on: chosen, cut to size, with the words that counted marked and others masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scherp.signs.matcher import SEXUAL_TALK, matcher
from scherp.signs.normaliser import words
from scherp.signs.vocabulary import signs
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from scherp.conversation import Conversation, Evidence, Message, SignId, Speaker
    from scherp.report.view import View

MOST_QUOTES = 8
MOST_TELLING = 3
"""Of the messages whose words weigh most."""
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

    number: as a person counts, from 1. why: what it shows, in words. times: how often the same was said.
    """

    number: int
    time: datetime | None
    who: str
    pieces: tuple[Piece, ...]
    why: tuple[str, ...]
    times: int = 1


class Showing(NamedTuple):
    """A message to quote: the evidence in it, how often its author said the same, and whether its words weigh most."""

    message: Message
    evidence: tuple[Evidence, ...] = ()
    times: int = 1
    sounds: bool = False

    @property
    def signs(self) -> frozenset[SignId]:
        """What it shows."""
        return frozenset(item.sign for item in self.evidence)

    @property
    def said(self) -> tuple[Speaker | None, str]:
        """Who says what, without capitals and blanks that make no difference."""
        return self.message.author, " ".join(self.message.text.casefold().split())


def grouped(evidence: Iterable[Evidence], messages: Mapping[int, Message]) -> list[Showing]:
    """Lay evidence together by message, and messages in which somebody says the same under the first of them."""
    by_message: dict[int, list[Evidence]] = {}
    for item in evidence:
        by_message.setdefault(item.message, []).append(item)
    found: dict[object, Showing] = {}
    for number, items in by_message.items():
        one = Showing(messages[number], tuple(items))
        before = found.get((one.said, one.signs))
        found[one.said, one.signs] = before._replace(times=before.times + 1) if before else one
    return list(found.values())


def with_telling(shown: Iterable[Showing], heavy: Iterable[Message]) -> list[Showing]:
    """Mark those whose words weigh most, and add those that show no sign; a few, the strongest first in `heavy`."""
    marked = list(shown)
    for message in heavy:
        if sum(one.sounds for one in marked) == MOST_TELLING:
            break
        new = Showing(message, sounds=True)
        at = next((n for n, one in enumerate(marked) if one.said == new.said), None)
        if at is None:
            marked.append(new)
        else:
            marked[at] = marked[at]._replace(sounds=True)
    return marked


def choose(shown: Sequence[Showing], most: int = MOST_QUOTES) -> list[Showing]:
    """Choose what to quote: first what shows signs (the strongest, each new sign before a repeat), then what sounds."""
    left = [one for one in shown if one.evidence]
    chosen: list[Showing] = []
    seen: set[SignId] = set()
    while left and len(chosen) < most:
        best = max(left, key=lambda one: (_worth(one.evidence, seen), -one.message.number))
        left.remove(best)
        seen |= best.signs
        chosen.append(best)
    sounding = [one for one in shown if one.sounds and one not in chosen]
    return [one for part in (chosen, sounding) for one in sorted(part, key=lambda one: one.message.number)]


def quote(one: Showing, conversation: Conversation, view: View) -> Quote:
    """Show one message, with the words behind its evidence marked."""
    message = one.message
    shows = dict.fromkeys(signs()[item.sign].what[view.language] for item in one.evidence)
    sounds = [say("report.sounds_like_steering", view.language)] if one.sounds else []
    return Quote(
        number=message.number + 1,
        time=message.time if conversation.times_trusted else None,
        who=view.label(message.author, conversation),
        pieces=_pieces(message.text, one.signs, conversation, view),
        why=(*shows, *sounds),
        times=one.times,
    )


def _worth(items: Sequence[Evidence], seen: set[SignId]) -> int:
    return sum(item.strength if item.sign not in seen else item.strength // 4 for item in items)


def _pieces(text: str, counted: frozenset[SignId], conversation: Conversation, view: View) -> tuple[Piece, ...]:
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
