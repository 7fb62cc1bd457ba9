"""The one function that decides: take one message into account, say what is known now.

In order: see what this message shows and how its words weigh, add it to whoever said it (weighed by what the other
side said before), let what is old fade, and read the risk as the highest of all speakers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.conversation import Kind, Level, Risk, new
from scherp.scoring.model import RISK_ONE, Model, packaged_model, within
from scherp.scoring.showing import Moment, heard_by, hours_since, showing, told_to
from scherp.scoring.state import (
    MOST_SPEAKERS,
    NOTHING_SHOWN,
    RECENT,
    TAIL_CHARACTERS,
    TAIL_LIFE,
    TAIL_PIECES,
    Speaking,
    State,
)

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.conversation import Evidence, Message, Speaker
    from scherp.signs.matcher import Found

ENOUGH_MESSAGES = 5
"""Of one speaker; below it, and without a strong sign, nothing can be said."""

_SYSTEM, _TEXT, _NONE = Kind.SYSTEM, Kind.TEXT, Level.NONE  # looked up once: these run for every message
_NO_WORDS = frozenset({Kind.SYSTEM, Kind.DELETED, Kind.CALL})
_LONGEST_PIECE = 40
_NAMING = frozenset({Level.ATTEND, Level.CONCERN, Level.URGENT})
_NIGHT = frozenset({23, 0, 1, 2, 3, 4})


def step(state: State, message: Message, *, model: Model | None = None) -> tuple[State, Risk]:
    """Take one message into account and say what is known now.

    Messages come in their order; a time that runs backwards fades nothing. System lines only count.
    """
    model = model or packaged_model()
    before, messages, _, first_at, timed, recent, peak, steering, level, contexts, pooled = state
    number, author, time, _, kind, reply_to, _ = message
    if kind is _SYSTEM:
        return _judged(state._replace(messages=messages + 1), (), model)
    at, speaking = _speaking(before, author)
    found, said = _said(speaking, message, state, model)
    if not before:
        first_at = time
    timed = timed and time is not None
    speakers = (*before[:at], said, *before[at + 1 :])
    evidence: tuple[Evidence, ...] = ()
    if found and (signs := found.signs):
        told = told_to(said, speakers, alone=not pooled)
        hours = hours_since(first_at, time) if timed else None
        evidence, said = showing(signs, said, Moment(number, told, hours, model))
        if reply_to is not None and len(speakers) > 2:
            to = next((who for which, who in recent if which == reply_to), None)
            speakers = heard_by(to, signs, messages, speakers, model)
        speakers = (*speakers[:at], said, *speakers[at + 1 :])
        contexts = contexts or said.shown.context > 0
    recent = (*recent[1 - RECENT :], (number, author)) if len(speakers) > 2 else ()
    now = new(State, (
        speakers, messages + 1, said.words_day, first_at, timed, recent, peak, steering, level, contexts, pooled,
    ))  # fmt: skip
    if len(speakers) > MOST_SPEAKERS:
        now = _pooled(now, author, model)
    return _judged(now, evidence, model)


def evidence_of(speaking: Speaking, state: State, model: Model) -> int:
    """Give what a speaker's signs and words add up to now, in thousandths.

    Signs are faded, discounted and widened by their spread; words, and that only one speaks like it, are faded.
    """
    _, _, _, _, last, words, words_day, _, _, ahead, _, _, _, shown = speaking
    before, today = state.messages - 1, state.day
    if ahead:
        words += ahead * model.one_sided // 1000
    if words:
        words = model.fading_words.of(words, before - last, today - words_day)
    if shown is NOTHING_SHOWN:
        return words
    strong, weak, _, number, day, _, groups, _, _, _, _, _, _, _ = shown
    if strong:
        strong = model.fading_strong.of(strong, before - number, today - day)
    if weak:
        weak = model.fading_weak.of(weak, before - number, today - day)
    if weak and state.contexts:
        weak -= weak * context_discount(state, speaking.name, model) // 1000
    return (strong + weak) * model.spread[groups.bit_count()] // 1000 + words


def spoken(speaking: Speaking, model: Model) -> int:
    """Give what a speaker's words came to when he last spoke, and that only he spoke like it, in thousandths."""
    return speaking.words + speaking.ahead * model.one_sided // 1000


def can_be_judged(speaking: Speaking) -> bool:
    """Tell whether anything can be said of a speaker: enough messages, or a strong sign."""
    return speaking.messages >= ENOUGH_MESSAGES or speaking.shown.any_strong


def context_discount(state: State, name: Speaker | None, model: Model | None = None) -> int:
    """Give what others' safe contexts take off weak signs of `name`, in thousandths; at most half.

    Others' only: nobody talks himself harmless.
    """
    model = model or packaged_model()
    total = 0
    for other in state.speakers:
        shown = other.shown
        if shown.context and other.name != name:
            messages, days = state.messages - 1 - shown.number, state.day - shown.day
            total += model.fading_weak.of(shown.context, messages, days)
    return min(total, model.context_most)


def _speaking(speakers: tuple[Speaking, ...], name: str | None) -> tuple[int, Speaking]:
    """A speaker, and which he is."""
    for at, speaking in enumerate(speakers):
        if speaking.name == name:
            return at, speaking
    return len(speakers), Speaking(name, 0, 0, 0, -1, 0, 0, 0, 0, 0, "", None, 0, NOTHING_SHOWN)


def _said(before: Speaking, message: Message, state: State, model: Model) -> tuple[Found | None, Speaking]:
    """What the message shows, and its speaker after saying it."""
    # Taken apart at once, here and below: to read a named tuple part by part takes twice as long.
    name, messages, night, unseen, last, words, words_day, dutch, steers, _, tail, tail_at, pieces, shown = before
    _, _, time, text, kind, _, _ = message
    found = None
    day = state.day
    if time is not None:
        day = max(day, time.toordinal())  # a time that runs backwards fades nothing
        night += time.hour in _NIGHT
    if words:
        words = model.fading_words.of(words, state.messages - last, day - words_day)
    if text and kind not in _NO_WORDS:
        goes_on = tail and _goes_on(tail_at, pieces, time)
        found = model.matcher.find(text, tail if goes_on and len(text) <= _LONGEST_PIECE else "")
        tail, pieces = (f"{tail} {found.text}", pieces + 1) if goes_on else (found.text, 1)
        if len(tail) > TAIL_CHARACTERS:
            tail = tail[-TAIL_CHARACTERS:].partition(" ")[2]
        risk, steering, dutch = model.weigh(found, dutch)
        words = max(0, words + risk)
        steers = within(steers + steering, -model.steers_most, model.steers_most)
    else:
        tail, pieces = "", 0
    return found, new(Speaking, (
        name, messages + 1, night, unseen + (kind is not _TEXT), state.messages,
        words, day, dutch, steers, _ahead(steers, name, state, model), tail, time, pieces, shown,
    ))  # fmt: skip


def _ahead(steers: int, name: Speaker | None, state: State, model: Model) -> int:
    """How far one who speaks now is ahead in speaking like who steers; 0 when alone or in balance.

    Kept as it stood when he spoke, so that what others say afterwards never adds to it.
    """
    most = None
    for other in state.speakers:
        if other.name != name and (most is None or other.steers > most):
            most = other.steers
    return 0 if most is None else within(steers - most, 0, model.one_sided_most)


def _goes_on(tail_at: datetime | None, pieces: int, time: datetime | None) -> bool:
    """Whether a speaker is still in the middle of the same words: within a minute, or three messages."""
    if tail_at is None or time is None or (time.tzinfo is None) != (tail_at.tzinfo is None):
        return pieces < TAIL_PIECES
    return time - tail_at <= TAIL_LIFE


def _pooled(state: State, speaking: str | None, model: Model) -> State:
    """Let one speaker go: who has shown least, then has been silent longest; never who speaks now."""
    others = [s for s in state.speakers if s.name != speaking]
    least = min(others, key=lambda s: (evidence_of(s, state, model), s.last))
    kept = tuple(s for s in state.speakers if s is not least)
    return state._replace(speakers=kept, pooled=state.pooled + 1)


def _judged(state: State, evidence: tuple[Evidence, ...], model: Model) -> tuple[State, Risk]:
    most = -1
    for speaking in state.speakers:
        _, messages, _, _, _, words, _, _, _, ahead, _, _, _, shown = speaking
        at_most = words
        if ahead:
            at_most += ahead * model.one_sided // 1000
        if shown is not NOTHING_SHOWN:
            at_most += shown.at_most
        # Evidence only fades until more is shown: who had no more than the highest so far has not more now.
        if at_most > most and (messages >= ENOUGH_MESSAGES or shown.any_strong):
            most = max(most, evidence_of(speaking, state, model)) if at_most else 0
    now = -1
    if most >= 0:
        now = model.risk_of(most)
        if now > state.peak:
            state = state._replace(peak=now, level=model.level_of(now))
    if state.level in _NAMING and (steering := _who_steers(state)) != state.steering:
        state = state._replace(steering=steering)
    return state, _risk(state, now, evidence)


def _who_steers(state: State) -> Speaker | None:
    """Who has shown most of steering, and spoken most like it, in the whole conversation so far."""
    return max(state.speakers, key=lambda speaking: speaking.shown.at_most + speaking.steers).name


def _risk(state: State, now: int, evidence: tuple[Evidence, ...]) -> Risk:
    level = state.level
    if level is None:
        return new(Risk, (None, None, None, None, None, evidence))
    current = None if now < 0 else now / RISK_ONE
    peak = state.peak / RISK_ONE
    if level is _NONE:
        return new(Risk, (current, peak, level, None, None, evidence))
    return new(Risk, (current, peak, level, state.steering, _tempo(state), evidence))


def _tempo(state: State) -> float | None:
    """Hours to the first request of whoever steers; None unless every message so far had a time."""
    if state.timed:
        for speaking in state.speakers:
            if speaking.name == state.steering:
                return speaking.shown.asked_after
    return None
