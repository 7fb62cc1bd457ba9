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
and to its anchors: words of which at least one has to be there, so that most patterns are never tried.
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

# Words so common that finding them says nothing: the last to be chosen as anchor.
_COMMON = frozenset(
    "je ik de het een en is dat in op van te niet met me mij wat die dit er ook aan voor om maar zo dan nog als "
    "wel naar al ben heb we ze hij zij jouw mijn bij of kan wil ga was bent hebt zijn mag moet gaat doe hoe wie "
    "waar ja nee uit nu even toch eens mee over "
    "you i the a to it and my your that for on are do not have be so what this just can if will at he she they no "
    "how who where am or want go get up out now all did know like".split()
)


class BadPattern(ValueError):
    """A pattern that cannot be read; says which and where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, ready to use.

    source: as written.
    regex: over " word word " with a space before each word.
    anchors: words (or beginnings, ending in `*`, or `#` for a number, or `?`) of which one must be there;
        never empty.
    words: every whole word it names, for the speller's lexicon.
    """

    source: str
    regex: str
    anchors: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    regex: str
    anchors: frozenset[str] | None
    words: frozenset[str] = frozenset()


def compile_pattern(source: str, lists: Mapping[str, Iterable[str]]) -> Pattern:
    """Read one pattern; `lists` are the named lists. Raises BadPattern."""
    piece = _Reader(source, lists).whole()
    if piece.anchors is None:
        raise BadPattern(f"{source!r}: nothing in it has to be there; name at least one word")
    return Pattern(source, piece.regex + "(?= )", piece.anchors, piece.words)


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
            return _Piece(f"(?: [a-z0-9]+){{0,{int(lexeme[2:] or _GAP)}}}?", None)
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
        return _Piece(f"(?:{inside.regex})?", None, inside.words)

    def _named(self, name: str) -> _Piece:
        if name not in self.lists:
            raise BadPattern(f"{self.source!r}: there is no list <{name}> in _words.toml")
        return _one_of([_Reader(item, self.lists).whole() for item in self.lists[name]])


_FIXED = {
    "#": _Piece(" [0-9]+", frozenset({NUMBER})),
    "?": _Piece(r" \?", frozenset({"?"})),
    "^": _Piece(r"\A", None),
    "$": _Piece(r"(?= \Z)", None),
}


def _word(lexeme: str) -> _Piece:
    if lexeme.endswith("*"):
        return _Piece(f" {lexeme[:-1]}[a-z0-9]*", frozenset({lexeme}), frozenset({lexeme[:-1]}))
    return _Piece(f" {lexeme}", frozenset({lexeme}), frozenset({lexeme}))


def _one_of(options: list[_Piece]) -> _Piece:
    regex = "(?:" + "|".join(dict.fromkeys(f"{option.regex}(?= )" for option in options)) + ")"
    words = frozenset().union(*(option.words for option in options))
    anchors = [option.anchors for option in options]
    if any(a is None for a in anchors):
        return _Piece(regex, None, words)
    return _Piece(regex, frozenset().union(*(a for a in anchors if a is not None)), words)


def _in_a_row(pieces: list[_Piece]) -> _Piece:
    regex = "".join(f"{piece.regex}(?= )" if _can_grow(piece) else piece.regex for piece in pieces)
    words = frozenset().union(*(piece.words for piece in pieces))
    choices = [piece.anchors for piece in pieces if piece.anchors is not None]
    return _Piece(regex, min(choices, key=_commonness, default=None), words)


def _can_grow(piece: _Piece) -> bool:
    return piece.regex[-1].isalnum()


def _commonness(anchors: frozenset[str]) -> int:
    return sum(map(_weight, anchors))


def _weight(anchor: str) -> int:
    if anchor == "?" or anchor in _COMMON:
        return 1000
    if anchor == NUMBER:
        return 100
    return 2 if anchor.endswith("*") else 1
