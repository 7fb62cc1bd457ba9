"""What is handed over, frozen: a Handover with its people, timeline, enclosures and who held them.

A Handover that does not hold together (a time without a zone, an end before the beginning) is a mistake of the
caller, not of a person: ValueError.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

Moment = datetime | date | None
"""When something was: an aware time, only a day, or unknown."""


class Recipient(StrEnum):
    """To what kind of organisation a case can be handed over."""

    POLICE = "police"
    VEILIG_THUIS = "veilig_thuis"
    CENTRUM_SEKSUEEL_GEWELD = "centrum_seksueel_geweld"
    COMENSHA = "comensha"
    CARE_COORDINATOR = "care_coordinator"
    NIDOS = "nidos"
    GUARDIAN = "guardian"
    RAAD = "raad"
    OTHER = "other"


class Role(StrEnum):
    """What somebody is in a case. Nobody here is a suspect: those stand apart."""

    YOUNG_PERSON = "young_person"
    PARENT = "parent"
    FAMILY = "family"
    FRIEND = "friend"
    PROFESSIONAL = "professional"
    WITNESS = "witness"
    OTHER = "other"


class AgeBand(StrEnum):
    """An age as somebody stated it, in the bands of the rules on consent."""

    UNDER_12 = "0-11"
    FROM_12 = "12-15"
    FROM_16 = "16-17"
    ADULT = "18+"


class Deed(StrEnum):
    """What was done with an original."""

    RECEIVED = "received"
    STORED = "stored"
    VIEWED = "viewed"
    COPIED = "copied"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom: what kind of organisation, and its name, for instance a region's own Veilig Thuis."""

    kind: Recipient
    name: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The ground is consent. by: a pseudonym. how: how it was asked, and what was told."""

    by: str
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class LegalGround:
    """The ground is the law: its article, for instance `Wmo 2015, artikel 5.2.6`, and why it applies here."""

    name: str
    article: str
    reason: str


class Knows(StrEnum):
    """Whether the young person knows of the handover; not, only where telling is not safe or they cannot be reached."""

    TOLD = "told"
    NOT_SAFE = "not-safe"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Informed:
    """What the young person knows. how: what was told and what they think of it, or why they do not know."""

    knows: Knows
    how: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the case, under a pseudonym. age: as stated, a claim; None when nobody said."""

    pseudonym: str
    role: Role
    age: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody of whom something is suspected. rests_on: by whom, and on what; a suspicion is no proof.

    Kept apart from the other people: https://eur-lex.europa.eu/eli/reg/2016/679/oj, article 10.
    """

    pseudonym: str
    rests_on: str
    age: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. source: who says so, or where it stands."""

    when: Moment
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain of custody: who did what with an original, when, and the SHA-256 it then had, in hex."""

    at: datetime
    by: str
    deed: Deed
    sha256: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An original, as it was received; only text.

    name: as the file was called. sha256: in hex, as it was when it came in; `build` refuses if it is no longer that.
    custody: what was done with it, in order.
    """

    name: str
    data: bytes
    sha256: str
    received_from: str
    received_at: datetime
    received_by: str
    custody: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """A case, handed over.

    case: its reference, which names nobody. sender: the organisation that hands over and signs.
    reason: why to this addressee. made_at, expires: aware; the sender gives access until `expires`; whoever looks in it
    after that needs a ground of their own.
    summary: paragraphs. informed: what the young person knows of it; None where the sender does not say.
    people: never suspects, who stand apart.
    """

    id: UUID
    case: str
    sender: str
    to: Addressee
    reason: str
    ground: Consent | LegalGround
    made_at: datetime
    expires: datetime
    summary: tuple[str, ...]
    informed: Informed | None = None
    people: tuple[Person, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    timeline: tuple[Entry, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    def __post_init__(self) -> None:
        if any(time.tzinfo is None for time in self._times()):
            raise ValueError("every time of a handover has a zone")
        if self.expires <= self.made_at:
            raise ValueError("access ends after it begins")

    def _times(self) -> list[datetime]:
        times = [self.made_at, self.expires]
        times += [self.ground.at] if isinstance(self.ground, Consent) else []
        times += [entry.when for entry in self.timeline if isinstance(entry.when, datetime)]
        times += [one.received_at for one in self.enclosures]
        return times + [step.at for one in self.enclosures for step in one.custody]
