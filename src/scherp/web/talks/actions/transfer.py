"""A talk handed to a colleague: the young person is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.stores import LINE
from scherp.web.talks.actions.parts import fixed, locked, must_go_on, young
from scherp.web.talks.actions.refusals import NotTheirTalk, TalkRefuses
from scherp.web.talks.events import Happened
from scherp.web.talks.live import tell
from scherp.web.talks.models import QUEUE, ReadAlong, State, Talk, Transfer

if TYPE_CHECKING:
    from scherp.web.talks.actions.refusals import Counsellor


@transaction.atomic(using=LINE)
def ask_transfer(*, talk: Talk, to: Counsellor, by: Counsellor) -> Transfer:
    """Ask the young person whether a colleague may take over."""
    talk = locked(talk)
    must_go_on(talk, by)
    if to.id == by.id or Transfer.objects.filter(talk=talk, over_at=None).exists():
        raise TalkRefuses
    asked = Transfer.objects.using(LINE).create(talk=talk, giver=by.id, taker=to.id, taker_name=to.name)
    record(Happened.TRANSFER_ASKED, about=talk, by=by.actor, to=str(to.id))
    fixed(talk, "transfer-asked", name=to.name)
    return asked


@transaction.atomic(using=LINE)
def answer_transfer(*, transfer: Transfer, agrees: bool, by: Counsellor | None = None) -> None:
    """Answer: first the young person (without `by`), then the colleague. Both have to agree."""
    talk = locked(transfer.talk)
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    _may_answer(transfer, by)
    if by is None:
        transfer.young_agrees = agrees
    else:
        transfer.taker_agrees = agrees
    record(Happened.TRANSFER_ANSWERED, about=talk, by=by.actor if by else young(talk), agrees=agrees)
    if not agrees or by:
        transfer.over_at = timezone.now()
    transfer.save()
    if agrees and by:
        _hand_over(talk, by)
    else:
        fixed(talk, "transfer-agreed" if agrees else "transfer-declined", name=transfer.taker_name)
    tell(QUEUE)


@transaction.atomic(using=LINE)
def withdraw_transfer(*, transfer: Transfer, by: Counsellor) -> None:
    """Keep a talk after all, while nobody has taken it over: the colleague may be away."""
    talk = locked(transfer.talk)
    must_go_on(talk, by)
    if Transfer.objects.filter(pk=transfer.pk, over_at=None).update(over_at=timezone.now()):
        record(Happened.TRANSFER_ANSWERED, about=talk, by=by.actor, agrees=False)
        fixed(talk, "transfer-declined", name=transfer.taker_name)
        tell(QUEUE)


@transaction.atomic(using=LINE)
def put_back(*, talk: Talk, by: Counsellor) -> None:
    """Let a talk wait for somebody else: who had it is ill, or works here no more. It waits as long as it ever did."""
    talk = locked(talk)
    if talk.state != State.TALKING or talk.counsellor == by.id:
        raise TalkRefuses
    now, giver, name = timezone.now(), str(talk.counsellor), talk.counsellor_name
    Transfer.objects.filter(talk=talk, over_at=None).update(over_at=now)
    ReadAlong.objects.filter(talk=talk, until=None).update(until=now)
    talk.state, talk.counsellor, talk.counsellor_name = State.WAITING, None, ""
    talk.save(update_fields=["state", "counsellor", "counsellor_name"])
    record(Happened.PUT_BACK, about=talk, by=by.actor, giver=giver)
    fixed(talk, "put-back", name=name)
    tell(QUEUE)


def _may_answer(transfer: Transfer, by: Counsellor | None) -> None:
    if transfer.over_at is not None:
        raise TalkRefuses
    if by is None and transfer.young_agrees is not None:
        raise TalkRefuses
    if by is not None and (by.id != transfer.taker or not transfer.young_agrees):
        raise NotTheirTalk


def _hand_over(talk: Talk, to: Counsellor) -> None:
    giver = talk.counsellor
    talk.counsellor, talk.counsellor_name = to.id, to.name
    talk.save(update_fields=["counsellor", "counsellor_name"])
    record(Happened.TRANSFERRED, about=talk, by=to.actor, giver=str(giver))
    fixed(talk, "joined", name=to.name)
