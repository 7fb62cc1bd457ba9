"""How a counsellor comes to a talk, and how a visitor is kept away for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from scherp.web.accounts.models import Member
from scherp.web.audit.recording import record
from scherp.web.desk import line_up
from scherp.web.desk.actions.refusals import CannotBlock, Full, NeedsReason, OnBreak
from scherp.web.desk.events import Happened
from scherp.web.desk.models import REASON_LENGTH, Override
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.actions import AlreadyTaken, Counsellor

if TYPE_CHECKING:
    from scherp.web.desk.queue import Placed
    from scherp.web.talks.models import Talk, Transfer


LEFT_FOR_LATER = "left for later"
"""The reason on record where somebody answers a message that was left for later while others wait."""


def as_counsellor(member: Member) -> Counsellor:
    """Give a member as the line knows one."""
    return Counsellor(member.pk, member.known_as)


@transaction.atomic(using=STAFF)
def take_next(*, by: Member) -> Talk | None:
    """Take whoever comes first; None if nobody waits. Who was just taken by a colleague is passed. Raises DeskRefuses.

    Somebody who waits but has left the page stays in the order: they may come back, and nobody is dropped.
    """
    member = _ready(by)
    talks_waiting = line_up.waiting()
    by_id = {talk.id: talk for talk in talks_waiting}
    for placed in line_up.in_order(talks_waiting):
        try:
            return talks.take(talk=by_id[placed.waiting.talk], by=as_counsellor(member))
        except AlreadyTaken:
            continue
    return None


@transaction.atomic(using=STAFF)
def take_other(*, talk: Talk, reason: str, by: Member) -> Talk:
    """Take another than who comes first, for a reason that is put on record and counted. Raises AlreadyTaken."""
    member = _ready(by)
    reason = _short(reason)
    placed = line_up.in_order(line_up.waiting())
    this = next((one for one in placed if one.waiting.talk == talk.id), None)
    if this is None:
        raise AlreadyTaken
    with transaction.atomic(using=LINE):
        taken = talks.take(talk=talk, by=as_counsellor(member))
        if this is not placed[0]:
            _overrides(placed[0], this, talk, reason, member)
    return taken


@transaction.atomic(using=STAFF)
def take_later(*, talk: Talk, by: Member) -> Talk:
    """Take a talk that was left for later, to answer it; its writer reads that on coming back. Raises DeskRefuses.

    While somebody waits this is another than who comes first, and is put on record and counted as such.
    """
    member = _ready(by)
    before = line_up.in_order(line_up.waiting())
    with transaction.atomic(using=LINE):
        taken = talks.take(talk=talk, by=as_counsellor(member))
        if before:
            _overrides(before[0], line_up.in_order([talk])[0], talk, LEFT_FOR_LATER, member)
    return taken


@transaction.atomic(using=STAFF)
def accept(*, transfer: Transfer, by: Member) -> None:
    """Take over a talk from a colleague. Raises DeskRefuses on a break or above one's own limit."""
    talks.answer_transfer(transfer=transfer, agrees=True, by=as_counsellor(_ready(by)))


@transaction.atomic(using=LINE)
def block(*, talk: Talk, hours: int, reason: str, by: Member) -> None:
    """End a talk, and keep where it came from away for some hours. Raises CannotBlock when that is not known."""
    reason = _short(reason)
    if not talk.from_hash:
        raise CannotBlock
    talks.block(talk=talk, lasts=timedelta(hours=hours), reason=reason, by=as_counsellor(by))
    if talk.goes_on:
        talks.end(talk=talk, by=as_counsellor(by))


def _ready(by: Member) -> Member:
    """Give the member, locked: two talks taken at once by one person are counted one after the other."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if member.on_break:
        raise OnBreak
    if not line_up.has_room(member):
        raise Full
    return member


def _short(reason: str) -> str:
    reason = reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        raise NeedsReason
    return reason


def _overrides(first: Placed, this: Placed, talk: Talk, reason: str, member: Member) -> None:
    first_rule, taken_rule = first.why[0].id, this.why[0].id
    Override.objects.create(by=member, reason=reason, next_rule=first_rule, taken_rule=taken_rule)
    record(
        Happened.ORDER_CHANGED, about=talk, by=member.actor, reason=reason, next_rule=first_rule, taken_rule=taken_rule
    )
