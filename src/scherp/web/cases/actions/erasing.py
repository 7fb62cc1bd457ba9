"""How a case is erased: with proof of what was there, by destroying its key; and what holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import RETENTION, Actor, naming, record, record_in
from scherp.web.cases.actions.refusals import AlreadyThere, LawHolds
from scherp.web.cases.actions.steps import locked, must
from scherp.web.cases.actions.writing import said
from scherp.web.cases.content import PARTS, digest, whole
from scherp.web.cases.events import Happened
from scherp.web.cases.law.reading import clocks
from scherp.web.cases.models import Case, ClosingForm, Hold, Identity, Package, State, Suspect
from scherp.web.cases.models.handover import AGAIN_WITHIN
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from scherp.web.accounts.models import Member


def held(case: Case) -> bool:
    """Tell whether a legal hold stands on a case."""
    return Hold.objects.filter(case=case, withdrawn_at=None).exists()


@transaction.atomic(using=STAFF)
def hold(*, case: Case, reason: str, by: Member) -> Hold:
    """Hold a case, so that it is not erased: a criminal case, a complaint, a claim."""
    must(by, Permission.HOLD, case)
    case = locked(case)
    if case.state == State.ERASED:
        raise AlreadyThere
    made = Hold(case=case, made_by=by)
    made.reason = said(reason)
    made.save(force_insert=True, using=STAFF)
    record(Happened.HELD, about=case, by=by.actor, part=naming(made))
    return made


@transaction.atomic(using=STAFF)
def lift_hold(*, held: Hold, by: Member) -> None:
    """Lift a hold."""
    must(by, Permission.HOLD, held.case)
    if not held.stands:
        raise AlreadyThere
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(Happened.HOLD_LIFTED, about=held.case, by=by.actor, part=naming(held))


@transaction.atomic(using=STAFF)
def erase(*, case: Case, by: Actor, kind: Happened = Happened.ERASED) -> None:
    """Destroy the key of a case and drop what was in it. Raises LawHolds under a legal hold.

    The proof is the event: how many of each kind there were, and the hash over all of them as it was. What was asked
    and decided stays, without words, for these are sealed with the key that is gone.
    """
    case = locked(case)
    if case.state == State.ERASED:
        raise AlreadyThere
    if held(case):
        raise LawHolds
    proof = digest(whole(case))
    counted = {str(model._meta.model_name): model._default_manager.filter(case=case).count() for model in PARTS}
    for model in (Identity, *PARTS):
        model._default_manager.filter(case=case).delete()
    ClosingForm.objects.filter(case=case).update(case=None, talk=None)
    key = case.key
    case.key, case.about, case.talk, case.state = None, None, None, State.ERASED
    case.closed_at = case.closed_at or timezone.now()
    case.save()
    if key:
        key.delete()
    record(kind, about=case, by=by, counted=counted, hash=proof)


def forget(*, by: Actor = RETENTION, now: datetime | None = None) -> int:
    """Act on the clocks of `retention.toml`, and give how many cases were erased. Twice does no harm."""
    now = now or timezone.now()
    erased = 0
    for case in _closed_before(now, "case", "changed_at"):
        erase(case=case, by=by, kind=Happened.FORGOTTEN)
        erased += 1
    for case in _closed_before(now, "suspects", "closed_at"):
        _forget_suspects(case, by)
    _forget_packages(now, by)
    _cut_loose(now, by)
    return erased


def _held() -> QuerySet[Hold, uuid.UUID]:
    """The ids of the cases that a legal hold keeps: it stops every clock of theirs."""
    return Hold.objects.filter(withdrawn_at=None).values_list("case", flat=True)


def _closed_before(now: datetime, kind: str, since: str) -> list[Case]:
    keep = clocks()[kind].keep
    if keep is None:
        return []
    return list(Case.objects.filter(state=State.CLOSED, **{f"{since}__lt": now - keep}).exclude(pk__in=_held()))


@transaction.atomic(using=STAFF)
def _forget_suspects(case: Case, by: Actor) -> None:
    found = Suspect.objects.filter(case=case)
    if count := found.count():
        found.delete()
        record(Happened.SUSPECTS_FORGOTTEN, about=case, by=by, counted=count)


@transaction.atomic(using=STAFF)
def _forget_packages(now: datetime, by: Actor) -> None:
    there = Package.objects.filter(content__isnull=False).exclude(handover__case__in=_held())
    there.filter(taken_at__lt=now - AGAIN_WITHIN).update(content=None)  # on record when it was taken
    keep = clocks()["package"].keep
    if keep is not None and (count := there.filter(handover__expires__lt=now - keep).update(content=None)):
        record_in(STAFF, Happened.PACKAGES_FORGOTTEN, by=by, counted=count)


@transaction.atomic(using=STAFF)
def _cut_loose(now: datetime, by: Actor) -> None:
    keep = clocks()["closing-form"].keep
    if keep is None:
        return
    old = ClosingForm.objects.filter(filled_at__lt=now - keep)
    count = old.exclude(talk=None, case=None).exclude(case__in=_held()).update(talk=None, case=None)
    if count:
        record_in(STAFF, Happened.FORMS_CUT_LOOSE, by=by, counted=count)
