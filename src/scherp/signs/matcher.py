"""Which signs a message shows, and which words show them.

Fast because most messages show nothing: a token seen before costs one look-up, and a pattern is tried only when
every word it needs is there. Both languages are tried on every message: people mix.
"""

from __future__ import annotations

import hashlib
import itertools
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from scherp.signs.index import packaged_index
from scherp.signs.normaliser import Speller, letters_apart, tokens, words
from scherp.signs.pattern import MARKS, NUMBER
from scherp.signs.places import ANY_WORD, BEGIN, Places

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
        self.unless: dict[int, list[tuple[int, Row]]] = {}
        for ways, shape in unless:
            for rarest, *others in ways:
                self.unless.setdefault(rarest, []).append((_bits({rarest, *others}), shape))
        self.hopes = _bits(self.unless)

    def spans(self, places: Places, known: Iterable[_Known]) -> list[tuple[int, int]]:
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


class _Rule(NamedTuple):
    """One pattern of one sign."""

    number: int
    sign: int
    shape: Row
    exceptions: _Exceptions

    def spans(self, places: Places, excepted: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Give every stretch of words (first, one past the last) where it holds and overlaps none of `excepted`."""
        for first, last in places.spans(self.shape):
            if not any(start < last and first < end for start, end in excepted):
                yield first, last

    def holds(self, places: Places, known: Iterable[_Known], starts: int) -> bool:
        """Tell whether it holds anywhere; it can begin only at `starts`."""
        if not places.after(self.shape, starts):
            return False
        excepted = self.exceptions.hopes and self.exceptions.spans(places, known)
        return not excepted or any(True for _ in self.spans(places, excepted))


class _Way(NamedTuple):
    """One way in which a rule can hold, found by its rarest word.

    needs: every other, and how many words further on it has to be met: at least, at most; below 0 is before. The one to
    look for next comes last, for that it is met somewhere is known by then.
    marks: the same for where the message begins and ends.
    starts, back: the rule begins at one of `starts`, counted from `back` words before the rarest word.
    """

    rule: _Rule
    needs: tuple[tuple[int, int, int], ...]
    marks: tuple[tuple[str, int, int], ...]
    starts: int
    back: int

    def fits(self, sets: Sequence[frozenset[int]], place: int) -> bool:
        """Tell whether every need is met where it has to be, the rarest word standing at this place."""
        for need, least, most in self.needs:
            for of_word in sets[max(0, place + least) : place + most + 1]:
                if need in of_word:
                    break
            else:
                return False
        for mark, least, most in self.marks:
            if not place + least <= (0 if mark == BEGIN else len(sets)) <= place + most:
                return False
        return True

    def begins(self, place: int) -> int:
        """Give the places where the rule may begin, its rarest word standing at this place."""
        return self.starts << place >> self.back

    def needs_more(self, places: Places, part: int) -> bool:
        """Tell whether all needs are met somewhere, but not all of them in this part of the message."""
        at = [places.of(need) for need, _, _ in self.needs]
        return all(at) and not all(met & part for met in at)


class _Known:
    """What is known of a word as it is read.

    what: `_RESPELT`, `_MASKED`, `_LIVE`, `_LETTER` together. sets: the numbers of the sets of words that it belongs to.
    alone: the ways of which it is the rarest word that need no other. before, after: those that do, by the bit of the
    next need to look for, before it or after it. hopes_before, hopes_after: these bits. meets_before, meets_after: the
    bits of the needs that it meets for a word after it, and for one before it. excepts: of those of exceptions.
    parts: nothing here; see `_Respelt`.
    """

    __slots__ = (
        "after", "alone", "before", "excepts", "hopes_after", "hopes_before", "meets_after", "meets_before", "sets",
        "what", "word",
    )  # fmt: skip
    parts: tuple[_Known, ...] = ()

    def __init__(self, word: str, sets: frozenset[int], meets_before: int, meets_after: int, excepts: int) -> None:
        self.word = word
        self.sets = sets
        self.meets_before = meets_before
        self.meets_after = meets_after
        self.excepts = excepts
        self.alone: list[_Way] = []
        self.before: dict[int, list[_Way]] = {}
        self.after: dict[int, list[_Way]] = {}
        self.hopes_before = self.hopes_after = 0
        self.what = (_MASKED if is_masked(word) else 0) | (_LETTER if _is_letter(word) else 0)


class _Respelt:
    """A token that is written out, as one word or more; it is what any of these is."""

    __slots__ = ("parts", "what")

    def __init__(self, token: str, parts: tuple[_Known, ...]) -> None:
        self.parts = parts
        self.what = _RESPELT | (_LETTER if _is_letter(token) else 0)
        for part in parts:
            self.what |= part.what


class Matcher:
    """Finds signs in messages; keeps a bounded memory of tokens, never of messages."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.ids: tuple[SignId, ...] = tuple(row["id"] for row in index["signs"])
        self.speller = Speller(index["lexicon"], index["bare"])
        self._index = index
        self._beginnings = {word[:-1] for word in index["meets"] if word.endswith("*")}
        excepting = {need for rows in index["unless"] for ways, _ in rows for needs in ways for need in needs}
        self._excepting, self._before, self._after = (
            {need: bit for bit, need in enumerate(needs)}
            for needs in (sorted(excepting), index["before"], index["after"])
        )
        self._rules: dict[int, _Rule] = {}
        self._ways: dict[int, _Way] = {}
        self._excepted: dict[int, _Exceptions] = {}
        self._sexual = self.ids.index(SEXUAL_TALK) if SEXUAL_TALK in self.ids else None
        self._tokens: dict[str, _Known | _Respelt] = {}
        self._words: dict[str, _Known] = {}

    def find(self, text: str, before: str = "") -> Found:
        """Give the signs that a message shows, by itself or together with what its speaker wrote just before.

        before: as it was read (`Found.text`), where the two may be one request cut into pieces.
        """
        read, known, what = self._look(tokens(text))
        shown: set[int] = set()
        if what & _LIVE:
            shown = _shown(known)
        if what & _MASKED and self._sexual is not None:
            shown.add(self._sexual)
        if before:
            shown |= self._across(before, known)
        return Found._make((read, tuple(sorted(shown)) if shown else ()))

    def words(self, text: str) -> list[str]:
        """Give the words of a message as they are read."""
        return self._look(tokens(text))[0]

    def _look(self, read: list[str]) -> tuple[list[str], list[_Known], int]:
        """Write out what needs it; give the words, what is known of each, what they are."""
        get, learn = self._tokens.get, self._learn
        known: list[Any] = [get(token) or learn(token) for token in read]
        what = 0
        for k in known:
            what |= k.what
        spelt = read
        if what & _RESPELT:
            known = [part for k in known for part in k.parts or (k,)]
            spelt = [k.word for k in known]
        if what & _LETTER and (letters_apart(read) or letters_apart(spelt)):
            spelt = [part.text for part in self.speller.respell(read)]
            known = [self._word(word) for word in spelt]
            what = 0
            for k in known:
                what |= k.what
        return spelt, known, what

    def _across(self, before: str, known: list[_Known]) -> set[int]:
        """The signs that need words of both: neither part has all of them."""
        whole = [self._word(word) for word in before.split()]
        across = len(whole)
        whole += known
        sets = [k.sets for k in whole]
        earlier = (1 << across) - 1
        fitting = {way.rule.number for place, way in _fitting(whole, sets) if way.begins(place) & earlier}
        if not fitting:
            return set()
        places = Places(sets)
        crossing = {
            way.rule.number: way.rule
            for place, k in enumerate(whole)
            for ways in (*k.before.values(), *k.after.values())
            for way in ways
            if way.rule.number in fitting and way.needs_more(places, earlier if place < across else ~earlier)
        }
        return {
            rule.sign
            for rule in crossing.values()
            if any(first < across < last for first, last in rule.spans(places, rule.exceptions.spans(places, whole)))
        }

    def marks(self, text: str) -> list[Mark]:
        """Give every place in the original text that shows a sign, for underlining; slow, for quotes."""
        read = words(text, self.speller)
        known = [self._word(word.text) for word in read]
        sets = [k.sets for k in known]
        places = Places(sets)
        found = {
            Mark(self.ids[rule.sign], read[first].start, read[max(first, last - 1)].end)
            for rule in {way.rule.number: way.rule for _, way in _fitting(known, sets)}.values()
            for first, last in rule.spans(places, rule.exceptions.spans(places, known))
        }
        if self._sexual is not None:
            found |= {Mark(SEXUAL_TALK, w.start, w.end) for w in read if is_masked(w.text)}
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.sign))

    def masked(self, text: str) -> list[tuple[int, int]]:
        """Give the places (start, end) of words that are never shown, for masking in quotes."""
        return [(w.start, w.end) for w in words(text, self.speller) if is_masked(w.text)]

    def _learn(self, token: str) -> _Known | _Respelt:
        if len(self._tokens) > _MOST_TOKENS:
            self._tokens.clear()
        written = [part.text for part in self.speller.respell([token])]
        if written == [token]:
            known: _Known | _Respelt = self._word(token)
        else:
            known = _Respelt(token, tuple(map(self._word, written)))
        self._tokens[token] = known
        return known

    def _word(self, word: str) -> _Known:
        return self._words.get(word) or self._learn_word(word)

    def _learn_word(self, word: str) -> _Known:
        if len(self._words) > _MOST_TOKENS:
            self._words.clear()
        names = self._names(word)
        sets = {number for name in names for number in self._index["meets"][name]}
        known = _Known(
            word,
            frozenset(sets if word == "?" else {ANY_WORD, *sets}),
            *(_bits(bit[n] for n in sets if n in bit) for bit in (self._before, self._after, self._excepting)),
        )
        for number in itertools.chain.from_iterable(self._index["rarest"].get(name, ()) for name in names):
            self._add_way(known, self._way(number))
        known.hopes_before, known.hopes_after = _bits(known.before), _bits(known.after)
        self._words[word] = known
        return known

    def _add_way(self, known: _Known, way: _Way) -> None:
        known.what |= _LIVE
        if not way.needs:
            known.alone.append(way)
            return
        second, least, _ = way.needs[-1]
        ways, bits = (known.before, self._before) if least < 0 else (known.after, self._after)
        ways.setdefault(bits[second], []).append(way)

    def _way(self, number: int) -> _Way:
        way = self._ways.get(number)
        if way is None:
            rule, least, most, *row = self._index["ways"][number]
            others = list(zip(row[::3], row[1::3], row[2::3], strict=True))
            apart = [need for need in others if need[0] not in MARKS]
            marks = tuple(need for need in others if need[0] in MARKS)
            needs = (*apart[1:], *apart[:1])
            way = self._ways[number] = _Way(self._rule(rule), needs, marks, (2 << most - least) - 1, most)
        return way

    def _rule(self, number: int) -> _Rule:
        rule = self._rules.get(number)
        if rule is None:
            sign, shape, unless = self._index["rules"][number]
            rule = self._rules[number] = _Rule(number, sign, shape, self._exceptions(unless))
        return rule

    def _exceptions(self, number: int) -> _Exceptions:
        found = self._excepted.get(number)
        if found is None:
            bit, rows = self._excepting, self._index["unless"][number]
            numbered = [([[bit[need] for need in needs] for needs in ways], shape) for ways, shape in rows]
            found = self._excepted[number] = _Exceptions(numbered)
        return found

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


def _shown(known: list[_Known]) -> set[int]:
    shown: set[int] = set()
    sets = [k.sets for k in known]
    places = None
    for place, way in _fitting(known, sets):
        rule = way.rule
        places = places or Places(sets)
        if rule.sign not in shown and rule.holds(places, known, way.begins(place)):
            shown.add(rule.sign)
    return shown


def _fitting(known: list[_Known], sets: list[frozenset[int]]) -> list[tuple[int, _Way]]:
    """The ways whose needs are all met where they have to be, each with the place of its rarest word."""
    return [(place, way) for place, ways in _hoped(known) for way in ways if way.fits(sets, place)]


def _hoped(known: list[_Known]) -> list[tuple[int, list[_Way]]]:
    """The ways whose next need is met on the right side: a look at each bit that is set there, not at each way."""
    hoped = []
    met = 0
    for place, k in enumerate(known):
        if k.alone:
            hoped.append((place, k.alone))
        hopes = k.hopes_before & met
        if hopes:
            hoped += [(place, k.before[second]) for second in _bits_of(hopes)]
        met |= k.meets_before
    met = 0
    for place in range(len(known) - 1, -1, -1):
        k = known[place]
        hopes = k.hopes_after & met
        if hopes:
            hoped += [(place, k.after[second]) for second in _bits_of(hopes)]
        met |= k.meets_after
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


def _bits(needs: Iterable[int]) -> int:
    return sum(1 << need for need in needs)
