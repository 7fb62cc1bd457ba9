"""Run `step` over a whole conversation: what the terminal, the report and the page need of it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.conversation import Level
from scherp.scoring.model import packaged_model
from scherp.scoring.state import START
from scherp.scoring.step import evidence_of, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scherp.conversation import Conversation, Evidence, Message, Risk, Speaker
    from scherp.scoring.model import Model
    from scherp.scoring.state import State


@dataclass(frozen=True, slots=True)
class Scored:
    """A conversation, judged.

    trajectory: the current risk after each message; None where nothing could be said.
    evidence: every sign seen, in order.
    alarm_at, urgent_at: number of the message at which the level reached `concern`, `urgent`; or None.
    state: what `step` remembers at the end.
    """

    level: Level | None
    risk: float | None
    steering: Speaker | None
    tempo_hours: float | None
    alarm_at: int | None
    urgent_at: int | None
    evidence: tuple[Evidence, ...]
    trajectory: tuple[float | None, ...]
    levels: tuple[Level | None, ...]
    state: State


def score(
    conversation: Conversation, *, model: Model | None = None, tick: Callable[[int], None] | None = None
) -> Scored:
    """Judge a conversation. `tick` is told how many messages are done, every thousand.

    Where its times are not trusted they are left out: no tempo is guessed.
    """
    return score_messages(_as_trusted(conversation), model=model, tick=tick)


def signs_alone_reach(level: Level, conversation: Conversation, who: Speaker | None) -> bool:
    """Tell whether what `who` shows in signs would come to `level` if no words weighed; reads on until it does."""
    state, model = START, packaged_model().without_words()
    for message in _as_trusted(conversation):
        state, risk = step(state, message, model=model)
        if risk.evidence and message.author == who:
            speaking = next(s for s in state.speakers if s.name == who)
            if model.level_of(model.risk_of(evidence_of(speaking, state, model))).rank >= level.rank:
                return True
    return False


def _as_trusted(conversation: Conversation) -> tuple[Message, ...]:
    if conversation.times_trusted:
        return conversation.messages
    return tuple(m._replace(time=None) for m in conversation.messages)


def score_messages(
    messages: Iterable[Message], *, model: Model | None = None, tick: Callable[[int], None] | None = None
) -> Scored:
    """Judge messages in their order."""
    state = START
    risk: Risk | None = None
    evidence: list[Evidence] = []
    trajectory: list[float | None] = []
    levels: list[Level | None] = []
    for done, message in enumerate(messages, 1):
        state, risk = step(state, message, model=model)
        evidence += risk.evidence
        trajectory.append(risk.now)
        levels.append(risk.level)
        if tick and not done % 1000:
            tick(done)
    return Scored(
        level=risk.level if risk else None,
        risk=risk.peak if risk else None,
        steering=risk.steering if risk else None,
        tempo_hours=risk.tempo_hours if risk else None,
        alarm_at=_first(levels, Level.CONCERN),
        urgent_at=_first(levels, Level.URGENT),
        evidence=tuple(evidence),
        trajectory=tuple(trajectory),
        levels=tuple(levels),
        state=state,
    )


def _first(levels: list[Level | None], least: Level) -> int | None:
    """The number of the first message at which this level was reached; it never falls, so few are looked at."""
    first = bisect_left(levels, least.rank, key=lambda level: -1 if level is None else level.rank)
    return first if first < len(levels) else None
