"""What every change of a case is made of: the lock, who may, the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.refusals import AlreadyThere, CaseIsClosed, NotAllowed, NotTheirCase
from scherp.web.cases.events import Happened
from scherp.web.cases.models import Case, Part
from scherp.web.cases.reach import of_team, within_reach
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member

P = TypeVar("P", bound=Part)


def locked(case: Case) -> Case:
    """Give the case anew, and let nobody else change it until this transaction is over."""
    return Case.objects.select_for_update(of=("self",)).select_related("key").get(pk=case.pk)


READING = frozenset({Permission.READ_CASES_OF_TEAM, Permission.READ_IDENTITIES, Permission.READ_SUSPECTS})
"""What can be done in an emergency too; whatever else is for the team of the case alone."""


def must(by: Member, permission: Permission, case: Case | None = None) -> None:
    """Refuse who may not do this, or not with this case. Views ask the same first; this holds without views."""
    if not by.may(permission):
        raise NotAllowed
    if case is None:
        return
    reached = within_reach(case, by) if permission in READING else of_team(by).filter(pk=case.pk).exists()
    if not reached:
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
