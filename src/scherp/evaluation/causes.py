"""Why a judgement went wrong: one cause each, told mechanically from how the case comes out when read in other ways.

A case has the first cause that holds, in the order in which each enumeration stands, so causes add up to the errors.
A way changes one thing of the shipped engine and nothing else (see `ways`): where that alone would have mended the
error, it is the cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scherp.evaluation.metrics import EARLY_REQUEST
from scherp.signs.vocabulary import signs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.conversation import SignId, Speaker

Cause = TypeVar("Cause")


class Way(StrEnum):
    """In which way a case is read: as shipped, or with one thing changed."""

    SHIPPED = "shipped"
    MARKED = "marked"
    NO_CONTEXTS = "no_contexts"
    NO_FADING = "no_fading"
    WORDS_ADD = "words_add"
    SIGNS_ALONE = "signs_alone"


class Missed(StrEnum):
    """Why a risky conversation had no alarm."""

    CANNOT_SAY = "cannot_say"
    PATTERNS = "patterns"
    NO_SIGN = "no_sign"
    CONTEXTS = "contexts"
    FADING = "fading"
    WORDS = "words"
    THRESHOLD = "threshold"
    WEIGHTS = "weights"


class Late(StrEnum):
    """Why an alarm did not come before the first request."""

    EARLY = "early"
    CANNOT_SAY = "cannot_say"
    PATTERNS = "patterns"
    NO_SIGN = "no_sign"
    CONTEXTS = "contexts"
    FADING = "fading"
    WORDS = "words"
    AT_REQUEST = "at_request"
    THRESHOLD = "threshold"
    WEIGHTS = "weights"


class Wrong(StrEnum):
    """Why a harmless piece had an alarm."""

    WORDS_ALONE = "words_alone"
    MISREAD = "misread"
    ONE_STRONG = "one_strong"
    SIGNS = "signs"
    HARD = "hard"
    TOGETHER = "together"


class WrongPerson(StrEnum):
    """Why the right one was not named as who steers."""

    NOBODY = "nobody"
    PATTERNS = "patterns"
    WORDS = "words"
    SIGNS = "signs"
    BOTH = "both"


class Seen(NamedTuple):
    """A sign, and the number of the message that shows it."""

    message: int
    sign: SignId


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case comes out, read in one way.

    says_from, attend_at, alarm_at: number of the message from which anything can be said, and at which the level
    reached `attend`, `concern`; or None. peak: the highest risk, or None. by_signs, by_words: who is ahead in signs
    of steering, and in speaking like who steers, at the end.
    """

    says_from: int | None = None
    attend_at: int | None = None
    alarm_at: int | None = None
    peak: float | None = None
    steering: Speaker | None = None
    by_signs: Speaker | None = None
    by_words: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A case, read in every way; `Way.MARKED` only where a reader marked it.

    shows: signs of steering of who steers (of anybody, where that is not known), as marked; as found, where no reader
    marked it. found: every sign of steering that the patterns saw. request: the first request marked by hand.
    steering: who steers, where that is known.
    """

    risky: bool
    ways: Mapping[Way, Outcome]
    shows: tuple[Seen, ...] = ()
    found: tuple[Seen, ...] = ()
    request: int | None = None
    steering: Speaker | None = None

    @property
    def shipped(self) -> Outcome:
        """How it comes out as shipped."""
        return self.ways[Way.SHIPPED]

    @property
    def before_alarm(self) -> list[Seen]:
        """The signs of steering that the patterns saw up to the alarm; all, where there was none."""
        alarm = self.shipped.alarm_at
        return [seen for seen in self.found if alarm is None or seen.message <= alarm]

    def warns(self, way: Way) -> bool:
        """Tell whether it has an alarm when read in this way."""
        return way in self.ways and self.ways[way].alarm_at is not None

    def in_time(self, way: Way) -> bool:
        """Tell whether it has an alarm before the first request when read in this way."""
        alarm = self.ways[way].alarm_at if way in self.ways else None
        return alarm is not None and self.request is not None and alarm < self.request


def missed(read: Read) -> Missed | None:
    """Give why a risky conversation had no alarm; None where it had one."""
    if not read.risky or read.warns(Way.SHIPPED):
        return None
    return _first(
        (Missed.CANNOT_SAY, read.shipped.says_from is None),
        (Missed.PATTERNS, read.warns(Way.MARKED)),
        (Missed.NO_SIGN, not read.shows),
        (Missed.CONTEXTS, read.warns(Way.NO_CONTEXTS)),
        (Missed.FADING, read.warns(Way.NO_FADING)),
        (Missed.WORDS, read.warns(Way.WORDS_ADD)),
        (Missed.THRESHOLD, read.shipped.attend_at is not None),
        (Missed.WEIGHTS, True),
    )


def late(read: Read) -> Late | None:
    """Give why an alarm did not come before the first request marked by hand; None where it did, or where none came."""
    alarm, request = read.shipped.alarm_at, read.request
    if not read.risky or alarm is None or request is None or alarm < request:
        return None
    says_from, attend = read.shipped.says_from, read.shipped.attend_at
    at_best = read.ways[Way.MARKED].alarm_at if Way.MARKED in read.ways else alarm
    return _first(
        (Late.EARLY, request < EARLY_REQUEST),
        (Late.CANNOT_SAY, says_from is None or says_from >= request),
        (Late.PATTERNS, read.in_time(Way.MARKED)),
        (Late.NO_SIGN, not any(seen.message < request for seen in read.shows)),
        (Late.CONTEXTS, read.in_time(Way.NO_CONTEXTS)),
        (Late.FADING, read.in_time(Way.NO_FADING)),
        (Late.WORDS, read.in_time(Way.WORDS_ADD)),
        (Late.AT_REQUEST, request in {alarm, at_best}),
        (Late.THRESHOLD, attend is not None and attend < request),
        (Late.WEIGHTS, True),
    )


def wrong(read: Read) -> Wrong | None:
    """Give why a harmless piece had an alarm; None where it had none."""
    if read.risky or not read.warns(Way.SHIPPED):
        return None
    found = read.before_alarm
    return _first(
        (Wrong.WORDS_ALONE, not found),
        (Wrong.MISREAD, Way.MARKED in read.ways and not read.warns(Way.MARKED)),
        (Wrong.ONE_STRONG, len(found) == 1 and signs()[found[0].sign].strong),
        (Wrong.SIGNS, read.warns(Way.SIGNS_ALONE)),
        (Wrong.HARD, read.warns(Way.MARKED)),
        (Wrong.TOGETHER, True),
    )


def wrong_person(read: Read) -> WrongPerson | None:
    """Give why the right one was not named; None where they were, or where nobody knows who it is."""
    shipped, right = read.shipped, read.steering
    if not read.risky or right is None or shipped.steering == right:
        return None
    return _first(
        (WrongPerson.NOBODY, shipped.steering is None),
        (WrongPerson.PATTERNS, Way.MARKED in read.ways and read.ways[Way.MARKED].steering == right),
        (WrongPerson.WORDS, shipped.by_signs == right),
        (WrongPerson.SIGNS, shipped.by_words == right),
        (WrongPerson.BOTH, True),
    )


def _first(*causes: tuple[Cause, bool]) -> Cause:
    """The first cause that holds; the last of each list always does."""
    return next(cause for cause, holds in causes if holds)
