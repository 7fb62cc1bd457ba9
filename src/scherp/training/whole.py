"""The conversation level: what learned words and signs, by group, add up to; the curve; the levels.

Few numbers, each named and none below 0, so that a reader can check them by eye: what each group of signs weighs beside
the words, and two that turn evidence into a probability at a declared prior of 1 to 1. Judged on conversations whose
people the words were not learned from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from scherp.conversation import Message
from scherp.evaluation.registers import PIECE, SHORTEST, Register, of_ours, pieces
from scherp.scoring.state import START
from scherp.scoring.step import can_be_judged, evidence_of, spoken, step
from scherp.signs.vocabulary import Group
from scherp.training.said import Source, harmless_records, interleaved, training_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scherp.conversation import Speaker
    from scherp.scoring import Model, State

GROUPS = tuple(group for group in Group if group not in (Group.OTHER_SIDE, Group.SAFE_CONTEXT))
EXPOSURE = 50
"""Messages after which a conversation is looked at; the whole of a shorter one."""
MASSES: Mapping[Register, float] = {
    Register.CHATS: 0.5,
    Register.DUTCH_RISKY: 0.35,
    Register.ENGLISH_RISKY: 0.15,
    Register.SMS: 0.25,
    Register.TOPICAL: 0.1,
    Register.IRC: 0.15,
    Register.DUTCH_HARD: 0.2,
    Register.DUTCH_EVERYDAY: 0.1,
    Register.ENGLISH_HARD: 0.15,
    Register.ENGLISH_EVERYDAY: 0.05,
}
"""How much each register counts, whatever its size; the risky and the harmless ones come to 1 each."""
_HARMLESS_SOURCE = {Source.SMS: Register.SMS, Source.TOPICAL: Register.TOPICAL, Source.IRC: Register.IRC}
LEAST: Mapping[Group, float] = {
    Group.FORCING: 0.5, Group.EXPLOITING: 0.5, Group.SHIELDING: 0.2, Group.MEETING: 0.15,
    Group.APPROACH: 0.15, Group.WINNING_OVER: 0.15, Group.PUSHING: 0.15,
}  # fmt: skip
"""What a group weighs at least: the gravest are rare in what is learned from, and every sign has to count. Low, for its
words weigh too; and where no pattern was made for it, hard harmless talk shows as much force as risky talk does."""
_RIDGE = 0.01
_MOST_WEIGHT = 2.0
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Whole:
    """A conversation to learn from. person: whose, so that its words were learned from others. steers: who, or None."""

    register: Register
    person: str
    messages: tuple[Message, ...]
    steers: Speaker | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What was learned.

    groups: what a group's signs weigh beside words. slope, start: of the logistic curve, for a thousand of evidence and
    for none.
    """

    groups: Mapping[Group, float]
    slope: float
    start: float

    def probability(self, evidence: float) -> float:
        """Give the probability, at a prior of 1 to 1, that somebody steers."""
        return 1 / (1 + math.exp(-(self.start + self.slope * evidence / 1000)))


def wholes(folder: Path, corpus: Path) -> Iterator[Whole]:
    """Give everything that may be learned from, as conversations."""
    for person, lines in interleaved(folder):
        yield Whole(Register.CHATS, person, _messages(lines[:PIECE]), "adult")
    for source, name, records in harmless_records(folder):
        messages = _messages([(r["author"], r["text"] or "") for r in records])
        for begin, end in pieces(messages, PIECE, SHORTEST):
            yield Whole(_HARMLESS_SOURCE[source], name, messages[begin:end], None)
    for written in training_part(corpus):
        register = of_ours(written.lang, written.theme)
        yield Whole(register, written.id, written.messages, written.steering)


def joined(seen: Sequence[tuple[Whole, Sequence[Seen]]]) -> Joined:
    """Fit the few numbers: a logistic regression with no weight below 0, the register's masses, and a small ridge."""
    weights = np.full(1 + len(GROUPS), 0.3)
    start = -1.0
    for _ in range(_ROUNDS):
        rows = [(w, _most_steering(w, speakers, weights)) for w, speakers in seen if speakers]
        values = np.array([speaker.values() for _, speaker in rows])
        risky = np.array([w.steers is not None for w, _ in rows])
        mass = _mass([w.register for w, _ in rows])
        weights, start = _fitted(values, risky, mass, weights, start)
    return Joined(
        {g: max(LEAST[g], float(w / weights[0])) for g, w in zip(GROUPS, weights[1:], strict=True)},
        float(weights[0]),
        float(start),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one speaker has shown: words with one-sidedness, and the signs of each group, in thousands."""

    name: Speaker | None
    words: float
    signs: tuple[float, ...]

    def values(self) -> tuple[float, ...]:
        """Give them as one row."""
        return (self.words, *self.signs)


def seen(whole: Whole, model: Model, exposure: int = EXPOSURE) -> list[Seen]:
    """Give what each speaker of a conversation has shown after `exposure` messages; not who cannot be judged."""
    state, shown = START, dict[str | None, dict[Group, int]]()
    group = {sign.id: sign.group for sign in model.signs}
    for message in whole.messages[:exposure]:
        state, risk = step(state, message, model=model)
        for one in risk.evidence:
            counted = shown.setdefault(one.speaker, {})
            counted[group[one.sign]] = counted.get(group[one.sign], 0) + one.strength
    return [
        Seen(
            speaking.name,
            spoken(speaking, model) / 1000,
            tuple(shown.get(speaking.name, {}).get(g, 0) / 1000 for g in GROUPS),
        )
        for speaking in state.speakers
        if can_be_judged(speaking)
    ]


def peak(whole: Whole, model: Model, exposure: int = PIECE) -> int:
    """Give the most evidence that stood against anybody, in thousandths, within `exposure` messages; -1 for none."""
    state, most = START, -1
    for message in whole.messages[:exposure]:
        state, _ = step(state, message, model=model)
        most = max(most, _most(state, model))
    return most


def _most(state: State, model: Model) -> int:
    return max((evidence_of(s, state, model) for s in state.speakers if can_be_judged(s)), default=-1)


def _messages(lines: Sequence[tuple[str | None, str]]) -> tuple[Message, ...]:
    return tuple(Message(number, author, None, text) for number, (author, text) in enumerate(lines))


def _most_steering(whole: Whole, speakers: Sequence[Seen], weights: np.ndarray) -> Seen:
    """Who steers; in a harmless conversation who looks most like it."""
    named = [speaker for speaker in speakers if speaker.name == whole.steers]
    if whole.steers is not None and named:
        return named[0]
    return max(speakers, key=lambda speaker: float(np.dot(weights, speaker.values())))


def _mass(registers: Sequence[Register]) -> np.ndarray:
    size = {register: registers.count(register) for register in set(registers)}
    return np.array([MASSES[register] / size[register] for register in registers])


def _fitted(
    values: np.ndarray, risky: np.ndarray, mass: np.ndarray, weights: np.ndarray, start: float
) -> tuple[np.ndarray, float]:
    sign = np.where(risky, 1.0, -1.0)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (point[0] + values @ point[1:])
        wrong = -sign * mass / (1 + np.exp(margin))
        gradient = np.concatenate([[wrong.sum()], values.T @ wrong + 2 * _RIDGE * point[1:]])
        return float(mass @ np.logaddexp(0, -margin) + _RIDGE * (point[1:] ** 2).sum()), gradient

    bounds = [(None, None), (0.01, _MOST_WEIGHT), *([(0.0, _MOST_WEIGHT)] * len(GROUPS))]
    found = minimize(loss, np.concatenate([[start], weights]), jac=True, method="L-BFGS-B", bounds=bounds)
    return found.x[1:], float(found.x[0])
