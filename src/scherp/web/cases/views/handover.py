"""A handover: drafted, approved elsewhere, packed, taken out once, answered, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.handover import Answered, NewHandover, StillToTell
from scherp.web.cases.forms.parts import OfCase
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.law.reading import handover_grounds
from scherp.web.cases.models import (
    Entry,
    EvidenceItem,
    Handover,
    HandoverState,
    Informed,
    Package,
    Part,
    Person,
    Suspect,
    WithoutParents,
)
from scherp.web.cases.models.handover import CONSENT
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, not_there, page, told
from scherp.web.cases.views.shown import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from scherp.texts import Language
    from scherp.web.cases.models import Case

F = TypeVar("F", bound=OfCase)


def handovers_of(case: Case, language: Language) -> dict[str, Any]:
    """Give the handovers of a case, in words."""
    return {"handovers": [in_words(one, language) for one in parts(Handover, case)]}


def in_words(row: Handover, language: Language) -> dict[str, Any]:
    """Give a handover with its words, and what goes along."""
    ground = handover_grounds().get(row.ground)
    consent = say("cases.handover.consent", language)
    return {
        "row": row,
        "to": say(f"handover.recipient.{row.to_kind}", language),
        "state": word(HandoverState(row.state), language),
        "over": row.expires < timezone.now(),
        "ground": ground,
        "ground_words": ground.words[language] if ground else consent,
        "informed": word(Informed(row.informed), language) if row.informed else say("cases.all.unknown", language),
        "capacity": say(f"cases.capacity.{row.capacity}", language) if row.capacity else "",
        "without_parents": word(WithoutParents(row.without_parents), language) if row.without_parents else "",
        "by_consent": row.ground == CONSENT,
        "people": [one.pseudonym for one in _along(Person, row, row.people)],
        "suspects": [one.pseudonym for one in _along(Suspect, row, row.suspects)],
        "entries": [one.what for one in _along(Entry, row, row.entries)],
        "items": [one.name for one in _along(EvidenceItem, row, row.items)],
    }


def _along(model: type[Part], row: Handover, ids: list[str]) -> list[Any]:
    return list(model._default_manager.filter(case=row.case, pk__in=ids).select_related("case__key"))


@needs(Permission.HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Draft a handover, and ask a second person to approve it."""
    case, by = find(request, reference), member_of(request)
    suspects = by.may(Permission.READ_SUSPECTS)
    form = NewHandover(request.POST or None, case=case, language=language_of(request), with_suspects=suspects)
    if form.is_valid():
        try:
            made = actions.draft_handover(case=case, draft=form.cleaned_data["draft"], by=by)
        except actions.CaseRefuses as refused:
            form.add_error(None, told(refused, form.language))
        else:
            messages.success(request, say("cases.done.proposed", form.language))
            return redirect("case-handover", case.reference, made.pk)
    record(Happened.READ, about=case, by=by.actor)
    context = {"case": case, "form": form, "adding": _words(form.language)}
    return page(request, "add.html", context, status=PROBLEM if form.errors else 200)


def _words(language: Language) -> dict[str, str]:
    return {part: say(f"cases.adding.handover.{part}", language) for part in ("title", "lead")}


@needs(Permission.HAND_OVER)
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, reference: str, handover: UUID) -> HttpResponse:
    """Show a handover, with what can be done with it now."""
    case = find(request, reference)
    found = _found(request, case, handover)
    record(Happened.READ, about=case, by=member_of(request).actor, part=naming(found))
    return _page(request, found)


@needs(Permission.HAND_OVER)
@require_POST
def informed(request: HttpRequest, reference: str, handover: UUID) -> HttpResponse:
    """Keep whether the young person knows of it by now."""
    found, by = _found(request, find(request, reference), handover), member_of(request)

    def change(form: StillToTell) -> None:
        noted = form.cleaned_data
        actions.keep_informed(handover=found, informed=noted["informed"], how=noted["informed_how"], by=by)

    return _done(request, found, StillToTell, change)


@needs(Permission.HAND_OVER)
@require_POST
def offer(request: HttpRequest, reference: str, handover: UUID) -> HttpResponse:
    """Make the package."""
    found = _found(request, find(request, reference), handover)
    return _done(request, found, Answered, lambda _form: actions.offer(handover=found, by=member_of(request)))


@needs(Permission.HAND_OVER)
@require_POST
def take(request: HttpRequest, reference: str, handover: UUID) -> HttpResponse:
    """Give the package: once, and for a short while again to who took it."""
    found = _found(request, find(request, reference), handover)
    try:
        data = actions.take_package(handover=found, by=member_of(request))
    except actions.CaseRefuses as refused:
        messages.warning(request, told(refused, language_of(request)))
        return redirect("case-handover", reference, found.pk)
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.case.reference}-{str(found.pk)[:8]}.zip"'
    return answer


@needs(Permission.HAND_OVER)
@require_POST
def answered(request: HttpRequest, reference: str, handover: UUID) -> HttpResponse:
    """Keep what came back: accepted, declined with a reason; or take the handover back, with a reason."""
    found, by = _found(request, find(request, reference), handover), member_of(request)
    verdict = request.POST.get("verdict")

    def change(form: Answered) -> None:
        words = form.cleaned_data["handover_answer"]
        if verdict == "withdraw":
            actions.withdraw_handover(handover=found, answer=words, by=by)
        else:
            actions.answer_handover(handover=found, accepted=verdict == "accept", answer=words, by=by)

    return _done(request, found, Answered, change)


def _done(request: HttpRequest, found: Handover, asked: type[F], change: Callable[[F], object]) -> HttpResponse:
    form = asked(request.POST, case=found.case, language=language_of(request))
    if form.is_valid():
        try:
            change(form)
        except actions.CaseRefuses as refused:
            form.add_error(None, told(refused, form.language))
        else:
            messages.success(request, say("cases.done.handover", form.language))
            return redirect("case-handover", found.case.reference, found.pk)
    return _page(request, found, form, PROBLEM)


def _page(request: HttpRequest, found: Handover, filled_in: OfCase | None = None, status: int = 200) -> HttpResponse:
    """The page of a handover, with its forms; the one that was filled in as it was."""
    asked: dict[str, Any] = {"case": found.case, "language": language_of(request)}
    form = filled_in if isinstance(filled_in, Answered) else Answered(**asked)
    package = Package.objects.filter(handover=found).select_related("taken_by", "handover__case__key").first()
    given = in_words(found, form.language)
    open_ = found.state in {HandoverState.DRAFT, HandoverState.APPROVED, HandoverState.OFFERED, HandoverState.ACCEPTED}
    context = {"case": found.case, "given": given, "package": package, "form": form, "open": open_}
    if open_ and found.state != HandoverState.DRAFT and found.informed != Informed.TOLD:
        context["telling"] = filled_in if isinstance(filled_in, StillToTell) else StillToTell(**asked)
    context["again"] = package is not None and package.may_be_had_again(member_of(request))
    return page(request, "handover.html", context, status=status)


def _found(request: HttpRequest, case: Case, handover: UUID) -> Handover:
    known = Handover.objects.filter(case=case, pk=handover).select_related("case__key", "made_by", "approver")
    return known.first() or not_there(request, case)
