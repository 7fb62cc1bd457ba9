"""A verification as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.handover.verification import Told, Verification

FORM = 1
"""Raised when a field changes its meaning or goes away."""


def as_json(found: Verification, clock: datetime) -> dict[str, Any]:
    """Give everything that was found as a dict of JSON values; `clock` says whether access has ended."""
    return {
        "form": FORM,
        "scherp": __version__,
        "package": found.name,
        "verdict": found.verdict.value,
        "fingerprint": found.fingerprint,
        "key": found.key.value,
        "signature": found.signature.value,
        "list_in_form": found.list_in_form,
        "as_packed": found.as_packed,
        "files": [{"name": one.name, "state": one.state.value} for one in found.files],
        "told": _told(found.told, clock) if found.told else None,
    }


def _told(told: Told, clock: datetime) -> dict[str, Any]:
    return {
        "case": told.case,
        "sender": told.sender,
        "to": told.to,
        "made_at": told.made_at.isoformat(),
        "expires": told.expires.isoformat(),
        "expired": told.expired(clock),
    }
