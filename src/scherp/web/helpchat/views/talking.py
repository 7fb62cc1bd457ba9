"""The talk: reading, saying, and hearing what is new."""

from __future__ import annotations

import uuid
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scherp.web.helpchat import limits, news, open_hours
from scherp.web.helpchat.doors import seated
from scherp.web.helpchat.seats import form_token
from scherp.web.helpchat.views.deciding import decide
from scherp.web.talks import actions, sent
from scherp.web.talks.line import line
from scherp.web.talks.models import WORDS_LENGTH
from scherp.web.talks.opening import Tick
from scherp.web.talks.stream import answer
from scherp.web.talks.telling import as_told

if TYPE_CHECKING:
    from django.http import HttpRequest

    from scherp.texts import Language
    from scherp.web.talks.models import Seat

LOOK_EVERY = 10
"""Seconds between two looks of the page that only shows."""


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def talk(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:
    """Show the talk; take what is said, or decided, from who has no JavaScript, and keep what they were typing."""
    if request.method != "POST":
        return _shown(request, seat, language)
    draft, what = request.POST.get("words", ""), request.POST.get("what", "say")
    if what != "say":
        decide(seat, what)
        seat.talk.refresh_from_db()
        return _shown(request, seat, language, draft=draft)
    problem = _said(seat, draft, sent.key_of(request))
    if problem:
        return _shown(request, seat, language, draft=draft, problem=problem)
    response = redirect(f"{reverse('talk', kwargs={'language': language.value})}#typ")
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@require_safe
@seated
def reading(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:
    """Show the talk only, anew every ten seconds: for who has no JavaScript and chose to wait here."""
    response = render(request, "helpchat/reading.html", _told(request, seat, language))
    if seat.talk.goes_on:
        response.headers["Refresh"] = str(LOOK_EVERY)
    return response


@require_safe
@seated
def heard(request: HttpRequest, seat: Seat, language: Language) -> Any:  # noqa: ANN401  a stream, or an answer
    """Give what is new since a place: as a stream, or at once to a page that asks now and again."""
    return answer(request, lambda: [seat.talk.topic], partial(news.news_for, seat.hash, language))


@require_POST
@seated
def said(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:  # noqa: ARG001  the address has it
    """Take one message from the page's script. Sent again with the same key, it is still said once."""
    if request.content_type != "application/json":
        return sent.wrong_type()
    try:
        key, words = sent.read(request)
        message = actions.say(talk=seat.talk, words=words, key=key, most_a_minute=limits.MESSAGES_A_MINUTE)
    except sent.Unreadable:
        return JsonResponse({"refused": "unreadable"}, status=HTTPStatus.BAD_REQUEST)
    except actions.TooFast:
        return JsonResponse({"refused": "too_fast"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    except actions.TalkIsOver:
        return JsonResponse({"refused": "over"}, status=HTTPStatus.CONFLICT)
    except actions.NothingToSay:
        return JsonResponse({"refused": "length"}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"number": message.number})


def _said(seat: Seat, words: str, key: uuid.UUID) -> str:
    """Say it, and give what is wrong; "" when nothing is."""
    words = words.replace("\r\n", "\n")
    try:
        actions.say(talk=seat.talk, words=words, key=key, most_a_minute=limits.MESSAGES_A_MINUTE)
    except actions.TooFast:
        return "too_fast"
    except actions.TalkIsOver:
        return ""  # the page says so by itself
    except actions.NothingToSay:
        return "length" if words.strip() else "empty"
    return ""


def _shown(
    request: HttpRequest,
    seat: Seat,
    language: Language,
    *,
    draft: str = "",
    problem: str = "",
) -> HttpResponse:
    told = _told(request, seat, language) | {"draft": draft, "problem": problem, "key": uuid.uuid4()}
    return render(request, "helpchat/talk.html", told)


def _told(request: HttpRequest, seat: Seat, language: Language) -> dict[str, object]:
    messages, state = news.visible(seat), news.state_of(seat.talk)
    return {
        "messages": [as_told(message, language) for message in messages],
        "state": state,
        "place": news.here(seat, messages, state),
        "danger": Tick.DANGER_NOW in seat.talk.opening.ticks and seat.shows_from == 1,
        "line_open": line().is_open(timezone.now()),
        "opens": open_hours.opens_in_words(language),
        "form": form_token(request),
        "longest": WORDS_LENGTH,
        "keep_days": line().keep_for.days,
        "look_every": LOOK_EVERY,
    }
