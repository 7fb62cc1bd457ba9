"""The list of cases, a new case, and the page of one."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record, record_in
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.export import export
from scherp.web.cases.forms.parts import OpenCase
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.models import Person, State, Task
from scherp.web.cases.reach import in_emergency, of_team, reachable
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, page, told
from scherp.web.cases.views.deciding import ahead, approval_of
from scherp.web.cases.views.handover import handovers_of
from scherp.web.cases.views.requests import requests_of
from scherp.web.cases.views.shown import contents, standing_flags
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case

_AT_ONCE = 100


@needs(Permission.READ_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """List the cases of the team, those that changed last first; or look for a reference or a pseudonym.

    What is looked for is sent, and never stands in the address.
    """
    wanted = request.POST.get("wanted", "").strip()[:40]
    with_closed = bool(wanted) or "closed" in request.GET
    by = member_of(request)
    found = list(_found(reachable(by), wanted, with_closed=with_closed)[:_AT_ONCE])
    record_in(STAFF, Happened.LISTED, by=by.actor, count=len(found), looked_for=bool(wanted))
    language = language_of(request)
    flags = standing_flags(found, timezone.localdate(), language)
    rows = [(case, word(State(case.state), language), flags.get(case.pk, [])) for case in found]
    told = {"rows": rows, "wanted": wanted, "with_closed": with_closed, "may_open": by.may(Permission.OPEN_CASE)}
    told["to_do"] = [] if wanted else _to_do(by)
    told["may_break_glass"] = by.may(Permission.BREAK_GLASS)
    return page(request, "overview.html", told)


def _to_do(by: Member) -> list[tuple[Task, bool]]:
    """What a member still has to do in the cases of their team, the first due first; and whether it is late."""
    open_ = Task.objects.filter(whom=by, done_at=None, withdrawn_at=None, case__in=of_team(by))
    tasks = open_.exclude(case__state__in=(State.CLOSED, State.ERASED)).select_related("case__key").order_by("until")
    return [(task, task.until < timezone.localdate()) for task in tasks]


def _found(cases: QuerySet[Case], wanted: str, *, with_closed: bool) -> QuerySet[Case]:
    if not wanted:
        return cases if with_closed else cases.exclude(state__in=(State.CLOSED, State.ERASED))
    named = Person.objects.filter(pseudonym__iexact=wanted, withdrawn_at=None).values("case")
    return cases.filter(Q(reference__iexact=wanted) | Q(reference__iendswith=f"-{wanted}") | Q(pk__in=named))


@needs(Permission.OPEN_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a case by hand, or from a talk of one's own."""
    language, by = language_of(request), member_of(request)
    form = OpenCase(request.POST or None, language=language)
    talk = _uuid(request.POST.get("talk") or request.GET.get("talk", ""))
    if form.is_valid():
        try:
            case = actions.open_case(about=form.cleaned_data["about"], talk=talk, by=by)
        except actions.NotTheirTalk:
            raise Http404 from None
        except actions.CaseRefuses as refused:
            form.add_error(None, told(refused, language))
        else:
            messages.success(request, say("cases.new.done", language, reference=case.reference))
            return redirect("case", case.reference)
    return page(request, "new.html", {"form": form, "talk": talk}, status=PROBLEM if form.errors else 200)


def _uuid(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said) if said else None
    except ValueError:
        raise Http404 from None


@needs(Permission.READ_CASES_OF_TEAM)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case; that is on record."""
    case = find(request, reference, to_read=True)
    by = member_of(request)
    emergency = in_emergency(case, by)
    record(Happened.READ, about=case, by=by.actor, in_emergency=emergency)
    may = {
        "write": case.goes_on and not emergency and by.may(Permission.WRITE_CASES_OF_TEAM),
        "ask": not emergency and by.may(Permission.WRITE_CASES_OF_TEAM),
        "hand_over": not emergency and by.may(Permission.HAND_OVER),
        "hold": not emergency and by.may(Permission.HOLD),
        "identities": by.may(Permission.READ_IDENTITIES),
        "suspects": by.may(Permission.READ_SUSPECTS),
    }
    language = language_of(request)
    shown = contents(case, language)
    shown |= {"case": case, "may": may, "emergency": emergency, "approval": approval_of(shown["plan"])}
    shown |= handovers_of(case, language)
    shown |= requests_of(case, language) | ({} if emergency else ahead(case, by, language))
    return page(request, "case.html", shown)


@needs(Permission.READ_CASES_OF_TEAM)
@require_POST
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a case as JSON, to save as a file; that is on record."""
    case = find(request, reference)
    found = export(case=case, by=member_of(request), at=timezone.now())
    answer = HttpResponse(json.dumps(found, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{case.reference}.json"'
    return answer
