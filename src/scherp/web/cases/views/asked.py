"""Who asks, for which case, and in which language; the answer as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.http import Http404
from django.shortcuts import render
from django.utils import translation

from scherp.texts import Language, say, spoken
from scherp.web.accounts.models import Member
from scherp.web.audit.recording import record, record_in
from scherp.web.cases.events import Happened
from scherp.web.cases.models import Case
from scherp.web.cases.reach import of_team, reachable
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from scherp.web.cases.actions import CaseRefuses

PROBLEM = 422


def member_of(request: HttpRequest) -> Member:
    """Give who asks: behind a door there is always somebody."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def language_of(request: HttpRequest) -> Language:
    """Give the language of who asks."""
    return Language(member_of(request).language)


def find(request: HttpRequest, reference: str, *, to_read: bool = False) -> Case:
    """Give a case of this member's team; for any other the answer is that there is none, and it is on record.

    to_read: one that was opened in an emergency will do too.
    """
    by = member_of(request)
    known = reachable(by) if to_read else of_team(by)
    case = known.filter(reference=reference).first()
    return case or not_there(request, Case.objects.filter(reference=reference).first())


def not_there(request: HttpRequest, case: Case | None = None) -> NoReturn:
    """Answer that there is no such thing, for it is not of this case or not for this member; and put it on record."""
    by = member_of(request).actor
    if case is None:
        record_in(STAFF, Happened.REFUSED, by=by)
    else:
        record(Happened.REFUSED, about=case, by=by)
    raise Http404


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Give a page in the language of who asks, with the words of cases as `words`."""
    language = language_of(request)
    with translation.override(language.value):
        told = {"words": spoken("cases", language), **context}
        return render(request, f"cases/{template}", told, status=status)


def told(refused: CaseRefuses, language: Language) -> str:
    """Say why a case refuses."""
    return say(f"cases.refusals.{refused.key}", language, **refused.values)
