"""Accounts of others: for administrators, who see nothing of what anybody said."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scherp.texts import say
from scherp.web.accounts import actions
from scherp.web.accounts.actions.signing_in import hashed
from scherp.web.accounts.adapters import language
from scherp.web.accounts.doors import View, has_second_factor, needs, needs_anew
from scherp.web.accounts.forms import NewPerson, NewTeam, Person, Why
from scherp.web.accounts.models import Lock, Member, Team
from scherp.web.accounts.permissions import Permission
from scherp.web.accounts.views.own import me

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

administrators = needs_anew(Permission.MANAGE_MEMBERS)


@needs(Permission.MANAGE_MEMBERS)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """List who works here."""
    found = Member.objects.select_related("team").order_by("-is_active", "name")
    people = [(one, [say(f"staff.roles.{role}", language()) for role in one.roles]) for one in found]
    return render(request, "accounts/members.html", {"people": people, "teams": Team.objects.order_by("name")})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a member, and show their one-time password, once."""
    form = NewPerson(request.POST or None, language=language())
    if form.is_valid():
        try:
            member, password = actions.add(by=me(request), **form.cleaned_data)
        except actions.AccountsRefuse as refused:
            form.add_error(None, _why_not(refused))
        else:
            return _once(request, member, password)
    return render(request, "accounts/person.html", {"form": form})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def add_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    form = NewTeam(request.POST or None, language=language())
    if form.is_valid():
        try:
            actions.add_team(by=me(request), name=form.cleaned_data["team_name"])
        except actions.AccountsRefuse as refused:
            form.add_error(None, _why_not(refused))
        else:
            return redirect("members")
    return render(request, "accounts/team.html", {"form": form})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Show a member, and change who they are here."""
    found = get_object_or_404(Member, pk=member_id)
    before = {"name": found.name, "team": found.team, "roles": found.roles}
    form = Person(request.POST or None, initial=before, language=language())
    if form.is_valid():
        try:
            actions.change(member=found, by=me(request), **form.cleaned_data)
        except actions.AccountsRefuse as refused:
            form.add_error(None, _why_not(refused))
        else:
            return _done(request, found, "member_changed")
    return render(request, "accounts/member.html", _about(found) | {"form": form, "why": Why(language=language())})


def _about(found: Member) -> dict[str, object]:
    lock = Lock.objects.filter(address=hashed(found.email), until__gt=timezone.now()).first()
    return {"member": found, "locked_until": lock and lock.until, "has_second_factor": has_second_factor(found)}


def _with_reason(act: Callable[[HttpRequest, Member, str], HttpResponse]) -> View:
    """Make the view of something that takes a reason."""

    @administrators
    @require_POST
    @wraps(act)
    def view(request: HttpRequest, member_id: UUID) -> HttpResponse:
        found = get_object_or_404(Member, pk=member_id)
        form = Why(request.POST, language=language())
        if not form.is_valid():
            messages.warning(request, say("staff.cannot.no-reason", language()))
            return redirect("member", member_id)
        return _refusable(request, found, lambda: act(request, found, form.cleaned_data["why"]))

    return view


def _refusable(request: HttpRequest, found: Member, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return act()
    except actions.AccountsRefuse as refused:
        messages.warning(request, _why_not(refused))
        return redirect("member", found.pk)


@_with_reason
def stop(request: HttpRequest, found: Member, why: str) -> HttpResponse:
    """End an account."""
    actions.stop(member=found, by=me(request), why=why)
    return _done(request, found, "member_stopped")


@_with_reason
def give_password(request: HttpRequest, found: Member, why: str) -> HttpResponse:
    """Give a one-time password, and show it, once."""
    return _once(request, found, actions.give_password(member=found, by=me(request), why=why))


@_with_reason
def reset_second_factor(request: HttpRequest, found: Member, why: str) -> HttpResponse:
    """Take a lost second factor away."""
    actions.reset_second_factor(member=found, by=me(request), why=why)
    return _done(request, found, "second_factor_reset")


@administrators
@require_POST
def lift_lock(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let somebody who is locked out try again."""
    found = get_object_or_404(Member, pk=member_id)

    def lift() -> HttpResponse:
        actions.lift_lock(member=found, by=me(request))
        return _done(request, found, "lock_lifted")

    return _refusable(request, found, lift)


@administrators
@require_POST
def bring_back(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Open a stopped account again, and show its one-time password, once."""
    found = get_object_or_404(Member, pk=member_id, is_active=False)
    return _refusable(request, found, lambda: _once(request, found, actions.bring_back(member=found, by=me(request))))


def _once(request: HttpRequest, found: Member, password: str) -> HttpResponse:
    return render(request, "accounts/once.html", {"member": found, "password": password})


def _done(request: HttpRequest, found: Member, what: str) -> HttpResponse:
    messages.success(request, say(f"staff.done.{what}", language()))
    return redirect("member", found.pk)


def _why_not(refused: actions.AccountsRefuse) -> str:
    return say(f"staff.cannot.{refused.key}", language())
