"""Breaks, and who is at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.desk.events import Happened
from scherp.web.desk.models import AtDesk
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member

_OFTEN_ENOUGH = timedelta(minutes=5)


@transaction.atomic(using=STAFF)
def begin_break(*, by: Member) -> None:
    """Take no new talks for now; those that go on, go on."""
    _set(by, on_break=True)


@transaction.atomic(using=STAFF)
def come_back(*, by: Member) -> None:
    """Be there again."""
    _set(by, on_break=False)


def _set(by: Member, *, on_break: bool) -> None:
    if by.on_break != on_break:
        by.on_break = on_break
        by.save(update_fields=["on_break"])
        record(Happened.BREAK_BEGAN if on_break else Happened.BREAK_ENDED, about=by, by=by.actor)


def seen(*, by: Member) -> None:
    """Keep that a member is at the desk: colleagues who hand over a talk ask who is there."""
    now = timezone.now()
    last = AtDesk.objects.filter(member=by).first()
    if last is None or now - last.seen_at > _OFTEN_ENOUGH:
        AtDesk.objects.update_or_create(member=by, defaults={"seen_at": now})
