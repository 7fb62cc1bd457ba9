"""Doors: every address of the staff's site names what it takes to enter. An address without a door stays shut.

Before any door: a password of one's own, a second factor that is set up, and a session that passed it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

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


def needs_anew(permission: Permission) -> Callable[[View], View]:
    """Open a view to members who have this permission and showed a moment ago who they are."""

    def door(view: View) -> View:
        return needs(permission)(reauthentication_required(app="scherp")(view))

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
        if (first := _first(request, member)) is not None:
            return first
        if not isinstance(door, Permission) or not member.may(door):
            refuse(request, by=member.actor, door=str(door))
            return render(request, "staff_site/refused.html", status=403)
        return None


def refuse(request: HttpRequest, *, by: Actor, door: str) -> None:
    """Put on record that somebody was refused. The address is named by its name, never with what it holds."""
    record_in(STAFF, Happened.REFUSED, by=by, at_door=door, view=_name(request))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    refuse(request, by=Actor("stranger", ""), door="sign-in")
    return _elsewhere(request, f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def _first(request: HttpRequest, member: Member) -> HttpResponse | None:
    """Send a member where they have to be before anything else opens; None when nothing is left to do."""
    here = _name(request)
    if member.password_lapses_at is not None:
        return None if here in _FOR_PASSWORD else _elsewhere(request, reverse("account_change_password"))
    if passed_second_factor(request):
        return None
    if not has_second_factor(member):
        return None if here in _FOR_SECOND_FACTOR else _elsewhere(request, reverse("mfa_index"))
    refuse(request, by=member.actor, door="second-factor")
    logout(request)
    return _elsewhere(request, reverse("account_login"))


_ALWAYS = frozenset({"account_logout", "account_reauthenticate"})
_FOR_PASSWORD = _ALWAYS | {"account_change_password"}
_FOR_SECOND_FACTOR = _ALWAYS | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


def passed_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session showed a second factor, at sign-in or when it was set up."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(member: Member) -> bool:
    """Tell whether a member has set one up."""
    return bool(is_mfa_enabled(member, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """Send a page on; a script or a form, which cannot go on from there, is refused."""
    if request.headers.get("Accept", "").startswith(_BY_SCRIPT) or request.method != "GET":
        return HttpResponse(status=403)
    return redirect(address)


_BY_SCRIPT = ("text/event-stream", "application/json")


def _door_of_library(request: HttpRequest) -> str | Permission | None:
    """Give the door of a view of the library that signs people in; those it has of its own are few, and named here."""
    return LIBRARY_DOORS.get(_name(request))


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


LIBRARY_DOORS: dict[str, str | Permission] = {
    "account_login": OPEN_TO_ALL,
    "mfa_authenticate": OPEN_TO_ALL,
    "account_logout": OPEN_TO_ALL,  # who is halfway in can go back too
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
    "mfa_reauthenticate_webauthn": Permission.SIGNED_IN,
    "mfa_login_webauthn": OPEN_TO_ALL,
}
