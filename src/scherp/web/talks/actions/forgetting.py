"""How a talk is erased: on request, or because its time has come."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import RETENTION, Actor, record
from scherp.web.stores import LINE
from scherp.web.talks.actions.parts import locked
from scherp.web.talks.events import Happened
from scherp.web.talks.line import line
from scherp.web.talks.live import tell
from scherp.web.talks.models import QUEUE, Block, State, Talk

_ADDRESS_KEPT = timedelta(hours=24)
_BLOCK_KEPT = timedelta(days=30)


@transaction.atomic(using=LINE)
def erase(*, talk: Talk, by: Actor, kind: Happened = Happened.ERASED) -> None:
    """Destroy the key of a talk and drop what was said; what is left is that there was a talk, and when."""
    talk = locked(talk)
    if talk.state == State.ERASED:
        return
    key, counted = talk.key, talk.last_number
    talk.messages.all().delete()
    talk.seats.all().delete()
    talk.key, talk.told, talk.return_hash, talk.from_hash = None, None, "", ""
    talk.state, talk.ended_at = State.ERASED, talk.ended_at or timezone.now()
    talk.save()
    if key:
        key.delete()
    record(kind, about=talk, by=by, messages=counted)
    tell(talk.topic)
    tell(QUEUE)


def forget(*, by: Actor = RETENTION) -> int:
    """Erase talks that ended longer ago than they may be kept, empty what lapsed, and give how many were erased."""
    now = timezone.now()
    kept = line().keep_for
    old = Talk.objects.filter(state=State.ENDED, ended_at__lt=now - kept)
    left = Talk.objects.filter(state__in=(State.LATER, State.WAITING, State.TALKING), opened_at__lt=now - kept)
    left = left.exclude(messages__at__gte=now - kept)  # nobody ended it, and nobody said anything since
    erased = 0
    for talk in [*old, *left]:
        erase(talk=talk, by=by, kind=Happened.FORGOTTEN)
        erased += 1
    Talk.objects.filter(return_until__lt=now).exclude(return_hash="").update(return_hash="")
    Talk.objects.filter(opened_at__lt=now - _ADDRESS_KEPT).exclude(from_hash="").update(from_hash="")
    Block.objects.filter(until__lt=now).exclude(from_hash="").update(from_hash="")  # it keeps nobody away any more
    Block.objects.filter(until__lt=now - _BLOCK_KEPT).delete()  # why, somebody may still ask within the month
    return erased
