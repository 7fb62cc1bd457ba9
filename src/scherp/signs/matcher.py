"""Which signs a message shows, and which words show them.

Fast because most messages show nothing: a token seen before costs one look-up, and a pattern is tried only when
every word it needs is there. Both languages are tried on every message: people mix.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from scherp.signs.index import packaged_index
from scherp.signs.normaliser import Speller, letters_apart, tokens, words
from scherp.signs.pattern import NUMBER
from scherp.signs.places import ANY_WORD, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scherp.conversation import SignId
    from scherp.signs.places import Row

Sets: TypeAlias = "tuple[frozenset[int], ...]"

SEXUAL_TALK = "sexual_talk"
_MOST_TOKENS = 50_000
_RESPELT, _MASKED, _LIVE, _LETTER = 1, 2, 4, 8


class Found(NamedTuple):
    """What one message shows.

    words: the message as it is read.
    signs: numbers of the signs it shows (their place in `vocabulary.signs()`), ascending.
    """

    words: list[str]
    signs: tuple[int, ...]

    @property
    def text(self) -> str:
        """The words, single-spaced."""
        return " ".join(self.words)


class Mark(NamedTuple):
    """A sign, and the characters of the original text (start, end) that show it."""

    sign: SignId
    start: int
    end: int


class _Exceptions:
    """What a match may not overlap, for one sign in one language.

    hopes: the bits of the rarest needs of each. unless: by that need, the bits of all needs to meet, and the shape.
    """

    __slots__ = ("hopes", "unless")

    def __init__(self, unless: Iterable[tuple[Sequence[Sequence[int]], Row]]) -> None:
        self.hopes = 0
        self.unless: dict[int, list[tuple[int, Row]]] = {}
        for ways, shape in unless:
            for rarest, *others in ways:
                self.hopes |= 1 << rarest
                self.unless.setdefault(rarest, []).append((_bits([rarest, *others]), shape))

    def spans(self, places: Places, met: int) -> list[tuple[int, int]]:
        """Give every place where one of these holds; `met`: the needs that the words meet."""
        return [
            span
            for rarest in _bits_of(self.hopes & met)
            for needs, shape in self.unless[rarest]
            if needs & met == needs
            for span in places.spans(shape)
        ]


class _Rule(NamedTuple):
    """One pattern of one sign."""

    number: int
    sign: int
    shape: Row
    exceptions: _Exceptions

    def spans(self, places: Places, met: int) -> Iterator[tuple[int, int]]:
        """Give every stretch of words (first, one past the last) where it holds; `met`: the needs that they meet."""
        excepted = self.exceptions.spans(places, met)
        for first, last in places.spans(self.shape):
            if not any(start < last and first < end for start, end in excepted):
                yield first, last

    def holds(self, places: Places, met: int, *, across: int = 0) -> bool:
        """Tell whether it holds anywhere; with `across`, only over that place between the words."""
        if not places.holds(self.shape):
            return False
        if not across and not self.exceptions.hopes & met:
            return True
        return any(not across or first < across < last for first, last in self.spans(places, met))


class _Known:
    """What is known of a token.

    words: how it is written out, or None: as it is. meets: a bit for each need it meets.
    sets: for each word of it, the numbers of the sets of words that it belongs to.
    ways: for rules of which it is the rarest word, by the next need to look for: the bits of
    all other needs, and the rule to try when they are met. hopes: the bits of these next needs.
    what: `_RESPELT`, `_MASKED`, `_LIVE`, `_LETTER` together.
    """

    __slots__ = ("hopes", "meets", "sets", "ways", "what", "words")

    def __init__(self, words: tuple[str, ...] | None, meets: int, sets: Sets, ways: Iterable[_Way], what: int) -> None:
        self.words = words
        self.meets = meets
        self.sets = sets
        self.what = what
        self.hopes = 0
        self.ways: dict[int, list[tuple[int, _Rule]]] = {}
        for second, rest, rule in ways:
            self.hopes |= 1 << second
            self.ways.setdefault(second, []).append((rest, rule))


_Way = tuple[int, int, _Rule]
"""The need to look for next, the bits of all needs but the rarest, the rule to try when they are met."""


class Matcher:
    """Finds signs in messages; keeps a bounded memory of tokens, never of messages."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.ids: tuple[SignId, ...] = tuple(row["id"] for row in index["signs"])
        self.speller = Speller(index["lexicon"], index["bare"])
        self._index = index
        self._needs = range(index["needs"] + 1)
        self._beginnings = {word[:-1] for word in index["meets"] if word.endswith("*")}
        self._rules: dict[int, _Rule] = {}
        self._excepted: dict[int, _Exceptions] = {}
        self._sexual = self.ids.index(SEXUAL_TALK) if SEXUAL_TALK in self.ids else None
        self._known: dict[str, _Known] = {}

    def find(self, text: str, before: str = "") -> Found:
        """Give the signs that a message shows, by itself or together with what its speaker wrote just before.

        before: as it was read (`Found.text`), where the two may be one request cut into pieces.
        """
        read, known, met, what = self._look(tokens(text))
        shown: set[int] = set()
        if what & _LIVE:
            shown = _shown(known, met)
        if what & _MASKED and self._sexual is not None:
            shown.add(self._sexual)
        if before:
            shown |= self._across(before, known, met)
        return Found(read, tuple(sorted(shown)) if shown else ())

    def words(self, text: str) -> list[str]:
        """Give the words of a message as they are read."""
        return self._look(tokens(text))[0]

    def _look(self, read: list[str]) -> tuple[list[str], list[_Known], int, int]:
        """Write out what needs it; give the words, what is known of each, the needs they meet, what they are."""
        known, met, what = self._know(read)
        if what & _RESPELT:
            spelt = [word for token, k in zip(read, known, strict=True) for word in k.words or (token,)]
        else:
            spelt = read
        if what & _LETTER and (letters_apart(read) or letters_apart(spelt)):
            spelt = [part.text for part in self.speller.respell(read)]
            known, met, what = self._know(spelt)
        return spelt, known, met, what

    def _across(self, before: str, known: list[_Known], met: int) -> set[int]:
        """The signs that need words of both: neither part has all of them."""
        earlier, met_before, _ = self._know(before.split())
        both = met | met_before
        crossing = [rule for rest, rule in _possible(earlier, both) if rest & met_before != rest]
        crossing += [rule for rest, rule in _possible(known, both) if rest & met != rest]
        if not crossing:
            return set()
        places, place = _places([*earlier, *known]), sum(len(k.sets) for k in earlier)
        return {rule.sign for rule in crossing if rule.holds(places, both, across=place)}

    def marks(self, text: str) -> list[Mark]:
        """Give every place in the original text that shows a sign, for underlining; slow, for quotes."""
        read = words(text, self.speller)
        known, met, _ = self._know([word.text for word in read])
        places = _places(known)
        found = {
            Mark(self.ids[rule.sign], read[first].start, read[max(first, last - 1)].end)
            for rule in _likely(known, met)
            for first, last in rule.spans(places, met)
        }
        if self._sexual is not None:
            found |= {Mark(SEXUAL_TALK, w.start, w.end) for w in read if is_masked(w.text)}
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.sign))

    def masked(self, text: str) -> list[tuple[int, int]]:
        """Give the places (start, end) of words that are never shown, for masking in quotes."""
        return [(w.start, w.end) for w in words(text, self.speller) if is_masked(w.text)]

    def _know(self, read: list[str]) -> tuple[list[_Known], int, int]:
        get, learn = self._known.get, self._learn
        known = [get(token) or learn(token) for token in read]
        met = what = 0
        for k in known:
            met |= k.meets
            what |= k.what
        return known, met, what

    def _learn(self, token: str) -> _Known:
        if len(self._known) > _MOST_TOKENS:
            self._known.clear()
        written = tuple(part.text for part in self.speller.respell([token]))
        names = [name for word in written for name in self._names(word)]
        sets = tuple(self._sets(word) for word in written)
        meets = _bits({number for of_word in sets for number in of_word if number in self._needs})
        ways = [self._way(way) for name in names for way in self._index["ways"].get(name, ())]
        same = written == (token,)
        what = 0 if same else _RESPELT
        what |= _MASKED if any(map(is_masked, written)) else 0
        what |= _LIVE if ways else 0
        what |= _LETTER if any(len(word) == 1 for word in (token, *written)) else 0
        known = _Known(None if same else written, meets, sets, ways, what)
        self._known[token] = known
        return known

    def _way(self, way: list[int]) -> _Way:
        number, *needs = way
        rule = self._rules.get(number)
        if rule is None:
            sign, shape, unless = self._index["rules"][number]
            rule = self._rules[number] = _Rule(number, sign, shape, self._exceptions(unless))
        rest = needs[1:] or needs
        return rest[0], _bits(rest), rule

    def _exceptions(self, number: int) -> _Exceptions:
        found = self._excepted.get(number)
        if found is None:
            found = self._excepted[number] = _Exceptions(self._index["unless"][number])
        return found

    def _sets(self, word: str) -> frozenset[int]:
        found = {number for name in self._names(word) for number in self._index["meets"][name]}
        return frozenset(found if word == "?" else {ANY_WORD, *found})

    def _names(self, word: str) -> list[str]:
        """All by which patterns may call a word: itself, its beginnings, a number."""
        found = [word] if word in self._index["meets"] else []
        if word.isdigit() and NUMBER in self._index["meets"]:
            found.append(NUMBER)
        starts = (word[:n] for n in range(1, len(word) + 1))
        return found + [f"{start}*" for start in starts if start in self._beginnings]


@cache
def matcher() -> Matcher:
    """Give the matcher over the packaged vocabulary."""
    return Matcher(packaged_index())


@lru_cache(maxsize=_MOST_TOKENS)
def is_masked(token: str) -> bool:
    """Tell whether a word is of the sexual vocabulary: known by its hash only."""
    return hashlib.blake2b(token.encode(), digest_size=6).hexdigest() in _masked_hashes()


@cache
def _masked_hashes() -> frozenset[str]:
    text = (files(__package__) / "spelling" / "masked.txt").read_text(encoding="ascii")
    return frozenset(text.split())


def _places(known: Iterable[_Known]) -> Places:
    return Places([of_word for k in known for of_word in k.sets])


def _shown(known: list[_Known], met: int) -> set[int]:
    shown: set[int] = set()
    places = None
    for rule in _likely(known, met):
        places = places or _places(known)
        if rule.sign not in shown and rule.holds(places, met):
            shown.add(rule.sign)
    return shown


def _likely(known: Iterable[_Known], met: int) -> list[_Rule]:
    """The rules for which every word they need is there."""
    return list({rule.number: rule for _, rule in _possible(known, met)}.values())


def _possible(known: Iterable[_Known], met: int) -> list[tuple[int, _Rule]]:
    """The ways, all of whose needs are met: a look at each bit of the next needs that are, not at each way."""
    found = []
    for k in known:
        hopes = k.hopes & met
        if hopes:
            for second in _bits_of(hopes):
                found += [way for way in k.ways[second] if way[0] & met == way[0]]
    return found


def _bits_of(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    places = []
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        places.append(lowest.bit_length() - 1)
    return places


def _bits(needs: Iterable[int]) -> int:
    return sum(1 << need for need in needs)
