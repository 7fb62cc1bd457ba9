"""A case of another team, opened to read in an emergency; somebody else looks at it afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record, record_in
from scherp.web.cases.actions.refusals import AlreadyThere, AuthorCannotDecide, NoSuchCase, NotAllowed
from scherp.web.cases.actions.steps import must
from scherp.web.cases.actions.writing import said
from scherp.web.cases.events import Happened
from scherp.web.cases.models import BreakGlass, Case, State, Verdict
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from scherp.web.accounts.models import Member

LASTS = timedelta(hours=4)


def break_glass(*, reference: str, reason: str, by: Member) -> BreakGlass:
    """Open a case of another team to read, for four hours. Raises NoSuchCase, which is on record too."""
    must(by, Permission.BREAK_GLASS)
    told = said(reason)
    case = Case.objects.filter(reference__iexact=reference.strip()).exclude(state=State.ERASED).first()
    if case is None:
        record_in(STAFF, Happened.GLASS_REFUSED, by=by.actor)
        raise NoSuchCase
    if case.team_id == by.team_id:
        raise AlreadyThere
    return _opened(case, told, by)


@transaction.atomic(using=STAFF)
def _opened(case: Case, reason: str, by: Member) -> BreakGlass:
    made = BreakGlass(case=case, member=by, until=timezone.now() + LASTS)
    made.reason = reason
    made.save(force_insert=True, using=STAFF)
    record(Happened.GLASS_BROKEN, about=case, by=by.actor, part=naming(made))
    return made


def to_review(member: Member) -> QuerySet[BreakGlass]:
    """Give what was opened in an emergency, by or in the team of who looks at it, and not by themselves."""
    if member.team_id is None:
        return BreakGlass.objects.none()
    of_either_team = Q(case__team=member.team_id) | Q(member__team=member.team_id)
    found = BreakGlass.objects.filter(of_either_team, reviewer=None).exclude(member=member)
    return found.select_related("case__key", "case__team", "member__team")


@transaction.atomic(using=STAFF)
def review(*, opened: BreakGlass, verdict: Verdict, remarks: str, by: Member) -> None:
    """Say afterwards whether it was right. The database refuses somebody who reviews themselves."""
    must(by, Permission.REVIEW_BREAK_GLASS)
    if opened.member_id == by.pk:
        raise AuthorCannotDecide
    found = to_review(by).filter(pk=opened.pk).first()
    if found is None:
        raise NotAllowed
    found.reviewer, found.reviewed_at, found.verdict = by, timezone.now(), Verdict(verdict)
    found.remarks = said(remarks)
    found.save(update_fields=["reviewer", "reviewed_at", "verdict", "remarks"])
    record(Happened.GLASS_REVIEWED, about=found.case, by=by.actor, part=naming(found), verdict=verdict)
