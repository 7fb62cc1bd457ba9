"""What an administrator does to the accounts of others. Nobody does it to their own."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.actions.refusals import AlreadyThere, HasAnAdministrator, OwnAccount, RolesClash
from scherp.web.accounts.actions.signing_in import hashed
from scherp.web.accounts.events import Happened
from scherp.web.accounts.models import Lock, Member, Notice, Team
from scherp.web.accounts.permissions import Role
from scherp.web.audit.recording import Actor, record
from scherp.web.stores import STAFF
from scherp.web.talks.secrets import return_words

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALONE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
_WORDS = 5  # of 2,048 or more: 55 bits, for as long as it holds
_HOLDS_FOR = timedelta(days=3)


@transaction.atomic(using=STAFF)
def first_administrator(*, name: str, email: str) -> tuple[Member, str]:
    """Make the account that makes the others, and its one-time password. Raises HasAnAdministrator."""
    if any(Role.ADMINISTRATOR in member.roles for member in Member.objects.select_for_update()):
        raise HasAnAdministrator
    return _add(name, email, [Role.ADMINISTRATOR], None, Actor("system", "first-administrator"))


@transaction.atomic(using=STAFF)
def add(*, by: Member, name: str, email: str, roles: Iterable[Role], team: Team | None) -> tuple[Member, str]:
    """Add a member; give them and the one-time password with which they begin."""
    return _add(name, email, roles, team, by.actor)


def _add(name: str, email: str, roles: Iterable[Role], team: Team | None, by: Actor) -> tuple[Member, str]:
    email = email.strip().lower()
    if Member.objects.filter(email__iexact=email).exists():
        raise AlreadyThere
    member = Member(name=name, known_as=name.split(maxsplit=1)[0], email=email, team=team, roles=_together(roles))
    password = _one_time(member)
    member.save()
    record(Happened.ADDED, about=member, by=by, roles=member.roles, team=_id(team))
    return member, password


def _together(roles: Iterable[Role]) -> list[str]:
    """Give roles as they are stored. Raises RolesClash."""
    wanted = {Role(role) for role in roles}
    if wanted & _ALONE and len(wanted) > 1:
        raise RolesClash
    return sorted(wanted)


def _one_time(member: Member) -> str:
    password = " ".join(secrets.choice(return_words()) for _ in range(_WORDS))
    member.set_password(password)
    member.password_lapses_at = timezone.now() + _HOLDS_FOR
    return password


@transaction.atomic(using=STAFF)
def change(*, member: Member, by: Member, name: str, roles: Iterable[Role], team: Team | None) -> None:
    """Change who somebody is here. New roles or another team end every session, so that they hold at once."""
    _not_own(member, by)
    before = (member.roles, member.team_id)
    member.name, member.roles, member.team = name, _together(roles), team
    member.save(update_fields=["name", "roles", "team"])
    record(Happened.CHANGED, about=member, by=by.actor, roles=member.roles, before=before[0], team=_id(team))
    if (member.roles, member.team_id) != before:
        member.sessions.all().delete()


@transaction.atomic(using=STAFF)
def stop(*, member: Member, by: Member, why: str) -> None:
    """End an account: its member gets in nowhere, from now on. What they did stays on record."""
    _not_own(member, by)
    member.is_active = False
    member.set_unusable_password()
    member.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=member).delete()
    member.sessions.all().delete()
    record(Happened.STOPPED, about=member, by=by.actor, why=why)


@transaction.atomic(using=STAFF)
def bring_back(*, member: Member, by: Member) -> str:
    """Open a stopped account again; give the one-time password with which its member begins anew."""
    _not_own(member, by)
    member.is_active = True
    password = _one_time(member)
    member.save(update_fields=["is_active", "password", "password_lapses_at"])
    record(Happened.BROUGHT_BACK, about=member, by=by.actor)
    return password


@transaction.atomic(using=STAFF)
def give_password(*, member: Member, by: Member, why: str) -> str:
    """Give a one-time password to a member who cannot get in; it ends every session, and they are told."""
    _not_own(member, by)
    password = _one_time(member)
    member.save(update_fields=["password", "password_lapses_at"])
    member.sessions.all().delete()
    _tell(member, Happened.PASSWORD_GIVEN, why)
    record(Happened.PASSWORD_GIVEN, about=member, by=by.actor, why=why)
    return password


@transaction.atomic(using=STAFF)
def reset_second_factor(*, member: Member, by: Member, why: str) -> None:
    """Take away every second factor of a member who lost theirs; they set up a new one, and are told."""
    _not_own(member, by)
    Authenticator.objects.filter(user=member).delete()
    member.sessions.all().delete()
    _tell(member, Happened.SECOND_FACTOR_RESET, why)
    record(Happened.SECOND_FACTOR_RESET, about=member, by=by.actor, why=why)


@transaction.atomic(using=STAFF)
def lift_lock(*, member: Member, by: Member) -> None:
    """Let a member who is locked out try again."""
    _not_own(member, by)
    Lock.objects.filter(address=hashed(member.email)).delete()
    record(Happened.LOCK_LIFTED, about=member, by=by.actor)


@transaction.atomic(using=STAFF)
def add_team(*, by: Member, name: str) -> Team:
    """Add a team: people who share cases."""
    if Team.objects.filter(name__iexact=name).exists():
        raise AlreadyThere
    team = Team.objects.create(name=name)
    record(Happened.TEAM_ADDED, about=team, by=by.actor)
    return team


def _not_own(member: Member, by: Member) -> None:
    if member.pk == by.pk:
        raise OwnAccount


def _tell(member: Member, kind: Happened, why: str) -> None:
    Notice.objects.create(member=member, kind=kind, why=why)


def _id(team: Team | None) -> str:
    return str(team.pk) if team else ""
