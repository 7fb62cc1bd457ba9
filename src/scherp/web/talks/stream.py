"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), from news and a place in it."""

from __future__ import annotations

import json
import math
import random
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

from scherp.web.talks.live import EVERYTHING, WAITING
from scherp.web.turns import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from scherp.web.talks.live import Bell

    Asked = Callable[[str, frozenset[str]], "News"]

_SIGN_OF_LIFE = 15  # seconds between two, so that both ends see a line that is dead
_AGAIN = (1_000, 4_000)  # milliseconds after which a browser comes back: not all at once after a restart


class Told(NamedTuple):
    """One thing told. place: where to go on from after it, so that a line that breaks here loses nothing."""

    place: str
    name: str
    data: object


class News(NamedTuple):
    """What is new since a place. over: nothing comes after. again: seconds after which to ask again, news or none."""

    told: list[Told]
    over: bool = False
    again: float | None = None


_free = threading.BoundedSemaphore(settings.STREAMS)


def answer(request: HttpRequest, topics: Callable[[], Sequence[str]], news: Asked) -> HttpResponseBase:
    """Answer with what is new since the place that a page names: as a stream, or at once to a page that asks.

    topics: asked for a stream only. The place is in `Last-Event-ID` when a browser comes back by itself, else in `na`.
    """
    place = request.headers.get("Last-Event-ID") or request.GET.get("na", "")
    if "text/event-stream" in request.headers.get("Accept", ""):
        return stream(topics(), news, place)
    found = news(place, EVERYTHING)
    return JsonResponse({"told": [told._asdict() for told in found.told], "over": found.over})


def stream(topics: Sequence[str], news: Asked, place: str) -> HttpResponse | StreamingHttpResponse:
    """Answer with all that is new after `place` and then with each piece of news, until it is over.

    news: gives what is new since a place, told of which topics there is news (`EVERYTHING` when nobody knows).

    When every stream of this process is taken the answer is 503; the page then asks now and again by itself.
    """
    if not _free.acquire(blocking=False):
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    response = StreamingHttpResponse(_Held(_told(topics, news, place)), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


class _Held:
    """An iterator that gives its place back when the server lets go of it, also when it never began."""

    def __init__(self, told: Generator[bytes]) -> None:
        self._told = told
        self._held = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._told)

    def close(self) -> None:
        if self._held:
            self._held = False
            _free.release()
            self._told.close()


def _told(topics: Sequence[str], news: Asked, place: str) -> Generator[bytes]:
    with WAITING.bell(topics) as bell:
        yield f"retry: {random.randint(*_AGAIN)}\n\n".encode()  # noqa: S311  no secret
        while True:
            found = _fetched(news, place, bell.rang())
            for told in found.told:
                yield _event(told)
                place = told.place
            if found.over:
                return
            yield from _waited(bell, math.inf if found.again is None else found.again)


def _waited(bell: Bell, most: float) -> Iterator[bytes]:
    """Give a sign of life now and again until the bell rings, or so many seconds have gone by."""
    until = time.monotonic() + most
    while not bell.wait(min(_SIGN_OF_LIFE, max(0.0, until - time.monotonic()))) and time.monotonic() < until:
        yield b": here\n\n"


def _fetched(news: Asked, place: str, rang: frozenset[str]) -> News:
    with turn():
        return news(place, rang)


def _event(told: Told) -> bytes:
    return f"id: {told.place}\nevent: {told.name}\ndata: {json.dumps(told.data)}\n\n".encode()
