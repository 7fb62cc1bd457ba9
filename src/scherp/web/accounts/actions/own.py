"""What members do to their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.events import Happened
from scherp.web.audit.recording import record
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.web.accounts.models import Member

SETTINGS = ("known_as", "talks_at_once", "language", "grey", "blur")
"""What somebody sets for themselves."""


@transaction.atomic(using=STAFF)
def change_settings(*, by: Member, settings: Mapping[str, object]) -> None:
    """Change how the site is for its member."""
    changed = [name for name in SETTINGS if name in settings and getattr(by, name) != settings[name]]
    for name in changed:
        setattr(by, name, settings[name])
    by.save(update_fields=changed)
    record(Happened.SETTINGS_CHANGED, about=by, by=by.actor, changed=changed)


@transaction.atomic(using=STAFF)
def take_break(*, by: Member, on: bool) -> None:
    """Begin or end a break: nothing new is offered to who has one."""
    by.on_break = on
    by.save(update_fields=["on_break"])
    record(Happened.BREAK_CHANGED, about=by, by=by.actor, on=on)


@transaction.atomic(using=STAFF)
def end_sessions(*, member: Member, by: Member, keep: str | None = None) -> None:
    """Sign a member out everywhere, but for the session that is kept."""
    ended, _ = member.sessions.exclude(pk=keep).delete()
    record(Happened.SESSIONS_ENDED, about=member, by=by.actor, ended=ended)


@transaction.atomic(using=STAFF)
def end_session(*, by: Member, mark: str) -> None:
    """Sign a member out in one browser; nothing happens when it was over already, or is another's."""
    ended = [session for session in by.sessions.all() if session.mark == mark]
    for session in ended:
        session.delete()
    record(Happened.SESSIONS_ENDED, about=by, by=by.actor, ended=len(ended))


@transaction.atomic(using=STAFF)
def password_changed(*, by: Member, keep: str | None) -> None:
    """Put on record that a member chose a new password; it ends every other session."""
    by.password_lapses_at = None
    by.save(update_fields=["password_lapses_at"])
    record(Happened.PASSWORD_CHANGED, about=by, by=by.actor)
    end_sessions(member=by, by=by, keep=keep)


@transaction.atomic(using=STAFF)
def second_factor_changed(*, by: Member, what: str, kind: str) -> None:
    """Put on record that a member added or removed a second factor of their own."""
    record(Happened.SECOND_FACTOR_CHANGED, about=by, by=by.actor, what=what, factor=kind)


@transaction.atomic(using=STAFF)
def read_notices(*, by: Member) -> None:
    """Put away what a member has now been told."""
    told = by.notices.filter(read_at=None).update(read_at=timezone.now())
    record(Happened.NOTICES_READ, about=by, by=by.actor, notices=told)
