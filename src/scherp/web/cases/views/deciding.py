"""Steps in the life of a case, and what waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record, record_in
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.parts import Answer, Reason
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.life import steps, steps_from
from scherp.web.cases.models import AccessRequest, Flag, Handover, Plan, Proposal, ProposalKind, ProposalState, Task
from scherp.web.cases.reach import reachable
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, not_there, page, told
from scherp.web.cases.views.handover import in_words as handover_in_words
from scherp.web.cases.views.parts import Way, adding, done
from scherp.web.cases.views.requests import in_words
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language
    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits, in words. own: of who looks, who therefore does not decide."""

    proposal: Proposal
    what: str
    own: bool


def ahead(case: Case, by: Member, language: Language) -> dict[str, object]:
    """Give what can come next in a case, and what waits for a second person."""
    found = Proposal.objects.filter(case=case, state=ProposalState.WAITING).select_related("case__key", "author")
    asked = {one.step for one in found}
    can = [one for one in steps_from(case.state) if by.may(one.needs) and one.id not in asked]
    may = [(one, say(f"cases.life.{one.id}", language)) for one in can]
    return {
        "next_steps": may,
        "waiting": [waiting(one, by, language) for one in found],
        "may_decide": by.may(Permission.APPROVE),
    }


def waiting(proposal: Proposal, by: Member, language: Language) -> Waiting:
    """Put a proposal in words."""
    kind = word(ProposalKind(proposal.kind), language)
    what = say(f"cases.life.{proposal.step}", language) if proposal.step else kind
    return Waiting(proposal, what, proposal.author_id == by.pk)


def approval_of(plan: Plan | None) -> Proposal | None:
    """Give the proposal about the plan of today that waits, or the one that approved it."""
    if plan is None:
        return None
    found = Proposal.objects.filter(kind=ProposalKind.PLAN, about=plan.pk).select_related("case__key", "decider")
    return found.filter(state__in=(ProposalState.WAITING, ProposalState.APPROVED)).first()


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Take a step, or ask why and propose it where a second person decides."""
    case = find(request, reference)
    if step not in {one.id for one in steps_from(case.state)}:
        raise Http404
    if not steps()[step].approval:
        if request.method != "POST":
            raise Http404
        return done(request, case, lambda: actions.take_life_step(case=case, step=step, by=member_of(request)), "moved")
    way = Way(Reason, actions.take_life_step, "ahead")
    return adding(request, case, step, way, {"case": case, "step": step})


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a second person to approve the plan of today."""
    case = find(request, reference)
    newest = Plan.objects.filter(case=case).select_related("case__key").first()
    if newest is None:
        raise Http404
    return adding(request, case, "approval", Way(Reason, actions.propose_plan, "plan"), {"plan": newest})


@needs(Permission.APPROVE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision in the cases that this member can open."""
    by, language = member_of(request), language_of(request)
    found = Proposal.objects.filter(case__in=reachable(by), state=ProposalState.WAITING)
    record_in(STAFF, Happened.LISTED, by=by.actor, count=found.count())
    rows = [waiting(one, by, language) for one in found.select_related("case__key", "author")]
    return page(request, "decisions.html", {"rows": rows})


@needs(Permission.APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str, proposal: UUID) -> HttpResponse:
    """Show what was proposed, and take the decision."""
    case = find(request, reference)
    found = Proposal.objects.filter(case=case, pk=proposal).select_related("case__key", "author", "decider").first()
    if found is None:
        not_there(request, case)
    form = Answer(request.POST or None, case=case, language=language_of(request))
    if form.is_valid() and _decided(request, found, form):
        messages.success(request, say("cases.done.decided", form.language))
        return redirect("case", case.reference)
    record(Happened.READ, about=case, by=member_of(request).actor, part=naming(found))
    return page(request, "decide.html", _shown(request, found, form), status=PROBLEM if form.errors else 200)


def _decided(request: HttpRequest, found: Proposal, form: Answer) -> bool:
    by = member_of(request)
    try:
        if request.POST.get("verdict") == "approve":
            actions.approve(proposal=found, by=by)
        else:
            actions.decline(proposal=found, answer=form.cleaned_data["answer"], by=by)
    except actions.CaseRefuses as refused:
        form.add_error(None, told(refused, form.language))
        return False
    return True


def _shown(request: HttpRequest, found: Proposal, form: Answer) -> dict[str, object]:
    today = timezone.localdate()
    flags = Flag.objects.filter(case=found.case, withdrawn_at=None, until__gte=today)
    tasks = Task.objects.filter(case=found.case, withdrawn_at=None, done_at=None)
    plan = Plan.objects.filter(pk=found.about).select_related("case__key", "made_by").first()
    given = Handover.objects.filter(pk=found.about).select_related("case__key", "made_by").first()
    asked = AccessRequest.objects.filter(pk=found.about).select_related("case__key").first()
    return {
        "case": found.case,
        "asked": in_words(asked, form.language) if asked else None,
        "given": handover_in_words(given, form.language) if given else None,
        "waiting": waiting(found, member_of(request), form.language),
        "open": found.state == ProposalState.WAITING,
        "state": word(ProposalState(found.state), form.language),
        "form": form,
        "one": plan,
        "flags": flags.count(),
        "tasks": tasks.count(),
    }


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_POST
def take_back(request: HttpRequest, reference: str, proposal: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    case = find(request, reference)
    found = Proposal.objects.filter(case=case, pk=proposal).select_related("case__key").first()
    if found is None:
        not_there(request, case)
    return done(request, case, lambda: actions.take_back(proposal=found, by=member_of(request)), "taken_back")
