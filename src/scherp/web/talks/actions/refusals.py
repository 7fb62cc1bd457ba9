"""Why a talk refuses, and who a counsellor is to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.web.audit.recording import Actor

if TYPE_CHECKING:
    import uuid


class TalkRefuses(Exception):
    """What was asked cannot be done with this talk as it is now."""


class TalkIsOver(TalkRefuses):
    """Nothing can be said in this talk any more."""


class AlreadyTaken(TalkRefuses):
    """Another counsellor took this talk first."""


class NotTheirTalk(TalkRefuses):
    """Somebody else sits at this talk."""


class TooFast(TalkRefuses):
    """More was said within a minute than anybody types."""


class NothingToSay(TalkRefuses):
    """The message is empty, or longer than a message may be."""


@dataclass(frozen=True)
class Counsellor:
    """A member of staff as the line knows one: an opaque id, and the name by which young people know them."""

    id: uuid.UUID
    name: str

    @property
    def actor(self) -> Actor:
        """Give who this is, for the record."""
        return Actor("staff", str(self.id))
