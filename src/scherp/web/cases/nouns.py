"""What is handed to the actions of a case, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class When:
    """When something was. day: None when nobody knows; time: None when only the day is known."""

    day: date | None = None
    time: time | None = None


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says. told: who knows it, and who must not."""

    wishes: str
    risks: str
    agreements: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """From whom something came, and when; aware."""

    sender: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks about a case. capacity: of the young person, in this matter."""

    kind: str
    asker: str
    on: date
    words: str
    capacity: str
    parent_involved: str
    young_person_agrees: str


@dataclass(frozen=True, slots=True)
class Replied:
    """What is proposed to answer. ground: of `law/grounds.toml`; "" where all of it is granted."""

    outcome: str
    why: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along in a handover: the ids of people, suspects, entries of the timeline and files."""

    people: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a handover rests. ground: `consent`, or an id of `law/grounds.toml`.

    why: the reason, or how consent was asked. Where it is consent: consent_by: the pseudonyms of who gave it; capacity:
    of the young person; without_parents: why theirs is not needed beside it, at 12 to 15 (`WithoutParents`), or "".
    """

    ground: str
    why: str
    capacity: str = "unknown"
    consent_by: tuple[str, ...] = ()
    consent_at: datetime | None = None
    without_parents: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A handover as it is proposed. expires: the last moment of access.

    informed: whether the young person knows (`Informed`); informed_how: what was said, or why they do not.
    """

    to_kind: str
    to_name: str
    reason: str
    summary: str
    basis: Basis
    along: Along
    expires: datetime
    informed: str
    informed_how: str
