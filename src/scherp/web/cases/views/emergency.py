"""Opening a case of another team in an emergency, and looking at that afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record, record_in
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.law import Emergency, Review
from scherp.web.cases.views.asked import PROBLEM, language_of, member_of, not_there, page, told
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@needs(Permission.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Ask which case and why, and open it."""
    form = Emergency(request.POST or None, language=language_of(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            opened = actions.break_glass(reference=said["reference"], reason=said["emergency"], by=member_of(request))
        except actions.CaseRefuses as refused:
            form.add_error(None, told(refused, form.language))
        else:
            return redirect("case", opened.case.reference)
    return page(request, "emergency.html", {"form": form}, status=PROBLEM if form.errors else 200)


@needs(Permission.REVIEW_BREAK_GLASS)
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """List what nobody has looked at yet."""
    rows = list(actions.to_review(member_of(request)))
    record_in(STAFF, Happened.LISTED, by=member_of(request).actor, count=len(rows))
    return page(request, "to_review.html", {"rows": rows})


@needs(Permission.REVIEW_BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, opened: UUID) -> HttpResponse:
    """Show why a case was opened, and say what was found."""
    found = actions.to_review(member_of(request)).filter(pk=opened).first()
    if found is None:
        not_there(request)
    form = Review(request.POST or None, language=language_of(request))
    record(Happened.READ, about=found.case, by=member_of(request).actor, part=naming(found))
    if form.is_valid():
        actions.review(opened=found, **form.cleaned_data, by=member_of(request))
        messages.success(request, say("cases.done.reviewed", form.language))
        return redirect("case-to-review")
    return page(request, "review.html", {"opened": found, "form": form}, status=PROBLEM if form.errors else 200)
