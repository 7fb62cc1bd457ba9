"""Somebody who misuses the line is kept from opening a talk for a while: with a reason and an end, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.stores import LINE
from scherp.web.talks.actions.refusals import TalkRefuses
from scherp.web.talks.events import Happened
from scherp.web.talks.models import Block

if TYPE_CHECKING:
    from datetime import timedelta

    from scherp.web.talks.actions.refusals import Counsellor
    from scherp.web.talks.models import Talk


@transaction.atomic(using=LINE)
def block(*, talk: Talk, lasts: timedelta, reason: str, by: Counsellor) -> Block:
    """Keep where a talk came from away for a while. Raises TalkRefuses when that is not known any more."""
    if not talk.from_hash:
        raise TalkRefuses
    until = timezone.now() + lasts
    made = Block.objects.using(LINE).create(from_hash=talk.from_hash, reason=reason, by=by.id, until=until)
    record(Happened.BLOCKED, about=made, by=by.actor, reason=reason, until=until.isoformat())
    return made


@transaction.atomic(using=LINE)
def lift_block(*, block: Block, by: Counsellor) -> None:
    """Let somebody in again before the end of a block."""
    if block.lifted_at is None:
        block.lifted_at = timezone.now()
        block.save(update_fields=["lifted_at"])
        record(Happened.UNBLOCKED, about=block, by=by.actor)
