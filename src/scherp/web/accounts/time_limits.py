"""How long somebody stays signed in: half an hour without doing anything, and a working day at most."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import logout

from scherp.web.accounts.sessions import SINCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_SEEN = "seen"
OFTEN_ENOUGH = 120
"""Seconds for which nothing is saved: half an hour is kept to within two minutes, and a message costs less."""


class TimeLimits:
    """Sign out whoever has been here for too long; keep open the session of somebody who does something.

    A session that nothing is done with lapses by itself (SESSION_COOKIE_AGE). What a page asks in the background, live
    news for instance, is nothing that a person does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clock before anything else."""
        if request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(SINCE, 0) > settings.SIGNED_IN_AT_MOST:
                logout(request)
            elif not _in_background(request) and now - request.session.get(_SEEN, 0) > OFTEN_ENOUGH:
                request.session[_SEEN] = now  # saved, and so open for another half hour
        return self._get_response(request)


def _in_background(request: HttpRequest) -> bool:
    """Tell whether a script asks, and not a person (https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header)."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty"
