"""What is put on record about members and doors."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done to an account, or somebody at a door."""

    SIGNED_IN = "member.signed-in"
    SIGNED_OUT = "member.signed-out"
    SIGN_IN_FAILED = "member.sign-in-failed"
    LOCKED_OUT = "member.locked-out"
    ADDED = "member.added"
    CHANGED = "member.changed"
    STOPPED = "member.stopped"
    BROUGHT_BACK = "member.brought-back"
    LOCK_LIFTED = "member.lock-lifted"
    PASSWORD_CHANGED = "member.password-changed"  # noqa: S105  the name of an event
    PASSWORD_GIVEN = "member.password-given"  # noqa: S105
    SECOND_FACTOR_CHANGED = "member.second-factor-changed"
    SECOND_FACTOR_RESET = "member.second-factor-reset"
    SESSIONS_ENDED = "member.sessions-ended"
    SETTINGS_CHANGED = "member.settings-changed"
    BREAK_CHANGED = "member.break-changed"
    NOTICES_READ = "member.notices-read"
    TEAM_ADDED = "team.added"
    REFUSED = "door.refused"

    EVENTS_READ = "events.read"
    EVENTS_EXPORTED = "events.exported"
    CHAIN_VERIFIED = "chain.verified"
