"""The one cookie: the secret of a seat. It is there from the moment that a talk opens until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from scherp.web.sealing.models import Key
from scherp.web.stores import LINE
from scherp.web.stores.quick import Question, together
from scherp.web.talks.found import in_talk
from scherp.web.talks.models import Message, Seat, Talk
from scherp.web.talks.secrets import keyed_hash

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "__Host-plek" if settings.SESSION_COOKIE_SECURE else "plek"


def take_seat(response: HttpResponse, secret: str) -> None:
    """Have the browser hold the secret until it closes; no script reads it, and no other site can have it sent."""
    response.set_cookie(COOKIE, secret, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict")


def give_up_seat(response: HttpResponse) -> None:
    """Have the browser drop the secret."""
    response.set_cookie(COOKIE, "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict")


def seat_of(request: HttpRequest) -> Seat | None:
    """Give the seat of who asks; None when there is none, or it was left, lapsed, or taken by who had the code."""
    secret = request.COOKIES.get(COOKIE, "")
    return seat_with(keyed_hash("seat", secret)) if secret else None


def seat_with(hash_: str) -> Seat | None:
    """Give the seat with a hash, if it still holds."""
    return _holds(_SEAT(hash_))


def seat_and_said(hash_: str, *, after: int) -> tuple[Seat | None, list[Message]]:
    """Give the seat with a hash, if it still holds, and what it may see after a number: asked at once."""
    seats, said = together(LINE, _SEAT.of(hash_), _SAID.of(hash_, after))
    seat = _holds(seats)
    return seat, in_talk(seat.talk, said) if seat else []


def _holds(found: list[tuple[Any, ...]]) -> Seat | None:
    for seat, talk, key in found:
        if seat.holds(timezone.now()):
            seat.talk, talk.key = talk, key
            return seat  # type: ignore[no-any-return]
    return None


_SEAT = Question(
    LINE,
    "SELECT {seat}, {talk}, {key} FROM talks_seat seat JOIN talks_talk talk ON talk.id = seat.talk_id "
    "LEFT JOIN sealing_key key ON key.id = talk.key_id WHERE seat.hash = %s",
    seat=Seat,
    talk=Talk,
    key=Key,
)

_SAID = Question(
    LINE,
    "SELECT {message} FROM talks_message message JOIN talks_seat seat ON seat.talk_id = message.talk_id "
    "WHERE seat.hash = %s AND message.number > %s AND message.number >= seat.shows_from ORDER BY message.number",
    message=Message,
)


def token_of(secret: str) -> str:
    """Give what a form of a seat carries, so that no other site can send it (OWASP: HMAC-based token)."""
    return keyed_hash("form", secret)


def form_token(request: HttpRequest) -> str:
    """Give the token of the seat of who asks."""
    return token_of(request.COOKIES.get(COOKIE, ""))


def is_our_form(request: HttpRequest) -> bool:
    """Tell whether a form, or a script of ours, carries the token of this seat."""
    told = request.headers.get("X-Form") or request.POST.get("form", "")
    return constant_time_compare(told, form_token(request))
