"""What it means, at this moment of this conversation, that a speaker shows a sign.

Named tuples are taken apart at once here, as in `step`: to read them part by part takes twice as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from scherp.conversation import Evidence, new
from scherp.scoring.state import Shown, Speaking
from scherp.signs.vocabulary import Group

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.conversation import Speaker
    from scherp.scoring.model import Model, SignWeight

Told: TypeAlias = "tuple[bool, int, int]"
"""What somebody heard from the other side: a minor age; the number of the last refusal, and of the last fear, or -1."""

QUICK_HOURS = 48.0
"""The two-day reference (Centrum Seksueel Geweld, 2023)."""

_MOST_TIMES = 255
_OTHER_SIDE, _SAFE_CONTEXT = Group.OTHER_SIDE, Group.SAFE_CONTEXT  # looked up once


class Moment(NamedTuple):
    """What makes a sign weigh more or less at this moment.

    number: of the message. told: what its speaker heard from the other side before it. hours: since the first contact;
    None when that is not known.
    """

    number: int
    told: Told
    hours: float | None
    model: Model


def showing(signs: tuple[int, ...], said: Speaking, moment: Moment) -> tuple[tuple[Evidence, ...], Speaking]:
    """Give the evidence of a message's signs, and its speaker, after saying it, with what they add."""
    number, _, hours, model = moment
    name, messages, night, unseen, last, words, day, dutch, steers, ahead, tail, tail_at, pieces, shown = said
    strong, weak, context, before, shown_day, counted, groups, any_strong, _, minor, refused, afraid, heard, asked = (
        shown
    )
    since, days = last - before, day - shown_day
    strong, weak = model.fading_strong.of(strong, since, days), model.fading_weak.of(weak, since, days)
    context = model.fading_weak.of(context, since, days)
    counts = bytearray(counted or bytes(len(model.signs)))
    evidence: list[Evidence] = []
    for sign in signs:
        known, times = model.signs[sign], counts[sign]
        id_, group, strength, is_strong, bit, is_request = known
        if times < _MOST_TIMES:
            counts[sign] = times + 1
        if group is _SAFE_CONTEXT:
            context = min(context + model.context_each, model.context_most)
        elif group is _OTHER_SIDE:
            steers = max(steers - model.other_side_steers, -model.steers_most)
            minor, refused, afraid = _later((minor, refused, afraid), _news(id_, last))
        else:
            strength = _strength(known, times, last, moment)
            if is_strong:
                strong, any_strong = strong + strength, True
            else:
                weak += strength
            groups |= bit
            if is_request and asked is None:
                asked = hours
        evidence.append(new(Evidence, (id_, number, name, strength, None)))
    at_most = (strong + weak) * model.spread[groups.bit_count()] // 1000
    shown = new(Shown, (
        strong, weak, context, last, day, bytes(counts), groups, any_strong, at_most,
        minor, refused, afraid, heard, asked,
    ))  # fmt: skip
    said = new(Speaking, (
        name, messages, night, unseen, last, words, day, dutch, steers, ahead, tail, tail_at, pieces, shown,
    ))  # fmt: skip
    return tuple(evidence), said


def _strength(sign: SignWeight, times: int, last: int, moment: Moment) -> int:
    """What a sign adds at this moment: less when it was shown before, more after what the other side said."""
    _, (minor_age, refused_at, afraid_at), hours, model = moment
    table, repeat = model.told, model.repeat
    weight = 1000
    if minor_age:
        weight += table["minor_age"]
    if times and refused_at >= 0 and last - refused_at <= table["remembered"]:
        weight += table["refused"]
    if sign.strong and afraid_at >= 0 and last - afraid_at <= table["remembered"]:
        weight += table["afraid"]
    if sign.is_request and hours is not None and hours <= QUICK_HOURS:
        weight += table["quick"]
    return sign.strength * repeat[times if times < len(repeat) else -1] * weight // 1_000_000


def told_to(said: Speaking, speakers: tuple[Speaking, ...], *, alone: bool) -> Told:
    """Give what a speaker heard from the other side: what explicit replies said, and, where two are alone, all."""
    told = said.shown.told
    if not alone or len(speakers) != 2 or said.name is None:
        return told
    one, other = speakers
    shown = (other if one.name == said.name else one).shown
    return _later(told, (shown.said_minor, shown.refused_at, shown.afraid_at))


def heard_by(
    to: Speaker | None, signs: tuple[int, ...], last: int, speakers: tuple[Speaking, ...], model: Model
) -> tuple[Speaking, ...]:
    """Give all speakers, where `to`, whom a message explicitly answers, has heard what it says.

    Where there are two, nothing need be kept: what one said, the other heard.
    """
    if to is None:
        return speakers
    heard: Told = (False, -1, -1)
    for sign in signs:
        heard = _later(heard, _news(model.signs[sign].id, last))
    return tuple(
        s._replace(shown=s.shown._replace(told=_later(s.shown.told, heard))) if s.name == to else s for s in speakers
    )


def hours_since(first: datetime | None, now: datetime | None) -> float | None:
    """Give the hours since the first contact; None when a time is missing; 0 when time runs backwards."""
    if first is None or now is None or (first.tzinfo is None) != (now.tzinfo is None):
        return None
    return max(0.0, round((now - first).total_seconds() / 3600, 2))


def _later(known: Told, news: Told) -> Told:
    """Give what was known, with news added."""
    return known[0] or news[0], max(known[1], news[1]), max(known[2], news[2])


def _news(sign: str, number: int) -> Told:
    return (
        sign == "states_minor_age",
        number if sign == "refusal" else -1,
        number if sign == "fear_or_distress" else -1,
    )
