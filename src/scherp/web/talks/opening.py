"""What a young person may tell before the talk; every answer may be left out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class AgeBand(StrEnum):
    """How old somebody says to be."""

    UNDER_12 = "under-12"
    FROM_12_TO_14 = "12-14"
    FROM_15_TO_17 = "15-17"
    FROM_18 = "18-and-over"


class Tick(StrEnum):
    """What somebody ticked. Never read out of their words."""

    DANGER_NOW = "danger-now"
    MEETING_TODAY = "meeting-today"
    THOUGHTS_OF_DEATH = "thoughts-of-death"
    PICTURES = "pictures"
    THREAT = "threat"
    SOMEBODY_ONLINE = "somebody-online"
    MONEY_OR_GIFTS = "money-or-gifts"
    MUST_DO_THINGS = "must-do-things"
    A_FRIEND = "a-friend"
    SOMETHING_ELSE = "something-else"


TOPICS = tuple(tick for tick in Tick if tick is not Tick.DANGER_NOW)
"""What it can be about, in the order in which the page asks; danger has a question of its own."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The answers before the first message. nickname: "" when none is given; age: None when it is not."""

    nickname: str = ""
    age: AgeBand | None = None
    ticks: frozenset[Tick] = frozenset()

    @property
    def under_15(self) -> bool:
        """Tell whether the ticked age is under fifteen."""
        return self.age in {AgeBand.UNDER_12, AgeBand.FROM_12_TO_14}

    def to_json(self) -> str:
        """Give the answers as text, to be sealed."""
        return json.dumps(asdict(self) | {"ticks": sorted(self.ticks)})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Take the answers back out of text."""
        told = json.loads(text)
        age = AgeBand(told["age"]) if told["age"] else None
        return cls(told["nickname"], age, frozenset(Tick(tick) for tick in told["ticks"]))
