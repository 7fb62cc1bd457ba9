"""The shared nouns, frozen: Message, Conversation, Evidence, Level, Risk.

Plain dicts appear only at JSON edges; everything between reading and report is one of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

Speaker = str
"""How the export names somebody who writes."""

SignId = str
"""The fixed id of a sign, for instance `secrecy_request`."""

new = tuple.__new__
"""Makes a named tuple of all its fields, in half the time of calling it: for what is made at every message."""


class Kind(StrEnum):
    """What a message is. Its words are weighed (a caption too); the picture, sound or call itself is never seen."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    STICKER = "sticker"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    CALL = "call"
    VIEW_ONCE = "view_once"
    DELETED = "deleted"
    SYSTEM = "system"
    OTHER = "other"


class Message(NamedTuple):
    """One message of a conversation.

    number: place in the conversation, from 0.
    author: None when the export does not say who wrote it, and for system lines.
    time: aware (with a zone), or naive: the phone's own local time, zone unknown; None when there is none.
    text: as written, without the export's own marks; a caption where there is one; for other kinds
        (a placeholder, a call) often empty.
    reply_to: the number of the message answered, where the export says so.
    line: line in the source file, from 1, where a line means something there.

    A named tuple, as all that is made once a message: a frozen dataclass takes three times as long to make.
    """

    number: int
    author: Speaker | None
    time: datetime | None
    text: str
    kind: Kind = Kind.TEXT
    reply_to: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages between the same people, in the order in which they were sent.

    name: as the export calls it (a person, a group), for `--with`.
    platform: the app, for instance `whatsapp`.
    times_trusted: False when the order of day and month could not be settled, or times are missing
        or run backwards: then nothing is said about tempo.
    """

    name: str
    platform: str
    messages: tuple[Message, ...]
    times_trusted: bool = True

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who wrote, in order of appearance."""
        return tuple(dict.fromkeys(m.author for m in self.messages if m.author is not None))


class Level(StrEnum):
    """How much a person should look at this now. `NONE` is never worded as safe."""

    NONE = "none"
    ATTEND = "attend"
    CONCERN = "concern"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 to 3, for comparing."""
        return _RANK[self]


_RANK = {level: rank for rank, level in enumerate(Level)}


class Evidence(NamedTuple):
    """One sign, seen in one message.

    strength: thousandths of a log-odds unit, never negative; what it added at that moment.
    span: characters of the original text, for underlining; None until somebody asks to see it.
    """

    sign: SignId
    message: int
    speaker: Speaker | None
    strength: int
    span: tuple[int, int] | None = None


class Risk(NamedTuple):
    """What is known after a message.

    now: current risk, 0 to 1 in 4 decimals; None while nothing can be said.
    peak: the highest so far; `level` is read at the peak; both None while nothing can be said.
    steering: who steers, from `attend` up; None below, or without authors.
    tempo_hours: from first contact to the first request, meeting, third party or force; None when
        unknown or not there.
    evidence: the signs seen in this message.
    """

    now: float | None
    peak: float | None
    level: Level | None
    steering: Speaker | None = None
    tempo_hours: float | None = None
    evidence: tuple[Evidence, ...] = ()
