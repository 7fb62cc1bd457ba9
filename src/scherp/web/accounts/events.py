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
    SECOND_FACTOR_CHANGED = "member.second-factor-changed"
    REFUSED = "door.refused"
