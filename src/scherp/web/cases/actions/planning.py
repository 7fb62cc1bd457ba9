"""The risk and safety plan, and the meldcode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.cases.actions.refusals import NoDayLikeThat, NotAllowed, TalkFirst
from scherp.web.cases.actions.steps import kept, to_write_in
from scherp.web.cases.actions.writing import said
from scherp.web.cases.models import MeldcodeStep, Plan, SkipGround
from scherp.web.cases.models.plan import DECIDING, STEPS, TALK_WITH_WHO_IT_CONCERNS
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from datetime import date

    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case
    from scherp.web.cases.nouns import PlanText


@transaction.atomic(using=STAFF)
def write_plan(*, case: Case, text: PlanText, by: Member) -> Plan:
    """Write the next version of the plan."""
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    newest = Plan.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first()
    plan = Plan(case=case, number=(newest or 0) + 1)
    plan.wishes, plan.risks, plan.agreements = said(text.wishes), said(text.risks), said(text.agreements)
    plan.told = text.told.strip()
    return kept(plan, by, number=plan.number)


@transaction.atomic(using=STAFF)
def take_step(*, case: Case, step: int, day: date, words: str, by: Member) -> MeldcodeStep:
    """Say that a step of the meldcode was taken, when, and what came of it. Raises TalkFirst.

    Nobody decides before the talk with who it concerns was held, or left out for the safety of the child or the
    professional (Besluit verplichte meldcode).
    """
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    spoken = MeldcodeStep.objects.filter(case=case, step=TALK_WITH_WHO_IT_CONCERNS, withdrawn_at=None)
    if step == DECIDING and not spoken.exists():
        raise TalkFirst
    return _step(MeldcodeStep(case=case, step=step, day=day, words=said(words)), by)


@transaction.atomic(using=STAFF)
def skip_step(*, case: Case, step: int, ground: SkipGround, why: str, by: Member) -> MeldcodeStep:
    """Leave a step out: the talk with who it concerns only, for the safety of the child or the professional only."""
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    if step != TALK_WITH_WHO_IT_CONCERNS:
        raise NotAllowed
    today = timezone.localdate()
    return _step(MeldcodeStep(case=case, step=step, day=today, skipped=SkipGround(ground), words=said(why)), by)


def _step(step: MeldcodeStep, by: Member) -> MeldcodeStep:
    if step.step not in STEPS or step.day > timezone.localdate():
        raise NoDayLikeThat
    return kept(step, by, step=step.step, skipped=step.skipped)
