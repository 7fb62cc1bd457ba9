"""Leave now, from within a talk: the seat ends, so that nobody who finds the browser sees anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.web.helpchat.seats import COOKIE, give_up_seat, seat_of
from scherp.web.talks import actions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def leave_seat(request: HttpRequest, response: HttpResponse) -> None:
    """End the seat of who leaves, and have the browser drop its secret; nothing, for who has none."""
    if COOKIE not in request.COOKIES:
        return
    if seat := seat_of(request):
        actions.leave(seat=seat)
    give_up_seat(response)
