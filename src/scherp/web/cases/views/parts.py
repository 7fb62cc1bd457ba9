"""One page for whatever is added to a case; withdrawing, and tasks that are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.cases import actions
from scherp.web.cases.forms import parts as forms
from scherp.web.cases.models import (
    Entry,
    EvidenceItem,
    Flag,
    MeldcodeStep,
    Note,
    Part,
    Person,
    Task,
)
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, not_there, page, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from scherp.web.cases.models import Case


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of thing comes into a case: what is asked, what writes it, and where it then stands on the page."""

    form: type[forms.OfCase]
    write: Callable[..., Any]
    stands_at: str


WAYS = {
    "person": Way(forms.NewPerson, actions.add_person, "people"),
    "entry": Way(forms.NewEntry, actions.add_entry, "timeline"),
    "note": Way(forms.NewNote, actions.add_note, "notes"),
    "task": Way(forms.NewTask, actions.add_task, "tasks"),
    "flag": Way(forms.NewFlag, actions.raise_flag, "flags"),
    "plan": Way(forms.NewPlan, actions.write_plan, "plan"),
    "step": Way(forms.TakenStep, actions.take_step, "meldcode"),
    "skipped-step": Way(forms.SkippedStep, actions.skip_step, "meldcode"),
    "evidence": Way(forms.NewEvidence, actions.keep_evidence, "evidence"),
    "transcript": Way(forms.CopiedTalk, actions.copy_talk, "evidence"),
}
"""Every kind that can be added by its own page; its words are `cases.adding.KIND`."""

WITHDRAWABLE: dict[str, type[Part]] = {
    "person": Person,
    "entry": Entry,
    "note": Note,
    "task": Task,
    "flag": Flag,
    "step": MeldcodeStep,
    "evidence": EvidenceItem,
}


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Add something to a case."""
    case = find(request, reference)
    if kind not in WAYS:
        raise Http404
    return adding(request, case, kind, WAYS[kind])


def adding(request: HttpRequest, case: Case, kind: str, way: Way, known: dict[str, Any] | None = None) -> HttpResponse:
    """Ask, and write what was answered. known: what the writing needs beside the answers; the case, if left out."""
    language = language_of(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = way.form(*given, case=case, language=language)
    if request.method == "POST" and form.is_valid() and _written(request, form, way, known or {"case": case}):
        messages.success(request, say("cases.adding.done", language))
        return redirect(f"{reverse('case', args=[case.reference])}#{way.stands_at}")
    context = {"case": case, "form": form, "adding": _words(kind, language), "with_file": form.is_multipart()}
    return page(request, "add.html", context, status=PROBLEM if form.errors else 200)


def _words(kind: str, language: Any) -> dict[str, str]:  # noqa: ANN401  a Language
    return {part: say(f"cases.adding.{kind}.{part}", language) for part in ("title", "lead")}


def _written(request: HttpRequest, form: forms.OfCase, way: Way, known: dict[str, Any]) -> bool:
    try:
        way.write(**known, **form.cleaned_data, by=member_of(request))
    except actions.CaseRefuses as refused:
        form.add_error(None, told(refused, form.language))
        return False
    return True


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_POST
def withdraw(request: HttpRequest, reference: str, kind: str, part: UUID) -> HttpResponse:
    """Withdraw something; it stays to be read."""
    case = find(request, reference)
    found = _part(request, case, kind, part)
    return done(request, case, lambda: actions.withdraw(part=found, by=member_of(request)), "withdrawn")


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_POST
def finish_task(request: HttpRequest, reference: str, part: UUID) -> HttpResponse:
    """Say that a task is done."""
    case = find(request, reference)
    found = _part(request, case, "task", part)
    if not isinstance(found, Task):
        not_there(request, case)
    return done(request, case, lambda: actions.finish_task(task=found, by=member_of(request)), "finished")


def _part(request: HttpRequest, case: Case, kind: str, part: UUID) -> Part:
    model = WITHDRAWABLE.get(kind)
    found = model._default_manager.filter(case=case, pk=part).select_related("case__key").first() if model else None
    if found is None:
        not_there(request, case)
    return found


def done(request: HttpRequest, case: Case, change: Callable[[], object], word: str) -> HttpResponse:
    """Make a change and go back to the case, with what came of it."""
    language = language_of(request)
    try:
        change()
    except actions.CaseRefuses as refused:
        messages.warning(request, told(refused, language))
    else:
        messages.success(request, say(f"cases.done.{word}", language))
    return redirect("case", case.reference)
