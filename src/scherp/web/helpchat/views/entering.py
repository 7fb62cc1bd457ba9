"""Before a talk: can somebody see the screen, the promise, what one wants to tell, and then the talk opens."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from scherp.web.helpchat import address, asking, limits, open_hours, work
from scherp.web.helpchat.doors import ours
from scherp.web.helpchat.limits import Limited, Refused, refused
from scherp.web.helpchat.open_hours import Now
from scherp.web.helpchat.seats import seat_of, take_seat, token_of
from scherp.web.helpchat.views.deciding import with_four_words
from scherp.web.helpchat.views.screen import screen_asked
from scherp.web.talks import actions
from scherp.web.talks.line import line
from scherp.web.talks.models import WORDS_LENGTH

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language


@require_http_methods(["GET", "HEAD", "POST"])
@ours
def start(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask whether somebody can see the screen; if nobody can, give the promise and ask the rest."""
    if asked := screen_asked(request):
        return asked
    if seat_of(request):
        return redirect("talk", language=language.value)
    if address.is_blocked(request):
        refused(Refused.BLOCKED)
        return _not_now(request, language, "blocked", HTTPStatus.FORBIDDEN)
    return _before(request, language)


@require_POST
@ours
def begin(request: HttpRequest, language: Language) -> HttpResponse:
    """Open a talk with what was told, and take the seat."""
    if asked := screen_asked(request):
        return asked
    if seat_of(request):  # pressed twice
        return redirect("talk", language=language.value)
    if address.is_blocked(request):
        refused(Refused.BLOCKED)
        return _not_now(request, language, "blocked", HTTPStatus.FORBIDDEN)
    worked = work.is_done(request.POST.get("work", ""))
    if not limits.allows(request, Limited.OPEN, worked=worked):
        refused(Refused.TOO_MANY)
        return _not_now(request, language, "too_many", HTTPStatus.TOO_MANY_REQUESTS)
    return _opened(request, language)


def _before(request: HttpRequest, language: Language) -> HttpResponse:
    now = open_hours.how_it_is_now()
    told = {
        "now": now.value,
        "opens": open_hours.opens_in_words(language),
        "numbers": [] if now is Now.OPEN else open_hours.numbers(language),
        "ages": asking.ages(language),
        "topics": asking.topics(language),
        "keep_days": line().keep_for.days,
        "longest": WORDS_LENGTH,
        "work": work.challenge(),
    }
    return render(request, "helpchat/before.html", told)


def _opened(request: HttpRequest, language: Language) -> HttpResponse:
    later = open_hours.how_it_is_now() is not Now.OPEN
    opening = asking.opening_told(request.POST)
    came_from = address.address_hash(request)
    talk, secret = actions.open_talk(language=language, opening=opening, from_hash=came_from, later=later)
    if first := request.POST.get("words", "").strip()[:WORDS_LENGTH]:
        actions.say(talk=talk, words=first, key=uuid.uuid4())
    response = with_four_words(request, talk, token_of(secret)) if later else _to_talk(language)
    take_seat(response, secret)
    return response


def _to_talk(language: Language) -> HttpResponse:
    response = redirect("talk", language=language.value)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _not_now(request: HttpRequest, language: Language, why: str, status: HTTPStatus) -> HttpResponse:
    told = {"why": why, "numbers": open_hours.numbers(language)}
    return render(request, "helpchat/not_now.html", told, status=status)
