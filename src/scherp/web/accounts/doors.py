"""Doors: every address of the staff's site names what it takes to enter. An address without a door stays shut."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from scherp.web.accounts.events import Happened
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import Actor, record_in
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from scherp.web.accounts.models import Member

View = Any
OPEN_TO_ALL = "open-to-all"


def needs(permission: Permission) -> Callable[[View], View]:
    """Open a view to members who have this permission, and to nobody else."""

    def door(view: View) -> View:
        @wraps(view)
        def behind_the_door(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  a view
            return view(*args, **kwargs)

        behind_the_door.door = permission  # type: ignore[attr-defined]
        return behind_the_door

    return door


def open_to_all(view: View) -> View:
    """Open a view to whoever comes: signing in, and what a watchdog asks."""
    view.door = OPEN_TO_ALL
    return view


class Doors:
    """Refuse whoever may not enter, before any view runs, and put the refusal on record."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the rest answer; `process_view` stands in front of each view."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: object, _kwargs: object) -> HttpResponse | None:
        """Say who may pass. None lets somebody pass."""
        door = getattr(view, "door", None) or _door_of_library(request)
        if door == OPEN_TO_ALL:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        member: Member = request.user
        if not isinstance(door, Permission) or not member.may(door):
            refuse(request, by=member.actor, door=str(door))
            return render(request, "staff_site/refused.html", status=403)
        return None


def refuse(request: HttpRequest, *, by: Actor, door: str) -> None:
    """Put on record that somebody was refused. The address is named by its name, never with what it holds."""
    found = request.resolver_match
    record_in(STAFF, Happened.REFUSED, by=by, at_door=door, view=found.view_name if found else "")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    refuse(request, by=Actor("stranger", ""), door="sign-in")
    if request.headers.get("Accept", "").startswith("text/event-stream") or request.method != "GET":
        return HttpResponse(status=403)
    return redirect(f"{reverse('account_login')}?next={request.path}")


def _door_of_library(request: HttpRequest) -> str | Permission | None:
    """Give the door of a view of the library that signs people in; those it has of its own are few, and named here."""
    found = request.resolver_match
    return LIBRARY_DOORS.get(found.view_name) if found else None


LIBRARY_DOORS: dict[str, str | Permission] = {
    "account_login": OPEN_TO_ALL,
    "mfa_authenticate": OPEN_TO_ALL,
    "account_logout": Permission.SIGNED_IN,
    "account_reauthenticate": Permission.SIGNED_IN,
    "mfa_reauthenticate": Permission.SIGNED_IN,
    "account_change_password": Permission.SIGNED_IN,
    "mfa_index": Permission.SIGNED_IN,
    "mfa_activate_totp": Permission.SIGNED_IN,
    "mfa_deactivate_totp": Permission.SIGNED_IN,
    "mfa_view_recovery_codes": Permission.SIGNED_IN,
    "mfa_generate_recovery_codes": Permission.SIGNED_IN,
    "mfa_download_recovery_codes": Permission.SIGNED_IN,
    "mfa_list_webauthn": Permission.SIGNED_IN,
    "mfa_add_webauthn": Permission.SIGNED_IN,
    "mfa_edit_webauthn": Permission.SIGNED_IN,
    "mfa_remove_webauthn": Permission.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Permission.SIGNED_IN,
    "mfa_login_webauthn": OPEN_TO_ALL,
}
