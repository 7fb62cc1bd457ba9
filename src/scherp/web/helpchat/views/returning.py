"""Coming back with the four words."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from scherp.web.helpchat import limits, work
from scherp.web.helpchat.doors import ours
from scherp.web.helpchat.limits import Limited, Refused, refused
from scherp.web.helpchat.seats import take_seat
from scherp.web.helpchat.views.screen import screen_asked
from scherp.web.talks import actions
from scherp.web.talks.secrets import code_as_typed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language


@require_http_methods(["GET", "HEAD", "POST"])
@ours
def back(request: HttpRequest, language: Language) -> HttpResponse:  # noqa: ARG001  the words follow it
    """Ask whether somebody can see the screen, and then for the four words."""
    return screen_asked(request) or _ask(request)


@require_POST
@ours
def with_code(request: HttpRequest, language: Language) -> HttpResponse:
    """Take a new seat at the talk of the four words."""
    if asked := screen_asked(request):
        return asked
    worked = work.is_done(request.POST.get("work", ""))
    if not limits.allows(request, Limited.CODE, worked=worked):
        refused(Refused.TOO_MANY)
        return _ask(request, "too_many", HTTPStatus.TOO_MANY_REQUESTS)
    code = code_as_typed(request.POST.get("code", ""))
    if code is None:
        return _ask(request, "unknown", HTTPStatus.UNPROCESSABLE_ENTITY)
    return _seated(request, language, code, worked=worked)


def _seated(request: HttpRequest, language: Language, code: str, *, worked: bool) -> HttpResponse:
    if limits.many_wrong_codes() and not worked:
        refused(Refused.TOO_MANY)
        return _ask(request, "too_many", HTTPStatus.TOO_MANY_REQUESTS)
    found = actions.come_back(code=code)
    if found is None:
        refused(Refused.WRONG_CODE)
        return _ask(request, "unknown", HTTPStatus.UNPROCESSABLE_ENTITY)
    response = redirect("talk", language=language.value)
    response.status_code = HTTPStatus.SEE_OTHER
    take_seat(response, found[1])
    return response


def _ask(request: HttpRequest, problem: str = "", status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    told = {"problem": problem, "work": work.challenge()}
    return render(request, "helpchat/back.html", told, status=status)
