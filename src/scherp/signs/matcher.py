"""Which signs a message shows, and which words show them.

Fast because most messages show nothing: a token seen before costs one look-up, and a pattern is tried only when
every word it needs is there. Both languages are tried on every message: people mix.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.signs.index import packaged_index
from scherp.signs.normaliser import Speller, Word, letters_apart, tokens, words
from scherp.signs.pattern import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scherp.conversation import SignId

SEXUAL_TALK = "sexual_talk"
_MOST_TOKENS = 50_000
_RESPELT, _MASKED, _LIVE, _LETTER = 1, 2, 4, 8


class Found(NamedTuple):
    """What one message shows.

    text: the message as it is read, single-spaced.
    signs: numbers of the signs it shows (their place in `vocabulary.signs()`), ascending.
    """

    text: str
    signs: tuple[int, ...]


class Mark(NamedTuple):
    """A sign, and the characters of the original text (start, end) that show it."""

    sign: SignId
    start: int
    end: int


class _Exceptions:
    """What a match may not overlap, for one sign in one language.

    unless: for each, by the rarest need, the bits of the needs to meet, and its regular expression.
    """

    __slots__ = ("_hopes", "_unless")

    def __init__(self, unless: Iterable[tuple[Sequence[Sequence[int]], str]]) -> None:
        self._hopes = 0
        self._unless: dict[int, list[tuple[int, str]]] = {}
        for ways, regex in unless:
            for rarest, *others in ways:
                self._hopes |= 1 << rarest
                self._unless.setdefault(rarest, []).append((_bits([rarest, *others]), regex))

    def overlap(self, span: tuple[int, int], text: str, met: int) -> bool:
        """Tell whether one of these holds over part of `span`; `met`: the needs that the words of the text meet."""
        return any(
            match.start() < span[1] and span[0] < match.end()
            for rarest in _places(self._hopes & met)
            for needs, regex in self._unless[rarest]
            if needs & met == needs
            for match in _compiled(regex).finditer(text)
        )


class _Rule:
    """One pattern of one sign; its regular expression is compiled when first needed."""

    __slots__ = ("_compiled", "_exceptions", "_regex", "sign")

    def __init__(self, sign: int, regex: str, exceptions: _Exceptions) -> None:
        self.sign = sign
        self._regex = regex
        self._exceptions = exceptions
        self._compiled: re.Pattern[str] | None = None

    def spans(self, text: str, met: int) -> Iterator[tuple[int, int]]:
        """Give every place in " words " where this rule holds; `met`: the needs that these words meet."""
        for match in self._pattern().finditer(text):
            if not self._exceptions.overlap(match.span(), text, met):
                yield match.span()

    def holds(self, text: str, met: int, *, across: int = 0) -> bool:
        """Tell whether it holds anywhere; with `across`, only over that place in the text."""
        if self._pattern().search(text) is None:
            return False
        return any(not across or (start < across - 1 and end > across) for start, end in self.spans(text, met))

    def _pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._regex)
        return self._compiled


class _Known:
    """What is known of a token.

    words: how it is written out, or None: as it is. meets: a bit for each need it meets.
    ways: for rules of which it is the rarest word, by the next need to look for: the bits of
    all needs, and the rule to try when they are met. hopes: the bits of these next needs.
    what: `_RESPELT`, `_MASKED`, `_LIVE`, `_LETTER` together.
    """

    __slots__ = ("hopes", "meets", "ways", "what", "words")

    def __init__(self, words: tuple[str, ...] | None, meets: int, ways: Iterable[_Way], what: int) -> None:
        self.words = words
        self.meets = meets
        self.what = what
        self.hopes = 0
        self.ways: dict[int, list[tuple[int, _Rule]]] = {}
        for second, needs, rule in ways:
            self.hopes |= 1 << second
            self.ways.setdefault(second, []).append((needs, rule))


_Way = tuple[int, int, _Rule]
"""The need to look for next, the bits of all needs, the rule to try when they are met."""


class Matcher:
    """Finds signs in messages; keeps a bounded memory of tokens, never of messages."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.ids: tuple[SignId, ...] = tuple(row["id"] for row in index["signs"])
        self.speller = Speller(index["lexicon"], index["bare"])
        self._index = index
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
        joined = " ".join(read)
        shown: set[int] = set()
        if what & _LIVE:
            shown = _shown(f" {joined} ", _likely(known, met), met)
        if what & _MASKED and self._sexual is not None:
            shown.add(self._sexual)
        if before:
            shown |= self._across(before, joined, known, met)
        return Found(joined, tuple(sorted(shown)) if shown else ())

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

    def _across(self, before: str, text: str, known: list[_Known], met: int) -> set[int]:
        """The signs that need words of both: neither part has all of them."""
        earlier, met_before, _ = self._know(before.split())
        both = met | met_before
        joined, place = f" {before} {text} ", len(before) + 1
        return {
            rule.sign
            for needs, rule in _possible([*earlier, *known], both)
            if needs & met != needs and needs & met_before != needs and rule.holds(joined, both, across=place)
        }

    def marks(self, text: str) -> list[Mark]:
        """Give every place in the original text that shows a sign, for underlining; slow, for quotes."""
        read = words(text, self.speller)
        joined = " " + "".join(f"{word.text} " for word in read)
        known, met, _ = self._know([word.text for word in read])
        found = {
            Mark(self.ids[rule.sign], *_original(joined, span, read))
            for rule in _likely(known, met)
            for span in rule.spans(joined, met)
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
        meets = _bits({need for name in names for need in self._index["meets"][name]})
        ways = [self._way(way) for name in names for way in self._index["ways"].get(name, ())]
        same = written == (token,)
        what = 0 if same else _RESPELT
        what |= _MASKED if any(map(is_masked, written)) else 0
        what |= _LIVE if ways else 0
        what |= _LETTER if any(len(word) == 1 for word in (token, *written)) else 0
        known = _Known(None if same else written, meets, ways, what)
        self._known[token] = known
        return known

    def _way(self, way: list[int]) -> _Way:
        number, *needs = way
        rule = self._rules.get(number)
        if rule is None:
            sign, regex, unless = self._index["rules"][number]
            rule = self._rules[number] = _Rule(sign, regex, self._exceptions(unless))
        return needs[min(1, len(needs) - 1)], _bits(needs), rule

    def _exceptions(self, number: int) -> _Exceptions:
        found = self._excepted.get(number)
        if found is None:
            found = self._excepted[number] = _Exceptions(self._index["unless"][number])
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


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _original(joined: str, span: tuple[int, int], read: list[Word]) -> tuple[int, int]:
    first = joined.count(" ", 0, span[0] + 1) - 1
    last = joined.count(" ", 0, span[1]) - 1
    return read[first].start, read[max(first, last)].end


def _shown(text: str, rules: list[_Rule], met: int) -> set[int]:
    shown: set[int] = set()
    for rule in rules:
        if rule.sign not in shown and rule.holds(text, met):
            shown.add(rule.sign)
    return shown


def _likely(known: Iterable[_Known], met: int) -> list[_Rule]:
    """The rules for which every word they need is there."""
    return list(dict.fromkeys([rule for _, rule in _possible(known, met)]))


def _possible(known: Iterable[_Known], met: int) -> list[tuple[int, _Rule]]:
    """The ways, all of whose needs are met: a look at each bit of the next needs that are, not at each way."""
    found = []
    for k in known:
        hopes = k.hopes & met
        if hopes:
            for second in _places(hopes):
                found += [way for way in k.ways[second] if way[0] & met == way[0]]
    return found


def _places(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    places = []
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        places.append(lowest.bit_length() - 1)
    return places


def _bits(needs: Iterable[int]) -> int:
    return sum(1 << need for need in needs)
