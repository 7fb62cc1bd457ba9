"""A member's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from scherp.texts import Language, say
from scherp.web.accounts import actions
from scherp.web.accounts.adapters import SecondFactors, language
from scherp.web.accounts.doors import needs, needs_anew
from scherp.web.accounts.forms import OwnSettings
from scherp.web.accounts.permissions import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from scherp.web.accounts.models import Member, Notice


def me(request: HttpRequest) -> Member:
    """Give who is signed in: behind a door there is somebody."""
    member: Any = request.user
    return member  # type: ignore[no-any-return]


@needs(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Show how the site is for this member, and change it."""
    member = me(request)
    before = {name: getattr(member, name) for name in actions.SETTINGS}
    form = OwnSettings(request.POST or None, initial=before, language=language())
    if form.is_valid():
        actions.change_settings(by=member, settings=form.cleaned_data)
        messages.success(request, say("staff.done.settings_changed", Language(member.language)))
        return redirect("own")
    sessions = member.sessions.filter(expire_date__gt=timezone.now()).order_by("-since")
    shown = {"form": form, "sessions": sessions, "this": request.session.session_key}
    return render(request, "accounts/own.html", shown)


@needs(Permission.SIGNED_IN)
@require_POST
def take_break(request: HttpRequest) -> HttpResponse:
    """Begin or end a break."""
    actions.take_break(by=me(request), on=request.POST.get("on") == "yes")
    return redirect("own")


@needs(Permission.SIGNED_IN)
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Put away what was told."""
    actions.read_notices(by=me(request))
    return redirect("start")


@needs_anew(Permission.SIGNED_IN)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign this member out in one other browser."""
    actions.end_session(by=me(request), mark=request.POST.get("session", ""))
    messages.success(request, say("staff.done.session_ended", Language(me(request).language)))
    return redirect("own")


@needs_anew(Permission.SIGNED_IN)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this member, this one too."""
    actions.end_sessions(member=me(request), by=me(request), keep=request.session.session_key)
    logout(request)
    return redirect("account_login")


@needs(Permission.SIGNED_IN)
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey, unless it is the only second factor: the library removes the last one too."""
    key = get_object_or_404(Authenticator, pk=pk, user=me(request), type=Authenticator.Type.WEBAUTHN)
    if not SecondFactors().can_delete_authenticator(key):
        messages.warning(request, say("staff.cannot.cannot_delete_authenticator", language()))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)  # type: ignore[no-any-return]


def said_of(notice: Notice, language: Language) -> str:
    """Say what was done to somebody's account."""
    at = timezone.localtime(notice.at).strftime("%d-%m-%Y %H:%M")
    return say(f"staff.notice.{notice.kind.partition('.')[2]}", language, at=at, why=notice.why)
