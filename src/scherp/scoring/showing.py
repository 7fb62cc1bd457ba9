"""What it means, at this moment of this conversation, that a speaker shows a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Evidence
from scherp.scoring.state import Shown
from scherp.signs.vocabulary import Group

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.conversation import Message, Speaker
    from scherp.scoring.model import Model
    from scherp.scoring.state import Speaking, State

QUICK_HOURS = 48.0
"""The two-day reference (Centrum Seksueel Geweld, 2023)."""

_MOST_TIMES = 255
_make_evidence, _make_shown = Evidence._make, Shown._make
_OTHER_SIDE, _SAFE_CONTEXT = Group.OTHER_SIDE, Group.SAFE_CONTEXT  # looked up once


class Told(NamedTuple):
    """What somebody heard from the other side. refused_at, afraid_at: number of the message, or -1."""

    minor_age: bool
    refused_at: int
    afraid_at: int


class Moment(NamedTuple):
    """One message at its place: the state with its speaker in it, before its signs are added."""

    state: State
    said: Speaking
    message: Message
    model: Model

    def add(self, signs: tuple[int, ...]) -> tuple[tuple[Evidence, ...], Shown]:
        """Give the evidence of these signs, and what the speaker has shown with it."""
        state, said, message, model = self
        name, shown = said.name, said.shown
        strong, weak, context = self._faded(shown)
        _, _, _, _, _, counted, groups, any_strong, _, minor, refused, afraid, heard, asked_after = shown
        counts = bytearray(counted or bytes(len(model.ids)))
        news = Told(minor, refused, afraid)
        told, hours = self._told(), self._hours()
        evidence: list[Evidence] = []
        for sign in signs:
            group, times = model.group[sign], counts[sign]
            strength = self._strength(sign, times, told, hours) if model.strength[sign] else 0
            evidence.append(_make_evidence((model.ids[sign], message.number, name, strength, None)))
            if times < _MOST_TIMES:
                counts[sign] = times + 1
            if group is _SAFE_CONTEXT:
                context = min(context + model.context_each, model.context_most)
            elif group is _OTHER_SIDE:
                news = _later(news, self._news((sign,)))
            else:
                if model.strong[sign]:
                    strong, any_strong = strong + strength, True
                else:
                    weak += strength
                groups |= model.group_bit[sign]
                if model.is_request[sign] and asked_after is None:
                    asked_after = hours
        at_most = (strong + weak) * model.spread[groups.bit_count()] // 1000
        return tuple(evidence), _make_shown((
            strong, weak, context, said.last, state.day, bytes(counts), groups, any_strong, at_most,
            *news, heard, asked_after,
        ))  # fmt: skip

    def steers(self, signs: tuple[int, ...]) -> int:
        """Give what these signs take from how much somebody steers: who steers seldom says what the other side says."""
        said = sum(self.model.group[sign] is _OTHER_SIDE for sign in signs)
        return -said * self.model.other_side_steers

    def heard_by(self, signs: tuple[int, ...]) -> tuple[Speaking, ...]:
        """Give all speakers, where whom this message explicitly answers has heard what it says.

        Where there are two, nothing need be kept: what one said, the other heard.
        """
        to = self._answered()
        if to is None:
            return self.state.speakers
        heard = self._news(signs)
        return tuple(
            s._replace(shown=s.shown._replace(told=_later(s.shown.told, heard))) if s.name == to else s
            for s in self.state.speakers
        )

    def _strength(self, sign: int, times: int, told: Told, hours: float | None) -> int:
        model = self.model
        often = model.repeat[min(times, len(model.repeat) - 1)]
        weight = 1000 + self._weighed(sign, times, told)
        if model.is_request[sign] and hours is not None and hours <= QUICK_HOURS:
            weight += model.told["quick"]
        return model.strength[sign] * often * weight // 1_000_000

    def _weighed(self, sign: int, times: int, told: Told) -> int:
        """What the other side's words add to this sign, in thousandths."""
        table = self.model.told
        extra = table["minor_age"] if told.minor_age else 0
        if times and self._recent(told.refused_at):
            extra += table["refused"]
        if self.model.strong[sign] and self._recent(told.afraid_at):
            extra += table["afraid"]
        return extra

    def _recent(self, number: int) -> bool:
        return number >= 0 and self.said.last - number <= self.model.told["remembered"]

    def _faded(self, shown: Shown) -> tuple[int, int, int]:
        """What is left now of a speaker's strong and weak evidence and of the contexts."""
        messages, days = self.said.last - shown.number, self.state.day - shown.day
        strong, weak = self.model.fading_strong, self.model.fading_weak
        return (
            strong.of(shown.strong, messages, days),
            weak.of(shown.weak, messages, days),
            weak.of(shown.context, messages, days),
        )

    def _news(self, signs: tuple[int, ...]) -> Told:
        ids, number = {self.model.ids[sign] for sign in signs}, self.said.last
        return Told(
            "states_minor_age" in ids,
            number if "refusal" in ids else -1,
            number if "fear_or_distress" in ids else -1,
        )

    def _told(self) -> Told:
        told = Told(*self.said.shown.told)
        if len(self.state.speakers) != 2 or self.state.pooled or self.said.name is None:
            return told
        other = next(s for s in self.state.speakers if s.name != self.said.name).shown
        return _later(told, (other.said_minor, other.refused_at, other.afraid_at))

    def _answered(self) -> Speaker | None:
        if self.message.reply_to is None or len(self.state.speakers) < 3:
            return None
        return next((who for number, who in self.state.recent if number == self.message.reply_to), None)

    def _hours(self) -> float | None:
        """Hours since the first contact; None when a time is missing; 0 when time runs backwards."""
        first, now = self.state.first_at, self.message.time
        if not self.state.timed or not _comparable(first, now):
            return None
        return max(0.0, round((now - first).total_seconds() / 3600, 2))  # type: ignore[operator]


def _later(known: tuple[bool, int, int], news: tuple[bool, int, int]) -> Told:
    return Told(known[0] or news[0], max(known[1], news[1]), max(known[2], news[2]))


def _comparable(first: datetime | None, now: datetime | None) -> bool:
    return first is not None and now is not None and (first.tzinfo is None) == (now.tzinfo is None)
