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
written out ("even", not "ff"). A pattern is compiled to one regular expression over the normalised message,
and to the ways in which it can hold: for each, sets of words of which one has to be there, so that most patterns
are never tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    regex: over " word word " with a space before each word.
    ways: wherever it holds, the needs of one of these are all met; none is without needs.
    words: every whole word it names, for the speller's lexicon.
    """

    source: str
    regex: str
    ways: tuple[Way, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    regex: str
    ways: tuple[Way, ...] = (frozenset(),)
    words: frozenset[str] = frozenset()


def compile_pattern(source: str, lists: Mapping[str, Iterable[str]]) -> Pattern:
    """Read one pattern; `lists` are the named lists. Raises BadPattern."""
    piece = _Reader(source, lists).whole()
    if not all(piece.ways):
        raise BadPattern(f"{source!r}: nothing in it has to be there; name at least one word")
    return Pattern(source, piece.regex + "(?= )", piece.ways, piece.words)


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
            return _Piece(f"(?: [a-z0-9]+){{0,{int(lexeme[2:] or _GAP)}}}?")
        if lexeme.startswith("<"):
            return self._named(lexeme[1:-1])
        if lexeme in _FIXED:
            return _FIXED[lexeme]
        return _word(lexeme)

    def _bracketed(self, opening: str) -> _Piece:
        inside = self._alternatives()
        closing = ")" if opening == "(" else "]"
        if self._next() != closing:
            raise BadPattern(f"{self.source!r}: {opening!r} is not closed")
        self.at += 1
        if opening == "(":
            return inside
        return _Piece(f"(?:{inside.regex})?", words=inside.words)

    def _named(self, name: str) -> _Piece:
        if name not in self.lists:
            raise BadPattern(f"{self.source!r}: there is no list <{name}> in _words.toml")
        return _one_of([_Reader(item, self.lists).whole() for item in self.lists[name]])


def _needing(word: str) -> tuple[Way, ...]:
    return (frozenset({frozenset({word})}),)


_FIXED = {
    "#": _Piece(" [0-9]+", _needing(NUMBER)),
    "?": _Piece(r" \?", _needing("?")),
    "^": _Piece(r"\A"),
    "$": _Piece(r"(?= \Z)"),
}


def _word(lexeme: str) -> _Piece:
    if lexeme.endswith("*"):
        return _Piece(f" {lexeme[:-1]}[a-z0-9]*", _needing(lexeme), frozenset({lexeme[:-1]}))
    return _Piece(f" {lexeme}", _needing(lexeme), frozenset({lexeme}))


def _one_of(options: list[_Piece]) -> _Piece:
    words: frozenset[str] = frozenset().union(*(option.words for option in options))
    ways = tuple(dict.fromkeys(way for option in options for way in option.ways))
    single = [way for way in ways if len(way) == 1]
    several = [way for way in ways if len(way) != 1]
    return _Piece(_either([option.regex for option in options]), (*_as_one(single), *several), words)


def _either(regexes: list[str]) -> str:
    """Any of these; the space with which all begin is written once, for that is quicker to compile."""
    found = list(dict.fromkeys(regexes))
    if len(found) > 1 and all(regex.startswith(" ") for regex in found):
        return " (?:" + "|".join(regex[1:] for regex in found) + ")"
    return found[0] if len(found) == 1 else "(?:" + "|".join(found) + ")"


def _as_one(ways: Iterable[Way]) -> tuple[Way, ...]:
    """One way that needs any word that one of these needs; none for none."""
    needed = frozenset().union(*(need for way in ways for need in way))
    return (frozenset({needed}),) if needed else ()


def _in_a_row(pieces: list[_Piece]) -> _Piece:
    # Each piece but the last is followed by one that begins with a space, so no word runs on into another.
    regex = "".join(piece.regex for piece in pieces)
    words: frozenset[str] = frozenset().union(*(piece.words for piece in pieces))
    ways: tuple[Way, ...] = (frozenset(),)
    for piece in sorted(pieces, key=lambda p: len(p.ways)):
        found = piece.ways if len(ways) * len(piece.ways) <= _MOST_WAYS else _in_common(piece.ways)
        ways = tuple(dict.fromkeys(way | more for way in ways for more in found))
    return _Piece(regex, ways, words)


def _in_common(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """A single way that asks no more than any of these: one need of each, taken together."""
    if not all(ways):
        return (frozenset(),)
    shortest = (min(way, key=lambda need: (len(need), sorted(need))) for way in ways)
    return (frozenset({frozenset().union(*shortest)}),)
