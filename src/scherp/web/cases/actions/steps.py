"""What every change of a case is made of: the lock, who may, the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.refusals import AlreadyThere, CaseIsClosed, NotAllowed, NotTheirCase
from scherp.web.cases.events import Happened
from scherp.web.cases.models import Case, Part
from scherp.web.cases.reach import within_reach
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member
    from scherp.web.accounts.permissions import Permission

P = TypeVar("P", bound=Part)


def locked(case: Case) -> Case:
    """Give the case anew, and let nobody else change it until this transaction is over."""
    return Case.objects.select_for_update(of=("self",)).select_related("key").get(pk=case.pk)


def must(by: Member, permission: Permission, case: Case | None = None) -> None:
    """Refuse who may not do this, or not with this case. Views ask the same first; this holds without views."""
    if not by.may(permission):
        raise NotAllowed
    if case is not None and not within_reach(case, by):
        raise NotTheirCase


def to_write_in(case: Case, by: Member, permission: Permission) -> Case:
    """Give the case, locked, to somebody who may write in it while it goes on."""
    must(by, permission, case)
    found = locked(case)
    if not found.goes_on:
        raise CaseIsClosed
    return found


def kept(part: P, by: Member, kind: Happened = Happened.ADDED, **detail: str | int) -> P:
    """Keep a new part of a locked case, and put on record that there is one."""
    part.made_by = by
    try:
        with transaction.atomic(using=STAFF):
            part.save(force_insert=True, using=STAFF)
    except IntegrityError as twice:
        raise AlreadyThere from twice
    touched(part.case)
    record(kind, about=part.case, by=by.actor, part=naming(part), at=None, **detail)
    return part


def touched(case: Case) -> None:
    """Keep when the case last changed: the clocks of retention count from there."""
    case.changed_at = timezone.now()
    case.save(update_fields=["changed_at"])
