"""Which cases a member can reach: their team's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.web.cases.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from scherp.web.accounts.models import Member


def reachable(member: Member) -> QuerySet[Case]:
    """Give the cases that a member can open."""
    return Case.objects.filter(team__isnull=False, team=member.team_id).select_related("key", "team", "opened_by")


def within_reach(case: Case, member: Member) -> bool:
    """Tell whether a member can open a case."""
    return reachable(member).filter(pk=case.pk).exists()
