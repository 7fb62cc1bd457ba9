"""Where somebody lands after signing in, and what a machine asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scherp.web.accounts.doors import needs, open_to_all
from scherp.web.accounts.permissions import Permission
from scherp.web.accounts.views.own import said_of
from scherp.web.staff_site.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Permission.SIGNED_IN)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the way to whatever this member may do, and what was done to their account meanwhile."""
    member: Any = request.user
    told = [said_of(notice, language_of(request)) for notice in member.notices.filter(read_at=None).order_by("at")]
    return render(request, "staff_site/start.html", {"notices": told})


@open_to_all
@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """Tell a watchdog that the site answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's form
    """Say no more than that."""
    return HttpResponse("400\n", status=400, content_type="text/plain; charset=utf-8")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's form
    """Say that this is not for who asks."""
    return render(request, "staff_site/refused.html", status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's form
    """Say that a form was not sent from a page of now: somebody signed in or out meanwhile, or it is not ours."""
    return render(request, "staff_site/stale.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's form
    """Say that there is nothing here, or nothing for who asks."""
    return render(request, "staff_site/lost.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Say that this was done too often in a short time."""
    return render(request, "staff_site/too_often.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something is broken on our side."""
    return render(request, "staff_site/broken.html", status=500)
