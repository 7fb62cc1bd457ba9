r"""The little language in which a sign's patterns are written, for people who know chats and not programming.

| written | means |
|---|---|
| `leest je moeder mee` | these words, one after another |
| `foto*` | a word that begins with foto |
| `(kijkt\|leest) mee` | one of these; each may be several words |
| `stuur [even\|eens] een foto` | what stands in [ ] may be there or not |
| `stuur .. foto` | up to three other words between; `..6` up to six |
| `ben #` | a number |
| `snap ?` | a question mark |
| `^ foto ?` `$` | the message begins here, ends here |
| `<jij>` | one of a named list of `_words.toml` |

Words are written as `normaliser.normalise` gives them: lower case, no accents, no apostrophes, chat spelling
written out ("even", not "ff"). A pattern is read to its shape, which is laid over the words of a message with whole
numbers as sets of places, and to the ways in which it can hold: for each, sets of words of which one has to be there,
so that most patterns are never tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scherp.signs.places import ANY_WORD, BEGIN, END, Places, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scherp.signs.places import Row

_LEXEME = re.compile(r"\s*(\.\.[0-9]*|<[a-z_]+>|[a-z0-9]+\*?|[()\[\]|?#^$])")
_GAP = 3
NUMBER = "#"
"""The anchor that stands for any number."""

Need = frozenset[str]
"""Words (or beginnings, ending in `*`, or `#` for a number, or `?`) of which one has to be there."""


class Needed(NamedTuple):
    """A need that is met by one word, `least` to `most` words after the need before it, or the pattern's beginning.

    `BEGIN` and `END` stand for a need too: they take no word.
    """

    words: Need
    least: int = 0
    most: int = 0

    @property
    def is_mark(self) -> bool:
        """Whether this is where the message begins or ends, and no word."""
        return not MARKS.isdisjoint(self.words)


class Way(NamedTuple):
    """Needs that have to be met one after another, and how many words can follow the last."""

    needs: tuple[Needed, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def words(self) -> list[Needed]:
        """The needs that are words."""
        return [need for need in self.needs if not need.is_mark]

    def then(self, other: Way) -> Way:
        """Give this way with another after it."""
        if not other.needs:
            return Way(self.needs, self.least + other.least, self.most + other.most)
        words, least, most = other.needs[0]
        first = Needed(words, self.least + least, self.most + most)
        return Way((*self.needs, first, *other.needs[1:]), other.least, other.most)

    def to(self, need: int) -> tuple[int, int]:
        """Give how many words stand before a need of this way: at least, at most."""
        return self._taken(self.needs[:need], self.needs[need].least, self.needs[need].most)

    def between(self, one: int, other: int) -> tuple[int, int]:
        """Give how many words further on than one need a later one is met: at least, at most."""
        apart = Way(self.needs[one + 1 : other + 1]).to(other - one - 1)
        own = not self.needs[one].is_mark
        return apart[0] + own, apart[1] + own

    def after(self, need: int) -> tuple[int, int]:
        """Give how many words stand after a need of this way: at least, at most."""
        return self._taken(self.needs[need + 1 :], self.least, self.most)

    def length(self) -> tuple[int, int]:
        """Give how many words it takes: at least, at most."""
        return self._taken(self.needs, self.least, self.most)

    @staticmethod
    def _taken(needs: Iterable[Needed], least: int, most: int) -> tuple[int, int]:
        for need in needs:
            own = not need.is_mark
            least, most = least + need.least + own, most + need.most + own
        return least, most


MARKS = frozenset({BEGIN, END})
_MOST_WAYS = 48


class BadPattern(ValueError):
    """A pattern that cannot be read; says which and where."""


class Choice(NamedTuple):
    """What a whole pattern may be: one of the parts between its outermost `|`, or those that are one word together.

    Kept apart, so that of a long pattern only what can hold is laid over a message.
    shape: what has to stand one after another (see `places`).
    ways: wherever it holds, the needs of one of these are all met; none is without needs.
    """

    shape: Row
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, ready to use.

    source: as written.
    choices: it holds where one of these does.
    words: every whole word it names, for the speller's lexicon.
    """

    source: str
    choices: tuple[Choice, ...]
    words: frozenset[str]

    @property
    def ways(self) -> list[Way]:
        """The ways of all its choices."""
        return [way for choice in self.choices for way in choice.ways]


@dataclass(frozen=True, slots=True)
class _Piece:
    shape: Row
    ways: tuple[Way, ...] = (Way(),)
    words: frozenset[str] = frozenset()


def compile_pattern(source: str, lists: Mapping[str, Iterable[str]]) -> Pattern:
    """Read one pattern; `lists` are the named lists. Raises BadPattern."""
    options = _Reader(source, lists).options()
    words = [option for option in options if _is_word(option.shape)]
    whole = [*([_one_of(words)] if words else []), *(option for option in options if not _is_word(option.shape))]
    if not all(way.words for piece in whole for way in piece.ways):
        raise BadPattern(f"{source!r}: nothing in it has to be there; name at least one word")
    choices = dict.fromkeys(Choice(piece.shape, piece.ways) for piece in whole)
    return Pattern(source, tuple(choices), frozenset().union(*(piece.words for piece in whole)))


def holds(patterns: Iterable[Pattern], words: Sequence[str]) -> bool:
    """Tell whether any of these holds over words as they are read; slow, for a handful of patterns."""
    sets: dict[Need, int] = {}
    choices = (choice for pattern in patterns for choice in pattern.choices)
    shapes = [numbered(c.shape, lambda need: sets.setdefault(need, ANY_WORD + 1 + len(sets))) for c in choices]
    places = Places([_sets_of(word, sets) for word in words])
    return any(places.holds(shape) for shape in shapes)


def _sets_of(word: str, sets: Mapping[Need, int]) -> frozenset[int]:
    names = {word, *(f"{word[:n]}*" for n in range(1, len(word) + 1)), *([NUMBER] if word.isdigit() else [])}
    found = {number for need, number in sets.items() if names & need}
    return frozenset(found if word == "?" else {ANY_WORD, *found})


class _Reader:
    def __init__(self, source: str, lists: Mapping[str, Iterable[str]]) -> None:
        self.source = source
        self.lists = lists
        self.lexemes = self._split()
        self.at = 0

    def whole(self) -> _Piece:
        return _one_of(self.options())

    def options(self) -> list[_Piece]:
        options = self._alternatives()
        if self.at < len(self.lexemes):
            raise BadPattern(f"{self.source!r}: {self.lexemes[self.at]!r} closes nothing")
        return options

    def _split(self) -> list[str]:
        found: list[str] = []
        at = 0
        text = self.source.rstrip()
        while at < len(text):
            lexeme = _LEXEME.match(text, at)
            if lexeme is None:
                raise BadPattern(f"{self.source!r}: cannot read {text[at : at + 12]!r}")
            found.append(lexeme[1])
            at = lexeme.end()
        return found

    def _next(self) -> str | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def _alternatives(self) -> list[_Piece]:
        options = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            options.append(self._sequence())
        return options

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while (lexeme := self._next()) is not None and lexeme not in ")]|":
            self.at += 1
            pieces.append(self._piece(lexeme))
        if not pieces:
            raise BadPattern(f"{self.source!r}: an empty choice")
        return _in_a_row(pieces)

    def _piece(self, lexeme: str) -> _Piece:
        if lexeme in "([":
            return self._bracketed(lexeme)
        if lexeme.startswith(".."):
            return self._gap(int(lexeme[2:] or _GAP))
        if lexeme.startswith("<"):
            return self._named(lexeme[1:-1])
        if lexeme in _FIXED:
            return _FIXED[lexeme]
        return _word(lexeme)

    def _gap(self, most: int) -> _Piece:
        if not most:
            raise BadPattern(f"{self.source!r}: a gap of no words is no gap")
        return _Piece((-most,), (Way((), 0, most),))

    def _bracketed(self, opening: str) -> _Piece:
        inside = _one_of(self._alternatives())
        closing = ")" if opening == "(" else "]"
        if self._next() != closing:
            raise BadPattern(f"{self.source!r}: {opening!r} is not closed")
        self.at += 1
        if opening == "(":
            return inside
        most = max(way.length()[1] for way in inside.ways)
        return _Piece(((inside.shape, ()),), (Way((), 0, most),), inside.words)

    def _named(self, name: str) -> _Piece:
        if name not in self.lists:
            raise BadPattern(f"{self.source!r}: there is no list <{name}> in _words.toml")
        return _one_of([_Reader(item, self.lists).whole() for item in self.lists[name]])


def _fixed(part: str | Need, word: str) -> _Piece:
    return _Piece((part,), (Way((Needed(frozenset({word})),)),))


_FIXED = {mark: _fixed(mark, mark) for mark in (BEGIN, END)} | {
    word: _fixed(frozenset({word}), word) for word in (NUMBER, "?")
}


def _word(lexeme: str) -> _Piece:
    fixed = _fixed(frozenset({lexeme}), lexeme)
    return _Piece(fixed.shape, fixed.ways, frozenset({lexeme.removesuffix("*")}))


def _one_of(options: list[_Piece]) -> _Piece:
    if len(options) == 1:
        return options[0]
    words: frozenset[str] = frozenset().union(*(option.words for option in options))
    ways = tuple(dict.fromkeys(way for option in options for way in option.ways))
    single = [way for way in ways if len(way.needs) == len(way.words) == 1]
    several = [way for way in ways if way not in single]
    return _Piece(_either([option.shape for option in options]), (*_as_one(single), *several), words)


def _either(rows: list[Row]) -> Row:
    """Any of these; the single words among them are one set of words, for that is quicker to lay over a message."""
    words: Need = frozenset().union(*(row[0] for row in rows if _is_word(row)))
    longer = tuple(dict.fromkeys(row for row in rows if not _is_word(row)))
    choices = ((words,), *longer) if words else longer
    return choices[0] if len(choices) == 1 else (choices,)


def _is_word(row: Row) -> bool:
    return len(row) == 1 and isinstance(row[0], frozenset)


def _as_one(ways: Iterable[Way]) -> tuple[Way, ...]:
    """One way that needs any word that one of these needs; none for none."""
    found = [(way, 0) for way in ways]
    return (_any_of(found),) if found else ()


def _any_of(found: Sequence[tuple[Way, int]]) -> Way:
    """A way that needs one of each of these, the need of that number, taken together."""
    words: Need = frozenset().union(*(way.needs[need].words for way, need in found))
    before, after = (_widest(ranges) for ranges in zip(*((w.to(n), w.after(n)) for w, n in found), strict=True))
    return Way((Needed(words, *before),), *after)


def _widest(ranges: Iterable[tuple[int, int]]) -> tuple[int, int]:
    least, most = zip(*ranges, strict=True)
    return min(least), max(most)


def _in_a_row(pieces: list[_Piece]) -> _Piece:
    shape = tuple(part for piece in pieces for part in piece.shape)
    words: frozenset[str] = frozenset().union(*(piece.words for piece in pieces))
    ways: tuple[Way, ...] = (Way(),)
    for more in _few([piece.ways for piece in pieces]):
        ways = tuple(dict.fromkeys(way.then(other) for way in ways for other in more))
    return _Piece(shape, ways, words)


def _few(each: list[tuple[Way, ...]]) -> list[tuple[Way, ...]]:
    """The same, with what they have in common where all together would be too many."""
    found, count = list(each), 1
    for at in sorted(range(len(each)), key=lambda at: len(each[at])):
        if count * len(each[at]) > _MOST_WAYS:
            found[at] = _in_common(each[at])
        count *= len(found[at])
    return found


def _in_common(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """A single way that asks no more than any of these: one need of each, taken together."""
    if all(way.words for way in ways):
        return (_any_of([(way, _fewest_words(way)) for way in ways]),)
    return (Way((), *_widest(way.length() for way in ways)),)


def _fewest_words(way: Way) -> int:
    numbers = [number for number, need in enumerate(way.needs) if not need.is_mark]
    return min(numbers, key=lambda number: (len(way.needs[number].words), sorted(way.needs[number].words)))
