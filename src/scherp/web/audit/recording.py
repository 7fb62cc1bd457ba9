"""How an event is written: in the store, and so in the transaction, of what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from scherp.web.audit.models import Event

if TYPE_CHECKING:
    from datetime import datetime
    from enum import StrEnum

    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something. kind: staff, young or system; id: an opaque id, or what part of the system."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


RETENTION = Actor("system", "retention")
"""What erases when its time has come."""


def record(kind: StrEnum, *, about: Model, by: Actor, at: datetime | None = None, **detail: object) -> None:
    """Write that `by` did or read something. detail: names, counts and reasons; never what somebody said."""
    record_in(str(about._state.db), kind, about=naming(about), by=by, at=at, **detail)


def record_in(
    store: str, kind: StrEnum, *, by: Actor, about: str = "", at: datetime | None = None, **detail: object
) -> None:
    """Write an event that is about no row, or about one that is no longer there."""
    Event.objects.using(store).create(at=at or timezone.now(), kind=kind, by=str(by), about=about, detail=detail)


def naming(row: Model) -> str:
    """Give the name by which events speak of a row: `talk:ID`."""
    return f"{row._meta.model_name}:{row.pk}"
