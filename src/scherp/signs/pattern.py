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
from typing import TYPE_CHECKING

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

Way = frozenset[Need]
"""Needs that have to be met together."""

_MOST_WAYS = 48


class BadPattern(ValueError):
    """A pattern that cannot be read; says which and where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, ready to use.

    source: as written.
    shape: what has to stand one after another (see `places`).
    ways: wherever it holds, the needs of one of these are all met; none is without needs.
    words: every whole word it names, for the speller's lexicon.
    """

    source: str
    shape: Row
    ways: tuple[Way, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    shape: Row
    ways: tuple[Way, ...] = (frozenset(),)
    words: frozenset[str] = frozenset()


def compile_pattern(source: str, lists: Mapping[str, Iterable[str]]) -> Pattern:
    """Read one pattern; `lists` are the named lists. Raises BadPattern."""
    piece = _Reader(source, lists).whole()
    if not all(piece.ways):
        raise BadPattern(f"{source!r}: nothing in it has to be there; name at least one word")
    return Pattern(source, piece.shape, piece.ways, piece.words)


def holds(patterns: Iterable[Pattern], words: Sequence[str]) -> bool:
    """Tell whether any of these holds over words as they are read; slow, for a handful of patterns."""
    sets: dict[Need, int] = {}
    shapes = [numbered(p.shape, lambda need: sets.setdefault(need, ANY_WORD + 1 + len(sets))) for p in patterns]
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
        piece = self._alternatives()
        if self.at < len(self.lexemes):
            raise BadPattern(f"{self.source!r}: {self.lexemes[self.at]!r} closes nothing")
        return piece

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

    def _alternatives(self) -> _Piece:
        options = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else _one_of(options)

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
        return _Piece((-most,))

    def _bracketed(self, opening: str) -> _Piece:
        inside = self._alternatives()
        closing = ")" if opening == "(" else "]"
        if self._next() != closing:
            raise BadPattern(f"{self.source!r}: {opening!r} is not closed")
        self.at += 1
        if opening == "(":
            return inside
        return _Piece(((inside.shape, ()),), words=inside.words)

    def _named(self, name: str) -> _Piece:
        if name not in self.lists:
            raise BadPattern(f"{self.source!r}: there is no list <{name}> in _words.toml")
        return _one_of([_Reader(item, self.lists).whole() for item in self.lists[name]])


def _needing(word: str) -> tuple[Way, ...]:
    return (frozenset({frozenset({word})}),)


_FIXED = {
    "#": _Piece((frozenset({NUMBER}),), _needing(NUMBER)),
    "?": _Piece((frozenset({"?"}),), _needing("?")),
    "^": _Piece((BEGIN,)),
    "$": _Piece((END,)),
}


def _word(lexeme: str) -> _Piece:
    return _Piece((frozenset({lexeme}),), _needing(lexeme), frozenset({lexeme.removesuffix("*")}))


def _one_of(options: list[_Piece]) -> _Piece:
    words: frozenset[str] = frozenset().union(*(option.words for option in options))
    ways = tuple(dict.fromkeys(way for option in options for way in option.ways))
    single = [way for way in ways if len(way) == 1]
    several = [way for way in ways if len(way) != 1]
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
    needed = frozenset().union(*(need for way in ways for need in way))
    return (frozenset({needed}),) if needed else ()


def _in_a_row(pieces: list[_Piece]) -> _Piece:
    shape = tuple(part for piece in pieces for part in piece.shape)
    words: frozenset[str] = frozenset().union(*(piece.words for piece in pieces))
    ways: tuple[Way, ...] = (frozenset(),)
    for piece in sorted(pieces, key=lambda p: len(p.ways)):
        found = piece.ways if len(ways) * len(piece.ways) <= _MOST_WAYS else _in_common(piece.ways)
        ways = tuple(dict.fromkeys(way | more for way in ways for more in found))
    return _Piece(shape, ways, words)


def _in_common(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """A single way that asks no more than any of these: one need of each, taken together."""
    if not all(ways):
        return (frozenset(),)
    shortest = (min(way, key=lambda need: (len(need), sorted(need))) for way in ways)
    return (frozenset({frozenset().union(*shortest)}),)
