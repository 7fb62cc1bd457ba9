"""One case as plain data, for a person who asks for it, or for another system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record
from scherp.web.cases.events import Happened
from scherp.web.cases.models import (
    ClosingForm,
    Entry,
    EvidenceItem,
    Flag,
    MeldcodeStep,
    Note,
    Person,
    Plan,
    Suspect,
    Task,
    Transcript,
)
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case, Part

FORM = 1
"""Raised when a field changes its meaning or goes away."""

_FIELDS: dict[type[Part], tuple[str, ...]] = {
    Person: ("pseudonym", "role", "age"),
    Entry: ("day", "time", "what", "source"),
    Note: ("words",),
    Task: ("words", "whom", "until", "done_at", "done_by"),
    Flag: ("kind", "until", "reason"),
    Plan: ("number", "wishes", "risks", "agreements", "told"),
    MeldcodeStep: ("step", "day", "skipped", "words"),
    EvidenceItem: ("name", "sha256", "size", "form", "received_from", "received_at"),
    Transcript: ("ground", "why"),
}
_SUSPECT = ("pseudonym", "age", "known_as", "rests_on")


@transaction.atomic(using=STAFF)
def export(*, case: Case, by: Member, at: datetime) -> dict[str, Any]:
    """Give a case as JSON values, without identities and originals; suspects only to who may read them. On record."""
    suspects = by.may(Permission.READ_SUSPECTS)
    record(Happened.EXPORTED, about=case, by=by.actor, suspects=suspects)
    told: dict[str, Any] = {"form": FORM, "reference": case.reference, "state": case.state, "about": case.about}
    told |= {"opened_at": case.opened_at.isoformat(), "exported_at": at.isoformat(), "exported_by": by.name}
    parts = {str(model._meta.model_name): _parts(model, fields, case) for model, fields in _FIELDS.items()}
    if suspects:
        parts["suspect"] = _parts(Suspect, _SUSPECT, case)
    forms = ClosingForm.objects.filter(case=case, replaced_at=None)
    return told | parts | {"closing_form": [{"version": one.version, "answers": one.answers} for one in forms]}


def _parts(model: type[Part], fields: tuple[str, ...], case: Case) -> list[dict[str, Any]]:
    found = model._default_manager.filter(case=case).select_related("case__key", "made_by", "withdrawn_by")
    return [{field: _plain(getattr(one, field)) for field in fields} | _about(one) for one in found]


def _about(part: Part) -> dict[str, Any]:
    withdrawn = part.withdrawn_at.isoformat() if part.withdrawn_at else None
    told = {"made_at": part.made_at.isoformat(), "made_by": part.made_by.name, "withdrawn_at": withdrawn}
    if isinstance(part, Transcript):
        told["lines"] = json.loads(part.lines or "[]")
    return told


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever a field holds
    return value if isinstance(value, str | int | None) else str(value)
