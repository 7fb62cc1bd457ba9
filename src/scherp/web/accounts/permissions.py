"""What each role may do. Whatever is not named here is refused.

Written to be read by whoever answers for child protection in the organisation.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    SIGNED_IN = "signed-in"  # whoever works here: their own account, their own second factor

    TAKE_TALKS = "take-talks"
    READ_OWN_TALKS = "read-own-talks"
    SEE_QUEUE = "see-queue"
    CHANGE_QUEUE_ORDER = "change-queue-order"
    READ_ALONG = "read-along"
    BLOCK_VISITOR = "block-visitor"
    CHECK_SHARED_CHAT = "check-shared-chat"

    OPEN_CASE = "open-case"
    READ_CASES_OF_TEAM = "read-cases-of-team"
    WRITE_CASES_OF_TEAM = "write-cases-of-team"
    READ_IDENTITIES = "read-identities"
    READ_SUSPECTS = "read-suspects"
    APPROVE = "approve"
    HAND_OVER = "hand-over"
    DECIDE_ACCESS_REQUEST = "decide-access-request"
    HOLD = "hold"
    BREAK_GLASS = "break-glass"
    REVIEW_BREAK_GLASS = "review-break-glass"

    READ_COUNTS = "read-counts"

    MANAGE_MEMBERS = "manage-members"
    READ_AUDIT = "read-audit"


class Role(StrEnum):
    """What somebody is here for. A member can have more than one."""

    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    CASE_MANAGER = "case-manager"
    OUTREACH_WORKER = "outreach-worker"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


_P = Permission

ALLOWED: dict[Role, frozenset[Permission]] = {
    # Talks with young people, and opens a case from a talk.
    Role.COUNSELLOR: frozenset({
        _P.TAKE_TALKS, _P.READ_OWN_TALKS, _P.SEE_QUEUE, _P.CHANGE_QUEUE_ORDER, _P.BLOCK_VISITOR, _P.CHECK_SHARED_CHAT,
        _P.OPEN_CASE, _P.READ_CASES_OF_TEAM, _P.WRITE_CASES_OF_TEAM, _P.READ_IDENTITIES, _P.BREAK_GLASS,
    }),
    # Helps counsellors: reads along, approves, looks at what was opened in an emergency.
    Role.SUPERVISOR: frozenset({
        _P.SEE_QUEUE, _P.CHANGE_QUEUE_ORDER, _P.READ_ALONG, _P.BLOCK_VISITOR, _P.READ_CASES_OF_TEAM, _P.APPROVE,
        _P.DECIDE_ACCESS_REQUEST, _P.HOLD, _P.REVIEW_BREAK_GLASS,
    }),
    # Keeps cases, hands them over.
    Role.CASE_MANAGER: frozenset({
        _P.OPEN_CASE, _P.READ_CASES_OF_TEAM, _P.WRITE_CASES_OF_TEAM, _P.READ_IDENTITIES, _P.READ_SUSPECTS,
        _P.APPROVE, _P.HAND_OVER, _P.DECIDE_ACCESS_REQUEST, _P.HOLD, _P.BREAK_GLASS,
    }),
    # Approaches possible victims, by two people's decision.
    Role.OUTREACH_WORKER: frozenset({
        _P.OPEN_CASE, _P.READ_CASES_OF_TEAM, _P.WRITE_CASES_OF_TEAM, _P.READ_IDENTITIES,
    }),
    # Sees counts, no cases and no talks.
    Role.ANALYST: frozenset({_P.READ_COUNTS}),
    # Keeps accounts, and sees nothing of what anybody said.
    Role.ADMINISTRATOR: frozenset({_P.MANAGE_MEMBERS}),
    # Reads who did what, and nothing of what anybody said.
    Role.AUDITOR: frozenset({_P.READ_AUDIT}),
}  # fmt: skip


def allowed(roles: frozenset[Role]) -> frozenset[Permission]:
    """Give everything that somebody with these roles may do."""
    return frozenset({Permission.SIGNED_IN}).union(*(ALLOWED[role] for role in roles))
