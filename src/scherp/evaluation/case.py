"""The noun of evaluation: a conversation, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scherp.evaluation.registers import SYNTHETIC, Register

if TYPE_CHECKING:
    from scherp.conversation import Conversation, Message, Speaker
    from scherp.evaluation.written import Split


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation with its label.

    source: what it was cut from (a room, a person, a plot): cases of one source count together in every interval.
    steering: who steers, where that is known. first_request: number of the message that is the first request,
        marked by hand; None where nobody marked it. lang: as the data say, or None.
    split: what the data say it may be used for. machine_translated: said wherever a number of it stands.
    """

    id: str
    conversation: Conversation
    risky: bool
    register: Register = Register.OTHER
    source: str = ""
    slices: frozenset[str] = field(default_factory=frozenset)
    steering: Speaker | None = None
    first_request: int | None = None
    lang: str | None = None
    split: Split | None = None
    machine_translated: bool = False

    @property
    def messages(self) -> tuple[Message, ...]:
        """Its messages; without times where these are not trusted, for then nothing is said about tempo."""
        if self.conversation.times_trusted:
            return self.conversation.messages
        return tuple(m._replace(time=None) for m in self.conversation.messages)

    @property
    def synthetic(self) -> bool:
        """Whether we wrote it."""
        return self.register in SYNTHETIC


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. unread: lines that are no labelled conversation. left_out: cases of the training split."""

    cases: tuple[Case, ...]
    unread: int = 0
    left_out: int = 0
