"""What a young person decides in a talk by pressing a button, and how they take it with them or wipe it."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from scherp.web.helpchat.doors import seated
from scherp.web.helpchat.open_hours import Now, how_it_is_now
from scherp.web.helpchat.seats import form_token, give_up_seat
from scherp.web.talks import actions, sent
from scherp.web.talks.line import line
from scherp.web.talks.models import Talk, Transfer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from scherp.texts import Language
    from scherp.web.talks.models import Seat


@require_POST
@seated
def decided(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:  # noqa: ARG001  the address has it
    """Take one decision from the page's script; what came of it is told as news."""
    if request.content_type != "application/x-www-form-urlencoded":
        return sent.wrong_type()
    what = request.POST.get("what", "")
    if what not in _DECISIONS:
        return JsonResponse({"refused": "unreadable"}, status=HTTPStatus.BAD_REQUEST)
    decide(seat, what)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@seated
def code(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:  # noqa: ARG001  the words follow it
    """Make the four words and show them, once."""
    return with_four_words(request, seat.talk, form_token(request), draft=request.POST.get("words", ""))


def with_four_words(request: HttpRequest, talk: Talk, form: str, draft: str = "") -> HttpResponse:
    """Make the four words of a talk and give the page that shows them."""
    words = actions.give_code(talk=talk)
    until = timezone.localtime(timezone.now() + line().return_for)
    told = {"code": words, "until": f"{until.day}-{until.month}-{until.year}", "form": form, "draft": draft}
    return render(request, "helpchat/code.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def erase(request: HttpRequest, seat: Seat, language: Language) -> HttpResponse:  # noqa: ARG001  the words follow it
    """Say what goes and what stays; then wipe what was said, and drop the seat."""
    if request.method != "POST":
        return render(request, "helpchat/erase.html", {"form": form_token(request), "open": seat.talk.goes_on})
    actions.erase(talk=seat.talk, by=actions.young(seat.talk))
    response = render(request, "helpchat/erased.html")
    give_up_seat(response)
    return response


def decide(seat: Seat, what: str) -> None:
    """Do what a button says, when it can be done as the talk is now; "look" and what is unknown do nothing."""
    with suppress(actions.TalkRefuses):
        if what in _DECISIONS:
            _DECISIONS[what](seat.talk)


def _answer_transfer(talk: Talk, *, agrees: bool) -> None:
    asked = Transfer.objects.filter(talk=talk, over_at=None, young_agrees=None).first()
    if asked:
        actions.answer_transfer(transfer=asked, agrees=agrees)


def _wait_now(talk: Talk) -> None:
    if how_it_is_now() is Now.OPEN:
        actions.wait_now(talk=talk)


_DECISIONS: dict[str, Callable[[Talk], None]] = {
    "transfer-yes": lambda talk: _answer_transfer(talk, agrees=True),
    "transfer-no": lambda talk: _answer_transfer(talk, agrees=False),
    "share-yes": lambda talk: actions.consent_to_share(talk=talk),
    "share-no": lambda talk: actions.refuse_to_share(talk=talk),
    "now": _wait_now,
    "end": lambda talk: actions.end(talk=talk),
}
