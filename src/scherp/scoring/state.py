"""What `step` remembers between messages: small, immutable, picklable; per speaker, plus totals.

Of text it holds at most a tail of 120 read characters per speaker, for a minute, to see a message that was
split in pieces. Named tuples, for they are made anew at every message (by `conversation.new`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scherp.conversation import Level, Speaker

MOST_SPEAKERS = 8
TAIL_CHARACTERS = 120
TAIL_LIFE = timedelta(seconds=60)
TAIL_PIECES = 3
RECENT = 32
"""How many messages back an explicit reply is still understood."""


class Shown(NamedTuple):
    """What a speaker has shown; made anew only when a message shows something.

    strong, weak, context: evidence in thousandths as it stood at message `number` on day `day`; it fades
        from there.
    counts: times each sign was shown, a byte per sign number (at most 255).
    groups: one bit per group of steering. at_most: what all this adds up to before it fades or is discounted.
    said_minor: has stated a minor age. refused_at, afraid_at: number of the last such message, or -1.
    told: what an explicit reply told this speaker, in a chat of more than two: (minor age, last refusal,
        last fear).
    asked_after: hours from first contact to the first request; None when there is none or times are unknown.
    """

    strong: int = 0
    weak: int = 0
    context: int = 0
    number: int = 0
    day: int = 0
    counts: bytes = b""
    groups: int = 0
    any_strong: bool = False
    at_most: int = 0
    said_minor: bool = False
    refused_at: int = -1
    afraid_at: int = -1
    told: tuple[bool, int, int] = (False, -1, -1)
    asked_after: float | None = None


class Speaking(NamedTuple):
    """One speaker.

    messages: how many so far. night: of those, between 23 and 5 o'clock on the sender's clock.
    unseen: pictures, calls, deleted and view-once messages: there, but not to be read.
    last: number of the last one. words: what the learned words add up to, in thousandths, as it stood then on day
        `words_day`; never below 0. dutch: how many more words were Dutch than English, of late (`Words.weigh`).
    steers: how much these words are those of who steers, over the whole conversation; ahead: how far it was ahead of
        everybody else's, as it stood then; 0 when alone.
    tail: the end of what was just said, as it is read; tail_at: when, tail_pieces:
        of how many messages.
    """

    name: Speaker | None
    messages: int
    night: int
    unseen: int
    last: int
    words: int
    words_day: int
    dutch: int
    steers: int
    ahead: int
    tail: str
    tail_at: datetime | None
    tail_pieces: int
    shown: Shown


class State(NamedTuple):
    """A conversation so far.

    messages: of all kinds, system lines included. day: days since year 1 of the latest message.
    first_at: first contact; None when unknown. timed: False once a message without a time has passed.
    recent: who wrote the last messages, for explicit replies in chats of more than two.
    peak: highest risk in ten-thousandths, -1 while nothing can be said. steering: who steers; None below `attend`.
    level: read at the peak; None while nothing can be said.
    contexts: whether anybody has shown a safe context.
    pooled: speakers let go because there were more than eight; they never raise the level.
    """

    speakers: tuple[Speaking, ...] = ()
    messages: int = 0
    day: int = 0
    first_at: datetime | None = None
    timed: bool = True
    recent: tuple[tuple[int, Speaker | None], ...] = ()
    peak: int = -1
    steering: Speaker | None = None
    level: Level | None = None
    contexts: bool = False
    pooled: int = 0


START = State()
"""A conversation in which nobody has said anything."""

NOTHING_SHOWN = Shown()
