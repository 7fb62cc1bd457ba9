"""Which signs a message shows, and which words show them.

Fast because most messages show nothing: a token seen before costs one look-up, and a pattern is tried only when
every word it needs stands where it has to. Both languages are tried on every message: people mix.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from scherp.conversation import new
from scherp.signs.index import packaged_index
from scherp.signs.known import (
    FURTHEST,
    LETTER,
    LIVE,
    MASKED,
    MOST_TOKENS,
    RESPELT,
    Exceptions,
    Known,
    Respelt,
    Rule,
    Way,
    fitting,
    in_bits,
    is_masked,
)
from scherp.signs.normaliser import Speller, letters_apart, tokens, words
from scherp.signs.pattern import MARKS, NUMBER
from scherp.signs.places import ANY_WORD, Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.conversation import SignId
    from scherp.signs.places import Row

SEXUAL_TALK = "sexual_talk"

_Value = TypeVar("_Value")


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


class Matcher:
    """Finds signs in messages; keeps a bounded memory of tokens, never of messages."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.ids: tuple[SignId, ...] = tuple(row["id"] for row in index["signs"])
        self.speller = Speller(index["lexicon"], index["bare"])
        self._index = index
        self._beginnings = {word[:-1] for word in index["meets"] if word.endswith("*")}
        excepting = {need for rows in index["unless"] for ways, _ in rows for needs in ways for need in needs}
        self._excepting = {need: bit for bit, need in enumerate(sorted(excepting))}
        self._before = {need: bit for bit, need in enumerate(index["before"])}
        self._after = {need: bit for bit, need in enumerate(index["after"], len(self._before))}
        self._kept: dict[Any, Any] = {}
        self._rules: dict[int, Rule] = {}
        self._ways: dict[int, Way] = {}
        self._excepted: dict[int, Exceptions] = {}
        self._sexual = self.ids.index(SEXUAL_TALK) if SEXUAL_TALK in self.ids else None
        self._tokens: dict[str, Known | Respelt] = {}
        self._words: dict[str, Known] = {}

    def find(self, text: str, before: str = "") -> Found:
        """Give the signs that a message shows, by itself or together with what its speaker wrote just before.

        before: as it was read (`Found.text`), where the two may be one request cut into pieces.
        """
        read, known, what = self._look(tokens(text))
        shown: set[int] = set()
        if what & LIVE:
            shown = _shown(known)
        if what & MASKED and self._sexual is not None:
            shown.add(self._sexual)
        if before:
            shown |= self._across(before, known)
        return new(Found, (read, tuple(sorted(shown)) if shown else ()))

    def words(self, text: str) -> list[str]:
        """Give the words of a message as they are read."""
        return self._look(tokens(text))[0]

    def _look(self, read: list[str]) -> tuple[list[str], list[Known], int]:
        """Write out what needs it; give the words, what is known of each, what they are."""
        get, learn = self._tokens.get, self._learn
        known: list[Any] = [get(token) or learn(token) for token in read]
        what = 0
        for k in known:
            what |= k.what
        spelt = read
        if what & RESPELT:
            known = [part for k in known for part in k.parts or (k,)]
            spelt = [k.word for k in known]
        if what & LETTER and (letters_apart(read) or letters_apart(spelt)):
            spelt = [part.text for part in self.speller.respell(read)]
            known = [self._word(word) for word in spelt]
            what = 0
            for k in known:
                what |= k.what
        return spelt, known, what

    def _across(self, before: str, known: list[Known]) -> set[int]:
        """The signs that need words of both: neither part has all of them."""
        whole = [self._word(word) for word in before.split()]
        across = len(whole)
        whole += known
        earlier = (1 << across) - 1
        begun = {way.rule.number for place, way in fitting(whole) if way.begins(place) & earlier}
        if not begun:
            return set()
        places = Places([k.sets for k in whole])
        crossing = {
            way.rule.number: way.rule
            for place, k in enumerate(whole)
            for way in k.ways()
            if way.rule.number in begun and way.needs_more(places, earlier if place < across else ~earlier)
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
        places = Places([k.sets for k in known])
        found = {
            Mark(self.ids[rule.sign], read[first].start, read[max(first, last - 1)].end)
            for rule in {way.rule.number: way.rule for _, way in fitting(known)}.values()
            for first, last in rule.spans(places, rule.exceptions.spans(places, known))
        }
        if self._sexual is not None:
            found |= {Mark(SEXUAL_TALK, w.start, w.end) for w in read if is_masked(w.text)}
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.sign))

    def masked(self, text: str) -> list[tuple[int, int]]:
        """Give the places (start, end) of words that are never shown, for masking in quotes."""
        return [(w.start, w.end) for w in words(text, self.speller) if is_masked(w.text)]

    def _learn(self, token: str) -> Known | Respelt:
        if len(self._tokens) > MOST_TOKENS:
            self._tokens.clear()
        written = [part.text for part in self.speller.respell([token])]
        if written == [token]:
            known: Known | Respelt = self._word(token)
        else:
            known = Respelt(token, tuple(map(self._word, written)))
        self._tokens[token] = known
        return known

    def _word(self, word: str) -> Known:
        return self._words.get(word) or self._learn_word(word)

    def _learn_word(self, word: str) -> Known:
        if len(self._words) > MOST_TOKENS:
            self._words.clear()
        names = self._names(word)
        sets = {self._same(number) for name in names for number in self._index["meets"][name]}
        known = Known(
            word,
            frozenset(list(sets) if word == "?" else [ANY_WORD, *sets]),  # of a list: it takes half of the room
            *(in_bits(bit[n] for n in sets if n in bit) for bit in (self._before, self._after, self._excepting)),
        )
        ways = itertools.chain.from_iterable(self._index["rarest"].get(name, ()) for name in names)
        known.add(map(self._way, ways), self._before, self._after)
        self._words[word] = known
        return known

    def _way(self, number: int) -> Way:
        way = self._ways.get(number)
        if way is None:
            rule, least, most, *row = self._index["ways"][number]
            others = list(zip(map(self._same, row[::3]), row[1::3], row[2::3], strict=True))
            words = [need for need in others if need[0] not in MARKS]
            looked_for_last = words[1:] + words[:1]
            spots = ((need, FURTHEST + least, FURTHEST + most + 1) for need, least, most in looked_for_last)
            way = self._ways[number] = Way(
                rule=self._rule(rule),
                needs=self._same(tuple(need for need, _, _ in words)),
                looks_back=bool(words) and words[0][1] < 0,
                spots=self._same(tuple(map(self._same, spots))),
                marks=self._same(tuple(need for need in others if need[0] in MARKS)),
                starts=(2 << most - least) - 1,
                back=most,
            )
        return way

    def _rule(self, number: int) -> Rule:
        rule = self._rules.get(number)
        if rule is None:
            sign, shape, unless = self._index["rules"][number]
            rule = self._rules[number] = Rule(number, sign, self._compact(shape), self._exceptions(unless))
        return rule

    def _same(self, value: _Value) -> _Value:
        """A value as one object wherever it stands: what is in use stays small, and near at hand for the processor."""
        kept: _Value = self._kept.setdefault(value, value)
        return kept

    def _compact(self, row: Row) -> Row:
        parts: Row = tuple(self._compact(part) if type(part) is list else self._same(part) for part in row)
        return self._same(parts)

    def _exceptions(self, number: int) -> Exceptions:
        found = self._excepted.get(number)
        if found is None:
            bit, rows = self._excepting, self._index["unless"][number]
            found = self._excepted[number] = Exceptions(
                ([[bit[need] for need in needs] for needs in ways], self._compact(shape)) for ways, shape in rows
            )
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


def _shown(known: list[Known]) -> set[int]:
    shown: set[int] = set()
    places = None
    for place, way in fitting(known):
        rule = way.rule
        places = places or Places([k.sets for k in known])
        if rule.sign not in shown and rule.holds(places, known, way.begins(place)):
            shown.add(rule.sign)
    return shown
