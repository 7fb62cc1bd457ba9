"""Every case judged once by the one step function: whole, in pieces, and as one long stream of harmless text.

What leaves here holds no text and no name; sources are there to be counted, and go no further.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from scherp.conversation import Level
from scherp.evaluation import evasion
from scherp.evaluation.figures import Miss
from scherp.evaluation.leaving_out import model_without
from scherp.evaluation.metrics import LEAST_RISK, WINDOW, Lead, warned_at
from scherp.evaluation.registers import Register, pieces, renumbered
from scherp.scoring import START, step
from scherp.scoring.run import score_messages
from scherp.signs.vocabulary import Group, signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scherp.conversation import Message, SignId, Speaker
    from scherp.evaluation.case import Case
    from scherp.scoring import Model, Scored

REQUESTS = frozenset({"image_request", "camera_request", "meeting_request", "third_party"})
"""With every sign of forcing, what the engine itself takes for a first request: self-graded."""
NO_SIGN = "no_sign"
"""The cause of a false alarm before which no sign was seen: other words did it."""
LATENCY_STEPS = 2_500_000
"""Steps spent on F-latency for the harmless text of a register; beyond it, every so many-th case is measured."""

_IN_ONE_PROCESS = 3_000
"""Messages; starting a second process takes longer than judging fewer."""
_EVASION_EACH = 40
"""Messages of a case that are hidden in every way: more of one chat says little more."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of 6 to 150 messages judged from a fresh state. warned: by the published rule; alarm: by our own."""

    warned: bool
    alarm: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A risky case, whole, or a piece of a harmless one.

    trajectory: the current risk after each message. warned_at: where the published rule of F-latency warns.
    segments: its pieces, for F1; empty where F-latency was not measured. steers: whether who steers is right; None
        where that is not known. request_at: the first request; self_graded: whether only the engine's signs say so.
    hidden: evidence of some messages as they are, and what is left in each way of hiding. error: of a wrong judgement,
        its cause (see `figures.Cause`).
    """

    register: Register
    source: str
    risky: bool
    slices: frozenset[str]
    machine_translated: bool
    trajectory: tuple[float | None, ...]
    alarm_at: int | None
    urgent_at: int | None
    warned_at: int | None = None
    segments: tuple[Segment, ...] = ()
    steers: bool | None = None
    request_at: int | None = None
    self_graded: bool = False
    lead: Lead | None = None
    hidden: tuple[tuple[str, int, int], ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Streamed:
    """All harmless text of a register, one conversation after the other.

    joined: as if it were one conversation; else each starts afresh. alarms: how often the level reached concern in
    `messages`, starting afresh after each; in_sources: in how many sources.
    """

    register: Register
    joined: bool
    messages: int
    alarms: int
    in_sources: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was judged. sampled: registers of whose harmless text only a part was measured for F-latency."""

    cases: tuple[Judged, ...]
    streams: tuple[Streamed, ...]
    sampled: frozenset[Register]


def judge_all(
    cases: Sequence[Case],
    *,
    without: frozenset[SignId] = frozenset(),
    tick: Callable[[int], None] = lambda _done: None,
    processes: int | None = None,
) -> Judgement:
    """Judge every case, in two processes where that helps. `tick` is told how many cases are done."""
    measured, sampled = _for_latency(cases)
    work = [(case, without, number in measured) for number, case in enumerate(cases)]
    streams = [(r, joined, _stream(cases, r), without) for r in _harmless_registers(cases) for joined in (True, False)]
    messages = sum(len(case.conversation.messages) for case in cases)
    processes = processes or min(2, os.cpu_count() or 1)
    found: list[Judged] = []
    if processes == 1 or messages < _IN_ONE_PROCESS:
        for done, judged in enumerate(map(_judge, work), start=1):
            found += judged
            tick(done)
        return Judgement(tuple(found), tuple(map(_run_stream, streams)), sampled)
    with ProcessPoolExecutor(processes) as pool:
        later = [pool.submit(_run_stream, stream) for stream in streams]
        for done, judged in enumerate(pool.map(_judge, work, chunksize=8), start=1):
            found += judged
            tick(done)
        return Judgement(tuple(found), tuple(stream.result() for stream in later), sampled)


def judge(case: Case, *, model: Model, latency: bool = True) -> list[Judged]:
    """Judge a risky case whole, a harmless one in pieces of at most 150 messages."""
    messages = case.messages
    if case.risky:
        return [_whole(case, messages, model)]
    return [_piece(case, renumbered(messages[a:b]), model, latency=latency) for a, b in pieces(messages)]


def warnings_at(messages: Sequence[Message], model: Model) -> int | None:
    """Give where F-latency's published rule warns, from 0; None if it never does."""
    return warned_at(_decisions(messages, model))


def stream(messages: Iterable[tuple[str, Message]], model: Model, *, joined: bool) -> tuple[int, int, int]:
    """Run on through all messages, each with its source, starting afresh after an alarm.

    joined: also across sources. Gives how many messages, how many alarms, and in how many sources.
    """
    state, count, before = START, 0, ""
    alarmed: list[str] = []
    for count, (source, message) in enumerate(messages, start=1):  # noqa: B007  the last is how many there were
        if source != before and not joined:
            state = START
        before = source
        state, risk = step(state, message, model=model)
        if risk.level is not None and risk.level.rank >= Level.CONCERN.rank:
            alarmed.append(source)
            state = START
    return count, len(alarmed), len(set(alarmed))


def _judge(work: tuple[Case, frozenset[SignId], bool]) -> list[Judged]:
    case, without, latency = work
    return judge(case, model=model_without(without), latency=latency)


def _whole(case: Case, messages: tuple[Message, ...], model: Model) -> Judged:
    scored = score_messages(messages, model=model)
    request, self_graded = case.first_request, False
    if request is None:
        request, self_graded = _own_request(case, scored), True
    return replace(
        _judged(case, scored),
        warned_at=warnings_at(messages, model),
        segments=tuple(_segment(renumbered(messages[a:b]), model) for a, b in pieces(messages)),
        steers=None if case.steering is None else scored.steering == case.steering,
        request_at=request,
        self_graded=self_graded,
        lead=_lead(messages, scored.alarm_at, request),
        hidden=_hidden(messages, scored, model),
    )


def _piece(case: Case, messages: tuple[Message, ...], model: Model, *, latency: bool) -> Judged:
    scored = score_messages(messages, model=model)
    found = _judged(case, scored)
    if not latency:
        return found
    warned = warnings_at(messages, model)
    return replace(found, warned_at=warned, segments=(Segment(warned is not None, scored.alarm_at is not None),))


def _judged(case: Case, scored: Scored) -> Judged:
    return Judged(
        register=case.register,
        source=case.source,
        risky=case.risky,
        slices=case.slices,
        machine_translated=case.machine_translated,
        trajectory=scored.trajectory,
        alarm_at=scored.alarm_at,
        urgent_at=scored.urgent_at,
        error=_error(case, scored),
    )


def _error(case: Case, scored: Scored) -> str | None:
    if case.risky == (scored.alarm_at is not None):
        return None
    if scored.alarm_at is not None:
        return _heaviest(scored, scored.alarm_at)
    if scored.level is None:
        return Miss.CANNOT_SAY
    return Miss.TOO_LITTLE if any(e.strength > 0 for e in scored.evidence) else Miss.NOTHING_SHOWN


def _heaviest(scored: Scored, alarm: int) -> str:
    weights: dict[str, int] = {}
    for e in scored.evidence:
        if e.message <= alarm:
            weights[e.sign] = weights.get(e.sign, 0) + e.strength
    return max(weights, key=lambda sign: weights[sign], default=NO_SIGN)


def _segment(messages: tuple[Message, ...], model: Model) -> Segment:
    alarm = score_messages(messages, model=model).alarm_at
    return Segment(warnings_at(messages, model) is not None, alarm is not None)


def _decisions(messages: Sequence[Message], model: Model) -> Iterator[bool]:
    """At each message, whether the risk over the last 50 is at least 0.5, each time from a fresh state."""
    state = START
    for at, message in enumerate(messages):
        if at < WINDOW:
            state, risk = step(state, message, model=model)
        else:
            window = START
            for recent in messages[at + 1 - WINDOW : at + 1]:
                window, risk = step(window, recent, model=model)
        yield risk.now is not None and risk.now >= LEAST_RISK


def _own_request(case: Case, scored: Scored) -> int | None:
    """Where whoever steers first asks or forces, as the engine's own signs have it."""
    return next((e.message for e in scored.evidence if _is_request(e.sign) and _by(e.speaker, case.steering)), None)


def _is_request(sign: SignId) -> bool:
    return sign in REQUESTS or (sign in signs() and signs()[sign].group is Group.FORCING)


def _by(speaker: Speaker | None, steering: Speaker | None) -> bool:
    return steering is None or speaker == steering


def _lead(messages: Sequence[Message], alarm: int | None, request: int | None) -> Lead | None:
    if alarm is None or request is None:
        return None
    then, now = messages[request].time, messages[alarm].time
    hours = None
    if then is not None and now is not None and (then.tzinfo is None) == (now.tzinfo is None):
        hours = (then - now).total_seconds() / 3600
    return Lead(request - alarm, hours)


def _hidden(messages: Sequence[Message], scored: Scored, model: Model) -> tuple[tuple[str, int, int], ...]:
    showing = dict.fromkeys(e.message for e in scored.evidence if e.strength > 0)
    texts = [messages[number].text for number in islice(showing, _EVASION_EACH)]
    return tuple((way, plain, rest) for way, (plain, rest) in evasion.left(texts, model).items())


def _for_latency(cases: Sequence[Case]) -> tuple[frozenset[int], frozenset[Register]]:
    """Which cases are measured for F-latency: all, or every so many-th of a register that would take too long."""
    steps: dict[Register, int] = {}
    for case in cases:
        if not case.risky:
            long = sum(max(0, b - a - WINDOW) for a, b in pieces(case.conversation.messages))
            steps[case.register] = steps.get(case.register, 0) + long * WINDOW
    every = {register: -(-count // LATENCY_STEPS) for register, count in steps.items() if count > LATENCY_STEPS}
    seen: dict[Register, int] = {}
    measured = set()
    for number, case in enumerate(cases):
        turn = seen[case.register] = seen.get(case.register, -1) + 1
        if case.risky or turn % every.get(case.register, 1) == 0:
            measured.add(number)
    return frozenset(measured), frozenset(every)


def _harmless_registers(cases: Sequence[Case]) -> list[Register]:
    return [register for register in Register if any(c.register is register and not c.risky for c in cases)]


def _stream(cases: Sequence[Case], register: Register) -> list[tuple[str, Message]]:
    """One conversation after the other; their clocks do not go together, so times are left out."""
    return [
        (case.source, message._replace(time=None, number=0, reply_to=None))
        for case in cases
        if case.register is register and not case.risky
        for message in case.conversation.messages
    ]


def _run_stream(work: tuple[Register, bool, list[tuple[str, Message]], frozenset[SignId]]) -> Streamed:
    register, joined, messages, without = work
    return Streamed(register, joined, *stream(messages, model_without(without), joined=joined))
