"""A message as a page's script sends it, whoever's page it is: read, or refused before anything is done with it."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


class Unreadable(Exception):
    """What was sent is no message; nothing of it is repeated here."""


class Sent(NamedTuple):
    """What somebody wants to say. key: the sender's own, the same when it is sent again."""

    key: uuid.UUID
    words: str


def read(request: HttpRequest) -> Sent:
    """Give what was sent as `{"key": UUID, "words": TEXT}`. Raises Unreadable."""
    try:
        told = json.loads(request.body)
        return Sent(uuid.UUID(_text(told["key"])), _whole(_text(told["words"])))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable from None


def key_of(request: HttpRequest) -> uuid.UUID:
    """Give the key that a plain form carries; a new one for a form that carries none that can be read."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def wrong_type() -> HttpResponse:
    """Give the answer to what is not sent in the form that an address takes."""
    return plainly(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def plainly(status: HTTPStatus) -> HttpResponse:
    """Give an answer that says its number and nothing more."""
    return HttpResponse(f"{status.value}\n", status=status, content_type="text/plain; charset=utf-8")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _whole(words: str) -> str:
    """Replace half a character, such as a script leaves when it cuts an emoji in two: nothing could store it."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
