"""What every answer carries so that the site is safe to visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_POLICY_OF_CHECK = _POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class SafeToVisit:
    """Nothing but our own files runs or loads, nothing is kept, and nobody is told where the visitor came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add to the answer what is not there yet."""
        response = self._get_response(request)
        found = request.resolver_match
        is_check = found is not None and found.url_name == "check"
        response.headers.setdefault("Content-Security-Policy", _POLICY_OF_CHECK if is_check else _POLICY)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def static_headers(headers: MutableMapping[str, str], path: str, _url: str) -> None:
    """Give static files a policy too; the worker of the check page may run the engine, and fetch only from here.

    They never pass `SafeToVisit`: an answer "not changed" must not bring a policy, for it would replace the worker's.
    """
    headers["Content-Security-Policy"] = _POLICY_OF_CHECK if path.endswith("/check/worker.js") else _POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
