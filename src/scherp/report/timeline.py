"""The course of a conversation in a few numbers: what the drawing shows, whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.signs.vocabulary import Group, signs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from scherp.conversation import Conversation, Evidence, Level, Speaker

SLOTS = 48
"""Into how many equal parts the conversation is cut."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A conversation in `SLOTS` equal parts of time, or of messages where times are missing.

    messages: per speaker (at most four; the quieter ones together under None), how many in each part.
    signs: per group of steering, the parts in which it was seen.
    levels: the level reached at the end of each part; None while nothing could be said; empty when this reader
        may not know of its course.
    """

    start: datetime | None
    end: datetime | None
    messages: tuple[tuple[Speaker | None, tuple[int, ...]], ...]
    signs: tuple[tuple[Group, tuple[int, ...]], ...]
    levels: tuple[Level | None, ...]


def timeline(conversation: Conversation, evidence: Iterable[Evidence], levels: tuple[Level | None, ...]) -> Timeline:
    """Lay a conversation out; `evidence` is what this reader may know of."""
    timed = conversation.times_trusted and all(m.time is not None for m in conversation.messages)
    slots = _slots(conversation, timed=timed)
    loudest = _loudest(conversation)
    counts: dict[Speaker | None, list[int]] = {name: [0] * SLOTS for name in loudest}
    for message, slot in zip(conversation.messages, slots, strict=True):
        if message.kind is not Kind.SYSTEM:
            name = message.author if message.author in loudest else None
            counts.setdefault(name, [0] * SLOTS)[slot] += 1
    place = {m.number: slot for m, slot in zip(conversation.messages, slots, strict=True)}
    ends = conversation.messages
    return Timeline(
        start=ends[0].time if timed and ends else None,
        end=ends[-1].time if timed and ends else None,
        messages=tuple((name, tuple(row)) for name, row in counts.items()),
        signs=_signs(evidence, place),
        levels=_levels(levels, slots),
    )


def _loudest(conversation: Conversation, most: int = 4) -> list[Speaker]:
    wrote = dict.fromkeys(conversation.speakers, 0)
    for message in conversation.messages:
        if message.author is not None:
            wrote[message.author] += 1
    kept = sorted(wrote, key=lambda name: -wrote[name])[:most]
    return [name for name in wrote if name in kept]


def _slots(conversation: Conversation, *, timed: bool) -> list[int]:
    messages = conversation.messages
    if timed and messages:
        stamps = [m.time.timestamp() for m in messages if m.time is not None]
        low, span = min(stamps), max(stamps) - min(stamps)
        if span > 0:
            return [min(SLOTS - 1, int((stamp - low) / span * SLOTS)) for stamp in stamps]
    return [n * SLOTS // len(messages) for n in range(len(messages))]


def _signs(evidence: Iterable[Evidence], place: dict[int, int]) -> tuple[tuple[Group, tuple[int, ...]], ...]:
    seen: dict[Group, set[int]] = {}
    for item in evidence:
        group = signs()[item.sign].group
        if item.strength and item.message in place:
            seen.setdefault(group, set()).add(place[item.message])
    return tuple((group, tuple(sorted(seen[group]))) for group in Group if group in seen)


def _levels(levels: tuple[Level | None, ...], slots: list[int]) -> tuple[Level | None, ...]:
    """The highest level so far at the end of each part; a quiet part keeps the one before."""
    if not levels:
        return ()
    reached: list[Level | None] = [None] * SLOTS
    for level, slot in zip(levels, slots, strict=True):
        before = reached[slot]
        if level is not None and (before is None or level.rank > before.rank):
            reached[slot] = level
    for n in range(1, SLOTS):
        before, here = reached[n - 1], reached[n]
        if before is not None and (here is None or here.rank < before.rank):
            reached[n] = before
    return tuple(reached)
