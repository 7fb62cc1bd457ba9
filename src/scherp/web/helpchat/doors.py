"""Who may send something to the help chat: our own pages only, and in a talk only who sits there."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from scherp.web.helpchat.limits import Refused, refused
from scherp.web.helpchat.seats import COOKIE, give_up_seat, is_our_form, seat_of
from scherp.web.talks.sent import plainly, wrong_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language
    from scherp.web.talks.models import Seat

    View = Callable[[HttpRequest, Language], HttpResponse]
    SeatedView = Callable[[HttpRequest, Seat, Language], HttpResponse]


def _came_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that this comes from a page of ours (W3C Fetch Metadata; Origin, RFC 6454).

    A browser that says neither is older than both; then only the token of a seat remains.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.get_host()


def ours(view: View) -> View:
    """Take what our own pages send and no file. The browser tells our own site, and no other, where it comes from.

    Django's token would be a second cookie, and there before anybody decided to talk; see docs/decisions/0016.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, language: Language) -> HttpResponse:
        if (request.content_type or "").startswith("multipart/"):
            return wrong_type()
        if request.method == "POST" and not _came_from_here(request):
            refused(Refused.FOREIGN_FORM)
            return plainly(HTTPStatus.FORBIDDEN)
        response = view(request, language)
        response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer, a browser says that a form is nobody's
        return response

    return checked


def seated(view: SeatedView) -> View:
    """Give a view the seat of who asks; who has none is told how to begin, or to come back."""

    @wraps(view)
    def checked(request: HttpRequest, language: Language) -> HttpResponse:
        seat = seat_of(request)
        if seat is None or (request.method == "POST" and not is_our_form(request)):
            return _no_seat(request, gone=seat is None)
        return view(request, seat, language)

    return ours(checked)


def _no_seat(request: HttpRequest, *, gone: bool) -> HttpResponse:
    if COOKIE not in request.COOKIES and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        # Who finds the address in the history of a browser that was left learns nothing from it.
        return redirect("talk-start", language=request.path[1:3])
    refused(Refused.NO_SEAT)
    response = render(request, "helpchat/no_seat.html", status=HTTPStatus.FORBIDDEN)
    if gone:
        give_up_seat(response)
    return response
