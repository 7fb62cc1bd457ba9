"""The front page, the way out, and what a machine asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from scherp.texts import Language, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def which_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the language that the browser asks for first; Dutch when it does not say."""
    asked = request.headers.get("Accept-Language", "").strip()
    response = redirect("front", language=language_of(asked).value)
    response.headers["Vary"] = "Accept-Language"
    return response


@require_safe
def front(request: HttpRequest, language: Language) -> HttpResponse:  # noqa: ARG001  the words follow it
    """Ask who somebody is, and show the way."""
    return render(request, "public_site/front.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Send a visitor away at once, and have the browser forget this site (W3C Clear Site Data)."""
    response = HttpResponseRedirect(settings.LEAVE_TO)
    if settings.HAS_LINE:
        from scherp.web.helpchat.leaving import leave_seat  # noqa: PLC0415  a site without a line has no talks

        leave_seat(request, response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """Tell a watchdog that the site answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Let search engines find the advice, and not the way out."""
    return HttpResponse("User-agent: *\nDisallow: /weg/\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Say where to report a fault (RFC 9116); it holds for half a year from the day it is asked for."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = timezone.now().replace(microsecond=0) + timedelta(days=182)
    said = f"Contact: {settings.SECURITY_CONTACT}\nExpires: {until.isoformat()}\nPreferred-Languages: nl, en\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's form
    """Say no more than that: who asks by another name than ours is no reader."""
    return HttpResponse("400\n", status=400, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's form
    """Say that there is nothing here, and the way back."""
    return render(request, "public_site/lost.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something is broken on our side, and who to call meanwhile."""
    return render(request, "public_site/broken.html", status=500)
