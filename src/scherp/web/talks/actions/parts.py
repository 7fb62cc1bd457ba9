"""What every change of a talk is made of: the lock, the next number, the news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scherp.web.audit.recording import Actor
from scherp.web.stores import LINE
from scherp.web.stores.quick import Asked, add
from scherp.web.talks import found
from scherp.web.talks.actions.refusals import NotTheirTalk, TalkIsOver
from scherp.web.talks.live import telling
from scherp.web.talks.models import Message, Talk, Writer

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from scherp.web.talks.actions.refusals import Counsellor


def young(talk: Talk) -> Actor:
    """Give the young person of a talk, for the record: known by the talk only."""
    return Actor("young", str(talk.id))


def locked(talk: Talk) -> Talk:
    """Give the talk as it is now, and keep others from changing it until the transaction is through."""
    return found.locked(talk.pk)


def must_go_on(talk: Talk, by: Counsellor | None) -> None:
    """Raise TalkIsOver when it is, and NotTheirTalk when `by` is not the counsellor of this talk."""
    if not talk.goes_on:
        raise TalkIsOver
    if by is not None and talk.counsellor != by.id:
        raise NotTheirTalk


class SoFar(NamedTuple):
    """What was said in a talk so far. last: its number. again: that of the message with a key; None if there is none.

    lately: how many messages are the young person's since a moment.
    """

    last: int
    again: int | None
    lately: int


def locked_so_far(talk: Talk, key: UUID, since: datetime) -> tuple[Talk, SoFar]:
    """Lock a talk, and look at what was said in it: for the number to give, a message sent again, and a flood."""
    asked = Asked(_SO_FAR, (key, Writer.YOUNG.value, since, talk.pk))
    talk, ((before,),) = found.locked_and(talk.pk, asked)
    return talk, SoFar(*before)


_SO_FAR = (
    "SELECT COALESCE(MAX(number), 0), MAX(number) FILTER (WHERE key = %s), "
    "COUNT(*) FILTER (WHERE writer = %s AND at > %s) FROM talks_message WHERE talk_id = %s"
)


def put(talk: Talk, *, after: int | None = None, **about: object) -> Message:
    """Put a message behind the last one, and tell who waits. The talk is locked. after: the last number, if known."""
    last = talk.last_number if after is None else after
    message = Message(talk=talk, number=last + 1, **about)
    add(LINE, message, *telling(talk.topic))
    return message


def fixed(talk: Talk, said: str, *, name: str = "") -> None:
    """Have the line itself say one of its fixed texts."""
    put(talk, writer=Writer.FIXED, said=said, name=name)
