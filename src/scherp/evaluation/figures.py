"""What an evaluation hands back: plain frozen figures, each with its number of cases and its interval.

`value` is None where nothing was measured. Registers come as they are; who counts what is in `results`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scherp.conversation import Level, SignId
    from scherp.evaluation.intervals import Interval, Verdict
    from scherp.evaluation.metrics import Bin, Day
    from scherp.evaluation.registers import Register


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval.

    n: cases it rests on; sources: where these came from; against: harmless cases, where there are two sides.
    """

    value: float | None
    interval: Interval | None
    n: int
    sources: int
    against: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Conversations, and how many of them got an alarm, be it in one piece."""

    conversations: int
    alarms: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The plain counts with which an evaluation begins, all registers together; None: not told."""

    risky: Counted | None
    harmless: Counted | None


@dataclass(frozen=True, slots=True)
class Material:
    """What was measured of one register and kind. cannot_say: the share about which nothing could be said."""

    register: Register
    risky: bool
    cases: int
    messages: int
    sources: int
    cannot_say: float
    synthetic: bool
    machine_translated: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """Risky against harmless at equal exposure: the first `k` messages of cases that have so many."""

    risky: Register
    harmless: Register
    k: int
    auc: Figure
    recall: Figure


@dataclass(frozen=True, slots=True)
class Found:
    """Risky conversations with an alarm within `k` messages, of those that have so many; k is None for the whole.

    concern, urgent: by level. median: the message, from 1, of the middle alarm.
    """

    risky: Register
    k: int | None
    concern: Figure
    urgent: Figure
    median: float | None


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """Harmless pieces with an alarm within `k` messages, of those that have so many; k is None for whole pieces."""

    harmless: Register
    k: int | None
    concern: Figure
    urgent: Figure


@dataclass(frozen=True, slots=True)
class Consecutive:
    """False `concern` per 10,000 consecutive harmless messages, starting afresh after each; n: messages.

    joined: all conversations of the register run on as if they were one; else each starts afresh.
    """

    harmless: Register
    joined: bool
    alarms: Figure


class Rule(StrEnum):
    """Which rule warns: the published one of F-latency, or our own alarm."""

    PUBLISHED = "published"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Latency:
    """F1 over segments, speed over whole conversations, and their product. median: message of the middle warning.

    sampled: whether only a part of the harmless segments was measured.
    """

    risky: Register
    harmless: Register
    rule: Rule
    f1: Figure
    speed: Figure
    f_latency: Figure
    median: Figure
    sampled: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """Alarms against the first request. before: share of conversations with the alarm earlier.

    messages, hours: the middle lead of those with an alarm; early: requests before message 5; no_request: without
    one. leads: in messages, sorted; never: without an alarm.
    """

    risky: Register
    self_graded: bool
    before: Figure
    messages: float | None
    hours: float | None
    early: int
    no_request: int
    never: int
    leads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Steers:
    """Risky conversations in which who steers is right."""

    risky: Register
    right: Figure


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How good the risk is as a chance, at a declared prior of 1 to 1, at `k` messages."""

    risky: Register
    harmless: Register
    k: int
    skill: Figure
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A fairness slice: false alarms of harmless ones, or recall of risky ones, against the mean of all.

    defect: as the value stands; verdict: as its interval stands against the bar.
    """

    name: str
    risky: bool
    figure: Figure
    mean: float
    defect: bool
    verdict: Verdict


class Miss(StrEnum):
    """Why a risky conversation had no alarm: nothing could be said, no sign of steering was seen, or too few were."""

    CANNOT_SAY = "cannot_say"
    NOTHING_SHOWN = "nothing_shown"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Cause:
    """Errors of one cause. cause: for a miss a `Miss`; for a false alarm the sign that weighed most before it."""

    register: Register
    risky: bool
    cause: str
    count: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left of the evidence when words are hidden in one way."""

    way: str
    kept: Figure


@dataclass(frozen=True, slots=True)
class Predictive:
    """The share of warnings that are right at a prevalence, and a team's day.

    recall, false_share: what it was worked out with; at_worst: with both at the bad end of their interval.
    """

    risky: Register
    harmless: Register
    level: Level
    prevalence: float
    recall: float
    false_share: float
    value: float | None
    at_worst: float | None
    day: Day | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What finding costs, within 150 messages.

    points: for falling thresholds, the share of harmless pieces warned about and of risky ones found.
    """

    risky: Register
    harmless: Register
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything measured. without: signs left out. unread, left_out: lines and cases that were not measured."""

    without: tuple[SignId, ...]
    unread: int
    left_out: int
    summary: Summary
    material: tuple[Material, ...]
    ranked: tuple[Ranked, ...]
    found: tuple[Found, ...]
    false_alarms: tuple[FalseAlarms, ...]
    consecutive: tuple[Consecutive, ...]
    predictive: tuple[Predictive, ...]
    latency: tuple[Latency, ...]
    ahead: tuple[Ahead, ...]
    steers: tuple[Steers, ...]
    calibrated: tuple[Calibrated, ...]
    slices: tuple[Slice, ...]
    causes: tuple[Cause, ...]
    hidden: tuple[Hidden, ...]
    cost: tuple[Cost, ...]
