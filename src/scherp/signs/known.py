"""What is known of a word: the rules that it may begin a look for, and where their other words have to stand.

A rule is found by its rarest word, and tried only where all its words stand in order and near enough.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from scherp.signs.places import BEGIN, END, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scherp.signs.places import Row

MOST_TOKENS = 50_000
"""How many words are remembered at most."""

RESPELT, MASKED, LIVE, LETTER = 1, 2, 4, 8
"""What a token is: written out, never shown, of some rule, a single letter."""

FURTHEST = 32
"""How many words before or after its rarest word a need of a way may stand, at most; a test holds the index to it."""
_NOBODY = [frozenset[int]()] * FURTHEST
"""What stands before a message, and after it: a place in it is counted from the first of these."""
_NONE: dict[int, tuple[Tried, ...]] = {}  # one for all words that have none: what many look at stays near at hand

Spot: TypeAlias = tuple[int, int, int]
"""A need, and from where to before where it has to be met."""
Tried: TypeAlias = "tuple[int, int, int, Way]"
"""A way, behind one of its spots."""


class Exceptions:
    """What a match may not overlap, for one sign in one language.

    hopes: the bits of the rarest needs of each. unless: by that need, the bits of all needs to meet, and the shape.
    """

    __slots__ = ("hopes", "unless")

    def __init__(self, unless: Iterable[tuple[Sequence[Sequence[int]], Row]]) -> None:
        self.unless: dict[int, list[tuple[int, Row]]] = {}
        for ways, shape in unless:
            for rarest, *others in ways:
                self.unless.setdefault(rarest, []).append((in_bits({rarest, *others}), shape))
        self.hopes = in_bits(self.unless)

    def spans(self, places: Places, known: Iterable[Known]) -> list[tuple[int, int]]:
        """Give every place where one of these holds."""
        met = 0
        for k in known:
            met |= k.excepts
        return [
            span
            for rarest in _bits_of(self.hopes & met)
            for needs, shape in self.unless[rarest]
            if needs & met == needs
            for span in places.spans(shape)
        ]


class Rule(NamedTuple):
    """One choice that a pattern of a sign offers."""

    number: int
    sign: int
    shape: Row
    exceptions: Exceptions

    def spans(self, places: Places, excepted: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Give every stretch of words (first, one past the last) where it holds and overlaps none of `excepted`."""
        for first, last in places.spans(self.shape):
            if not any(start < last and first < end for start, end in excepted):
                yield first, last

    def holds(self, places: Places, known: Iterable[Known], starts: int) -> bool:
        """Tell whether it holds anywhere; it can begin only at `starts`."""
        if not places.after(self.shape, starts):
            return False
        excepted = self.exceptions.hopes and self.exceptions.spans(places, known)
        return not excepted or any(True for _ in self.spans(places, excepted))


class Way(NamedTuple):
    """One way in which a rule can hold, found by its rarest word.

    needs: every other, the one that is looked for first in front. looks_back: that one stands before the rarest word.
    spots: each of them, and from where to before where it has to be met, counted from `FURTHEST` places before the
    rarest word. The one that is looked for first comes last: that it is met somewhere is known by then.
    marks: where the message has to begin and end, at least, at most so many words further on.
    starts, back: the rule begins at one of `starts`, counted from `back` words before the rarest word.
    """

    rule: Rule
    needs: tuple[int, ...]
    looks_back: bool
    spots: tuple[Spot, ...]
    marks: tuple[tuple[str, int, int], ...]
    starts: int
    back: int

    def fits(self, around: Sequence[frozenset[int]], place: int) -> bool:
        """Tell whether all but the first spot is met where it has to be, the rarest word standing at this place.

        The first is looked at before the way itself is: see `fitting`.
        """
        for need, begin, end in self.spots[1:]:
            for sets in around[place + begin : place + end]:
                if need in sets:
                    break
            else:
                return False
        if not self.marks:
            return True
        ends = {BEGIN: 0, END: len(around) - 2 * FURTHEST}
        return all(place + least <= ends[mark] <= place + most for mark, least, most in self.marks)

    def begins(self, place: int) -> int:
        """Give the places where the rule may begin, its rarest word standing at this place."""
        return self.starts << place >> self.back

    def needs_more(self, places: Places, part: int) -> bool:
        """Tell whether all needs are met somewhere, but not all of them in this part of the message."""
        at = [places.of(need) for need in self.needs]
        return all(at) and not all(met & part for met in at)


class Known:
    """What is known of a word as it is read.

    what: `RESPELT`, `MASKED`, `LIVE`, `LETTER` together. sets: the numbers of the sets of words that it belongs to.
    alone: the ways of which it is the rarest word that need no other. before, after: those that do, by the bit of the
    need that is looked for first, before it or after it; each with the spot that most often rules it out.
    gives: the bits of what it meets for a word after it, and of what it looks for after it. wants: the bits of what it
    looks for before it, and of what it meets for a word before it; so that `wants & gives` of an earlier word are where
    the two together may show something. excepts: the bits of what it meets of exceptions. parts: nothing here; see
    `Respelt`.
    """

    __slots__ = ("after", "alone", "before", "excepts", "gives", "sets", "wants", "what", "word")
    parts: tuple[Known, ...] = ()

    def __init__(self, word: str, sets: frozenset[int], meets_before: int, meets_after: int, excepts: int) -> None:
        self.word = word
        self.sets = sets
        self.gives = meets_before
        self.wants = meets_after
        self.excepts = excepts
        self.alone: tuple[Tried, ...] = ()
        self.before: Mapping[int, tuple[Tried, ...]] = _NONE
        self.after: Mapping[int, tuple[Tried, ...]] = _NONE
        self.what = (MASKED if is_masked(word) else 0) | (LETTER if _is_letter(word) else 0)

    def add(self, ways: Iterable[Way], before: Mapping[int, int], after: Mapping[int, int]) -> None:
        """Take the ways of which it is the rarest word; `before`, `after`: the bits of the needs looked for first."""
        alone: list[Tried] = []
        looking: tuple[dict[int, list[Tried]], ...] = ({}, {})
        for way in ways:
            self.what |= LIVE
            if way.needs:
                bits = before if way.looks_back else after
                looking[way.looks_back].setdefault(bits[way.needs[0]], []).append((*way.spots[0], way))
            else:  # a spot that is always met: the word itself
                alone.append((next(iter(self.sets)), FURTHEST, FURTHEST + 1, way))
        self.alone = tuple(alone)
        after_it, before_it = ({bit: tuple(tried) for bit, tried in found.items()} for found in looking)
        if before_it:
            self.before = before_it
            self.wants |= in_bits(before_it)
        if after_it:
            self.after = after_it
            self.gives |= in_bits(after_it)

    def ways(self) -> Iterator[Way]:
        """Give every way of which it is the rarest word."""
        for tried in (self.alone, *self.before.values(), *self.after.values()):
            for _, _, _, way in tried:
                yield way


class Respelt:
    """A token that is written out, as one word or more; it is what any of these is."""

    __slots__ = ("parts", "what")

    def __init__(self, token: str, parts: tuple[Known, ...]) -> None:
        self.parts = parts
        self.what = RESPELT | (LETTER if _is_letter(token) else 0)
        for part in parts:
            self.what |= part.what


@lru_cache(maxsize=MOST_TOKENS)
def is_masked(token: str) -> bool:
    """Tell whether a word is of the sexual vocabulary: known by its hash only."""
    return hashlib.blake2b(token.encode(), digest_size=6).hexdigest() in _masked_hashes()


@cache
def _masked_hashes() -> frozenset[str]:
    text = (files(__package__) / "spelling" / "masked.txt").read_text(encoding="ascii")
    return frozenset(text.split())


def fitting(known: list[Known]) -> list[tuple[int, Way]]:
    """The ways whose needs are all met where they have to be, each with the place of its rarest word; some twice."""
    hoped = _hoped(known)
    if not hoped:
        return []
    around = _NOBODY + [k.sets for k in known] + _NOBODY
    found = []
    for place, ways in hoped:
        for need, begin, end, way in ways:  # some four times a message: one in eight fits, half ends at the first spot
            if end - begin == 1:
                if need not in around[place + begin]:
                    continue
            else:
                for sets in around[place + begin : place + end]:
                    if need in sets:
                        break
                else:
                    continue
            if way.fits(around, place):
                found.append((place, way))
    return found


def _hoped(known: list[Known]) -> list[tuple[int, tuple[Tried, ...]]]:
    """The ways whose first need is met on the right side: a look at each bit that is set there, not at each way."""
    hoped = []
    met = 0
    for place, k in enumerate(known):
        if k.alone:
            hoped.append((place, k.alone))
        both = k.wants & met
        while both:
            bit = both.bit_length() - 1
            both ^= 1 << bit
            if bit in k.before:
                hoped.append((place, k.before[bit]))
            else:
                hoped += [(at, one.after[bit]) for at, one in enumerate(known[:place]) if bit in one.after]
        met |= k.gives
    return hoped


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _bits_of(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    places = []
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        places.append(lowest.bit_length() - 1)
    return places


def in_bits(needs: Iterable[int]) -> int:
    """Give the number in which these bits are set."""
    return sum(1 << need for need in needs)
