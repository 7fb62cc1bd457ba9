"""Which cases a member can reach: their team's; and, to read and for some hours, one opened in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from scherp.web.cases.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from scherp.web.accounts.models import Member


def of_team(member: Member) -> QuerySet[Case]:
    """Give the cases of a member's team: those that they can write in."""
    return Case.objects.filter(team__isnull=False, team=member.team_id).select_related("key", "team", "opened_by")


def reachable(member: Member) -> QuerySet[Case]:
    """Give the cases that a member can open."""
    emergency = Q(opened_in_emergency__member=member, opened_in_emergency__until__gt=timezone.now())
    found = Case.objects.filter(Q(team__isnull=False, team=member.team_id) | emergency).distinct()
    return found.select_related("key", "team", "opened_by")


def within_reach(case: Case, member: Member) -> bool:
    """Tell whether a member can open a case."""
    return reachable(member).filter(pk=case.pk).exists()


def in_emergency(case: Case, member: Member) -> bool:
    """Tell whether a member can open a case only because of an emergency."""
    return case.team_id != member.team_id
