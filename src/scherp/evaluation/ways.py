"""A case read as shipped and in ways that each change one thing, to see what would have mended an error."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from scherp.conversation import Level
from scherp.evaluation.causes import Outcome, Read, Seen, Way
from scherp.evaluation.leaving_out import model_without
from scherp.scoring import START, step
from scherp.scoring.model import ONE, Fading
from scherp.signs.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scherp.conversation import Message, SignId, Speaker
    from scherp.scoring import Model, State
    from scherp.scoring.state import Speaking
    from scherp.signs.matcher import Found

    Marks = Sequence[frozenset[SignId]]


def read_in_every_way(
    messages: Sequence[Message],
    *,
    risky: bool,
    marks: Marks | None = None,
    request: int | None = None,
    steering: Speaker | None = None,
) -> Read:
    """Read a conversation, or a piece, in every way. marks: for each message, the signs that a reader marked."""
    both = {way: _outcome(messages, [model] * len(messages)) for way, model in models().items()}
    outcomes, found = {way: outcome for way, (outcome, _) in both.items()}, both[Way.SHIPPED][1]
    shows = found
    if marks is not None:
        outcomes[Way.MARKED], _ = _outcome(messages, _as_marked(marks))
        shows = _marked(messages, marks)
    of_who_steers = tuple(seen for seen in shows if steering is None or messages[seen.message].author == steering)
    return Read(risky, outcomes, of_who_steers, found, request, steering)


@cache
def models() -> Mapping[Way, Model]:
    """Give the packaged model, and it with one thing changed; `Way.MARKED` changes at every message."""
    shipped = model_without(frozenset())
    lasting = Fading(*((ONE,) * len(left) for left in (shipped.fading_weak.by_message, shipped.fading_weak.by_day)))
    return {
        Way.SHIPPED: shipped,
        Way.NO_CONTEXTS: replace(shipped, context_most=0),
        Way.NO_FADING: replace(shipped, fading_strong=lasting, fading_weak=lasting),
        Way.WORDS_ADD: replace(shipped, words_least=0),
        Way.SIGNS_ALONE: shipped.without_words(),
    }


def is_steering(sign: SignId) -> bool:
    """Tell whether a sign weighs at all: those of the other side and of safe contexts do not."""
    known = models()[Way.SHIPPED].sign(sign)
    return known is not None and known.strength > 0


class _Marked(Matcher):
    """A matcher that reads the words as ever, and sees the signs that a reader marked in the one message it is for."""

    def __init__(self, inner: Matcher, marked: frozenset[SignId]) -> None:  # all else is the inner one's
        vars(self).update(vars(inner))
        self._inner = inner
        self._marked = tuple(n for n, sign in enumerate(inner.ids) if sign in marked)

    def find(self, text: str, before: str = "") -> Found:  # noqa: ARG002  pieces are marked where they stand
        return self._inner.find(text)._replace(signs=self._marked)


def _as_marked(marks: Marks) -> list[Model]:
    shipped = models()[Way.SHIPPED]
    return [replace(shipped, matcher=_Marked(shipped.matcher, here)) for here in marks]


def _marked(messages: Sequence[Message], marks: Marks) -> tuple[Seen, ...]:
    """The signs of steering that a reader marked in messages that hold words."""
    return tuple(
        Seen(message.number, sign)
        for message, here in zip(messages, marks, strict=True)
        for sign in sorted(here)
        if message.text and is_steering(sign)
    )


def _outcome(messages: Sequence[Message], each: Iterable[Model]) -> tuple[Outcome, tuple[Seen, ...]]:
    """How messages come out, each judged by a model of its own, and every sign of steering seen."""
    state, steering, peak = START, None, None
    levels: list[Level | None] = []
    seen: list[Seen] = []
    for message, model in zip(messages, each, strict=True):
        state, risk = step(state, message, model=model)
        levels.append(risk.level)
        steering, peak = risk.steering, risk.peak
        seen += [Seen(e.message, e.sign) for e in risk.evidence if is_steering(e.sign)]
    return Outcome(
        says_from=_first(levels, Level.NONE),
        attend_at=_first(levels, Level.ATTEND),
        alarm_at=_first(levels, Level.CONCERN),
        peak=peak,
        steering=steering,
        by_signs=_ahead(state, lambda speaking: speaking.shown.at_most),
        by_words=_ahead(state, lambda speaking: speaking.steers),
    ), tuple(seen)


def _first(levels: Iterable[Level | None], least: Level) -> int | None:
    return next((n for n, level in enumerate(levels) if level is not None and level.rank >= least.rank), None)


def _ahead(state: State, count: Callable[[Speaking], int]) -> Speaker | None:
    """Who has most of something; nobody where nobody has any."""
    most = max(state.speakers, key=count, default=None)
    return most.name if most is not None and count(most) > 0 else None
