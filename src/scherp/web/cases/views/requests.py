"""Requests to look into a case or to erase it, and holds: with what the law says beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.law import NewHold, NewRequest, Reply
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.law.reading import Capacity, clocks, refusals
from scherp.web.cases.models import AccessRequest, AgeBand, Answer, Asker, Hold, Outcome, RequestKind
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, not_there, page, told
from scherp.web.cases.views.parts import Way, adding, done
from scherp.web.cases.views.shown import parts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language
    from scherp.web.cases.models import Case


def requests_of(case: Case, language: Language) -> dict[str, Any]:
    """Give the requests about a case, and what holds it."""
    return {"requests": [in_words(one, language) for one in parts(AccessRequest, case)], "holds": parts(Hold, case)}


def in_words(request: AccessRequest, language: Language) -> dict[str, Any]:
    """Give a request with its words."""
    ground = refusals().get(request.ground)
    return {
        "row": request,
        "kind": word(RequestKind(request.kind), language),
        "asker": word(Asker(request.asker), language),
        "outcome": word(Outcome(request.outcome), language),
        "proposed": word(Outcome(request.proposed), language) if request.proposed else "",
        "ground": ground[0] if ground else None,
        "ground_words": ground[0].words[language] if ground else "",
        "parent_involved": word(Answer(request.parent_involved), language),
        "young_person_agrees": word(Answer(request.young_person_agrees), language),
        "capacity": say(f"cases.capacity.{Capacity(request.capacity).value}", language),
    }


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a request; nothing is given or erased by it."""
    return adding(request, find(request, reference), "request", Way(NewRequest, actions.receive_request, "law"))


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str, asked: UUID) -> HttpResponse:
    """Show a request with what the law says, and propose an answer."""
    case = find(request, reference)
    found = AccessRequest.objects.filter(case=case, pk=asked).select_related("case__key", "made_by").first()
    if found is None:
        not_there(request, case)
    form = Reply(request.POST or None, case=case, about=found, language=language_of(request))
    if form.is_valid() and _proposed(request, found, form):
        messages.success(request, say("cases.done.proposed", form.language))
        return redirect("case", case.reference)
    record(Happened.READ, about=case, by=member_of(request).actor, part=naming(found))
    return page(request, "request.html", _shown(found, form), status=PROBLEM if form.errors else 200)


def _proposed(request: HttpRequest, found: AccessRequest, form: Reply) -> bool:
    try:
        actions.propose_answer(request=found, reply=form.cleaned_data["reply"], by=member_of(request))
    except actions.CaseRefuses as refused:
        form.add_error(None, told(refused, form.language))
        return False
    return True


def _shown(found: AccessRequest, form: Reply) -> dict[str, Any]:
    rule = actions.rule_of(found)
    kept = [(clock.said.words[form.language], clock.said) for clock in clocks().values()]
    return {
        "case": found.case,
        "asked": in_words(found, form.language),
        "age": word(AgeBand(actions.age_in(found.case)), form.language),
        "rule": rule.said,
        "rule_words": rule.said.words[form.language],
        "kept": kept if found.kind == RequestKind.ERASE else [],
        "holds": [one for one in parts(Hold, found.case) if one.stands],
        "open": found.outcome == Outcome.HELD and not found.proposed,
        "form": form,
    }


@needs(Permission.HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold a case, so that it is not erased."""
    return adding(request, find(request, reference), "hold", Way(NewHold, actions.hold, "law"))


@needs(Permission.HOLD)
@require_POST
def lift(request: HttpRequest, reference: str, held: UUID) -> HttpResponse:
    """Lift a hold."""
    case = find(request, reference)
    found = Hold.objects.filter(case=case, pk=held).select_related("case__key").first()
    if found is None:
        not_there(request, case)
    return done(request, case, lambda: actions.lift_hold(held=found, by=member_of(request)), "lifted")
