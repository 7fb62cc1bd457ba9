"""What every change of a talk is made of: the lock, the next number, the news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scherp.web.audit.recording import Actor
from scherp.web.stores import LINE
from scherp.web.talks.actions.refusals import NotTheirTalk, TalkIsOver
from scherp.web.talks.live import tell
from scherp.web.talks.models import Message, Talk, Writer

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from scherp.web.talks.actions.refusals import Counsellor


LATELY = 60
"""How many messages back a message sent again is looked for first, and a flood is seen."""


def young(talk: Talk) -> Actor:
    """Give the young person of a talk, for the record: known by the talk only."""
    return Actor("young", str(talk.id))


def locked(talk: Talk) -> Talk:
    """Give the talk as it is now, and keep others from changing it until the transaction is through."""
    return Talk.objects.select_for_update(of=("self",)).select_related("key").get(pk=talk.pk)


def must_go_on(talk: Talk, by: Counsellor | None) -> None:
    """Raise TalkIsOver when it is, and NotTheirTalk when `by` is not the counsellor of this talk."""
    if not talk.goes_on:
        raise TalkIsOver
    if by is not None and talk.counsellor != by.id:
        raise NotTheirTalk


class Said(NamedTuple):
    """What `say` needs to know of a message that was said lately."""

    number: int
    key: UUID
    writer: str
    at: datetime


def lately(talk: Talk) -> list[Said]:
    """Give what was said last, newest first, at most `LATELY` messages; asked at once, for this runs for every one."""
    found = Message.objects.filter(talk=talk.pk).order_by("-number").values_list(*Said._fields)
    return [Said(*one) for one in found[:LATELY]]


def add(talk: Talk, *, after: int | None = None, **about: object) -> Message:
    """Add a message with the next number, and tell who waits. The talk is locked. after: its last number, if known."""
    last = talk.last_number if after is None else after
    message = Message(talk=talk, number=last + 1, **about)
    message.save(using=LINE, force_insert=True)
    tell(talk.topic)
    return message


def fixed(talk: Talk, said: str, *, name: str = "") -> None:
    """Have the line itself say one of its fixed texts."""
    add(talk, writer=Writer.FIXED, said=said, name=name)
