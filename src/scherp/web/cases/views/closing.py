"""The closing form, after a talk of one's own or about a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record
from scherp.web.cases import actions
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.closing import Closing
from scherp.web.cases.forms.closing_questions import form as version
from scherp.web.cases.models import ClosingForm
from scherp.web.cases.views.asked import PROBLEM, find, language_of, member_of, page

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse


@needs(Permission.TAKE_TALKS)
@require_http_methods(["GET", "HEAD", "POST"])
def after_talk(request: HttpRequest, talk: uuid.UUID) -> HttpResponse:
    """Ask after a talk of one's own. Another's talk is not there, and asking for it is on record."""
    try:
        actions.own_talk(talk, member_of(request))
    except actions.NotTheirTalk:
        raise Http404 from None
    earlier = ClosingForm.objects.filter(talk=talk, replaced_at=None).first()
    return _asking(request, earlier, {"talk": talk})


@needs(Permission.WRITE_CASES_OF_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask about a case that came from no talk, or about more than one."""
    case = find(request, reference)
    earlier = ClosingForm.objects.filter(case=case, replaced_at=None).first()
    talk = earlier.talk if earlier else None
    return _asking(request, earlier, {"case": case, "talk": talk})


def _asking(request: HttpRequest, earlier: ClosingForm | None, about: dict[str, Any]) -> HttpResponse:
    language, case = language_of(request), about.get("case")
    form = Closing(request.POST if request.method == "POST" else None, language=language)
    if form.is_valid():
        actions.fill_in(answers=form.cleaned_data["answers"], by=member_of(request), **about)
        messages.success(request, say("cases.closing.done", language))
        return redirect("case", case.reference) if case else redirect("desk-after", about["talk"])
    filled = version(earlier.version).in_words(earlier.answers, language) if earlier else []
    if earlier:
        record(Happened.FORM_READ, about=case or earlier, by=member_of(request).actor)
    context = {"form": form, "case": case, "filled": filled}
    return page(request, "closing.html", context, status=PROBLEM if form.errors else 200)
