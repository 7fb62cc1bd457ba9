"""What every answer of the staff's site carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from scherp.web.staff_site.words import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class Forgets:
    """The address of who asks, and what browser it is, are forgotten before anything can keep them."""

    _FORGOTTEN = ("REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP",
                  "HTTP_FORWARDED", "HTTP_USER_AGENT")  # fmt: skip

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget them."""
        for name in self._FORGOTTEN:
            request.META.pop(name, None)
        return self._get_response(request)


class InLanguage:
    """Django's own words, those of the library and dates come in the language of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak it for this answer."""
        with translation.override(language_of(request).value):
            return self._get_response(request)


class SafeToUse:
    """Nothing but our own files runs or loads, and no page is kept by a browser or a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add to the answer what is not there yet."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


def static_headers(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """Give static files the policy too."""
    headers["Content-Security-Policy"] = _POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
