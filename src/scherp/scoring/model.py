"""The packaged weights, read once and laid out for speed. Integers all the way: no sum of floats."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.conversation import Level
from scherp.scoring.words import NO_WORDS, Words, packaged_words
from scherp.signs.matcher import Matcher, matcher
from scherp.signs.vocabulary import Group, signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scherp.conversation import SignId
    from scherp.signs.matcher import Found
    from scherp.signs.vocabulary import Sign

ONE = 1 << 16
"""The fixed-point 1 of the decay tables."""
RISK_ONE = 10_000
"""Risk is kept in whole ten-thousandths."""
REQUESTS = ("image_request", "camera_request", "meeting_request", "third_party")
"""With every sign of forcing, the signs that end the tempo (signs.md)."""

ALONE = 1000
"""What a group of signs weighs where no words do, in thousandths of what was set by hand."""

_TABLE_OF_MESSAGES = 8192
_TABLE_OF_DAYS = 512


@dataclass(frozen=True, slots=True)
class Fading:
    """How evidence fades: what is left of `ONE` after so many messages, after so many days."""

    by_message: tuple[int, ...]
    by_day: tuple[int, ...]

    def of(self, value: int, messages: int, days: int) -> int:
        """Give what is left of `value`; nothing fades before its time."""
        if messages > 0:
            value = value * self.by_message[messages if messages < _TABLE_OF_MESSAGES else -1] >> 16
        return value * self.by_day[days if days < _TABLE_OF_DAYS else -1] >> 16 if days > 0 else value


class SignWeight(NamedTuple):
    """What `step` needs to know of a sign.

    strength: thousandths of a log-odds unit; 0 for the other side's and for safe contexts. strong: fades slowly, and is
    enough by itself to be judged. bit: of its group, among the groups of steering; 0 for the others. is_request: ends
    the tempo.
    """

    id: SignId
    group: Group
    strength: int
    strong: bool
    bit: int
    is_request: bool


@dataclass(frozen=True, slots=True)
class Model:
    """Everything `step` needs to know beside the state.

    signs: by the sign's number (its place in `vocabulary.signs()`); what each weighs beside words. alone: what each
        weighs where no words do, as set by hand.
    """

    matcher: Matcher
    signs: tuple[SignWeight, ...]
    alone: tuple[int, ...]
    repeat: tuple[int, ...]
    spread: tuple[int, ...]
    told: Mapping[str, int]
    words: Words
    words_lean: int
    words_least: int
    words_most: int
    steers_each: int
    steers_most: int
    other_side_steers: int
    one_sided: int
    one_sided_most: int
    context_each: int
    context_most: int
    fading_strong: Fading
    fading_weak: Fading
    fading_words: Fading
    curve: tuple[int, ...]
    thresholds: tuple[tuple[int, Level], ...]

    def weigh(self, found: Found, dutch: int = 0) -> tuple[int, int, int]:
        """Give what a message's words add, in thousandths: to its speaker's evidence, and to who steers; and `dutch`.

        dutch: how much more Dutch than English its speaker has written, before it and with it (`Words.weigh`).

        Within bounds, so that no single message decides. A message that shows a sign never takes evidence away:
        nobody talks himself harmless.
        """
        words, signs = found
        if not words:
            return 0, 0, dutch
        risk, steers, dutch = self.words.weigh(words, dutch)
        risk += self.words_lean
        if not signs:
            steers = within(steers, -self.steers_each, self.steers_each)
            return within(risk, self.words_least, self.words_most), steers, dutch
        shows_steering = any(self.signs[sign].strength for sign in signs)
        least = 0 if shows_steering else -self.steers_each
        return within(risk, 0, self.words_most), within(steers, least, self.steers_each), dutch

    def sign(self, sign: SignId) -> SignWeight | None:
        """Give what is known of a sign; None for one that is no more."""
        return next((known for known in self.signs if known.id == sign), None)

    def without_words(self) -> Model:
        """Give the same model, to which signs are all that counts, and count in full."""
        signs = tuple(sign._replace(strength=full) for sign, full in zip(self.signs, self.alone, strict=True))
        return replace(self, signs=signs, words=NO_WORDS, words_lean=0, one_sided=0)

    def risk_of(self, evidence: int) -> int:
        """Give the risk, in ten-thousandths, of so much evidence; never falls as evidence rises."""
        return self.curve[evidence if evidence < len(self.curve) else -1]

    def level_of(self, risk: int) -> Level:
        """Give the level that a risk in ten-thousandths reaches."""
        return next((level for least, level in self.thresholds if risk >= least), Level.NONE)


def within(value: int, least: int, most: int) -> int:
    """Give a value, or the bound that it is beyond. By comparing: this runs for every message."""
    if value < least:
        return least
    if value > most:
        return most
    return value


@cache
def packaged_model() -> Model:
    """Give the model that ships with this version."""
    return make_model(signs(), packaged_weights(), packaged_words())


def packaged_weights() -> dict[str, Any]:
    """Give what was set by hand and what was learned, as plain values."""
    return weights_by_hand() | _weights("learned.toml")


def weights_by_hand() -> dict[str, Any]:
    """Give what was set by hand, as plain values."""
    return _weights("weights.toml")


def _weights(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def make_model(vocabulary: Mapping[SignId, Sign], weights: Mapping[str, Any], words: Words) -> Model:
    """Lay out weights (the form of `weights.toml` and `learned.toml`) over a vocabulary, beside learned words.

    KeyError if a sign has no weight.
    """
    return Model(
        matcher=matcher(),
        signs=tuple(_sign_weight(sign, weights) for sign in vocabulary.values()),
        alone=tuple(_strength(sign, weights, ALONE) for sign in vocabulary.values()),
        repeat=tuple(weights["repeat"]["thousandths"]),
        spread=tuple(weights["spread"]["thousandths"]),
        told=dict(weights["told"]),
        words=words,
        words_lean=weights["message"]["lean"],
        words_least=weights["message"]["least"],
        words_most=weights["message"]["most"],
        steers_each=weights["steers"]["each"],
        steers_most=weights["steers"]["most"],
        other_side_steers=weights["steers"]["other_side"],
        one_sided=weights["steers"]["one_sided"],
        one_sided_most=weights["steers"]["one_sided_most"],
        context_each=weights["context"]["each"],
        context_most=min(weights["context"]["most"], 500),
        fading_strong=_fading(weights["decay"]["strong_messages"], weights["decay"]["strong_days"]),
        fading_weak=_fading(weights["decay"]["weak_messages"], weights["decay"]["weak_days"]),
        fading_words=_fading(weights["decay"]["words_messages"], weights["decay"]["words_days"]),
        curve=_curve(weights["curve"]["points"]),
        thresholds=_thresholds(weights["level"]),
    )


_NOT_STEERING = (Group.OTHER_SIDE, Group.SAFE_CONTEXT)
_BIT = {group: 1 << n for n, group in enumerate(group for group in Group if group not in _NOT_STEERING)}


def _sign_weight(sign: Sign, weights: Mapping[str, Any]) -> SignWeight:
    is_request = sign.id in REQUESTS or sign.group is Group.FORCING
    strength = _strength(sign, weights, weights["group"].get(sign.group.value, 0))
    return SignWeight(sign.id, sign.group, strength, sign.strong, _BIT.get(sign.group, 0), is_request)


def _strength(sign: Sign, weights: Mapping[str, Any], share: int) -> int:
    """What a sign adds, in thousandths: so many thousandths of what was set by hand."""
    if sign.group in _NOT_STEERING:
        return 0
    own = weights["sign"][sign.id]
    if own.get("urgent"):
        return _least_for(weights["level"]["urgent"], weights["curve"]["points"])
    return int(own["strength"]) * share // ALONE


def _least_for(risk: float, points: Sequence[tuple[int, float]]) -> int:
    """The first point of the curve at which this risk is reached."""
    return next(evidence for evidence, reached in points if reached >= risk)


def _fading(messages: int, days: int) -> Fading:
    return Fading(_halving(messages, _TABLE_OF_MESSAGES), _halving(days, _TABLE_OF_DAYS))


def _halving(half_life: int, length: int) -> tuple[int, ...]:
    """What is left after 0, 1, 2 ... steps: halved at each half-life, a straight line between halvings.

    A straight line and not a power, so that it is exact in integers on every machine.
    """
    left: list[int] = []
    for n in range(length):
        halvings, rest = divmod(n, half_life)
        left.append(((ONE >> halvings) * (2 * half_life - rest)) // (2 * half_life))
    return tuple(left)


def _curve(points: Sequence[tuple[int, float]]) -> tuple[int, ...]:
    """Risk in ten-thousandths for every evidence from 0 to the last point."""
    risks: list[int] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        low, high = round(y0 * RISK_ONE), round(y1 * RISK_ONE)
        risks += [low + (high - low) * (x - x0) // (x1 - x0) for x in range(x0, x1)]
    return (*risks, round(points[-1][1] * RISK_ONE))


def _thresholds(levels: Mapping[str, float]) -> tuple[tuple[int, Level], ...]:
    return tuple(
        (round(levels[level.value] * RISK_ONE), level) for level in (Level.URGENT, Level.CONCERN, Level.ATTEND)
    )
