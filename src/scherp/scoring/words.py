"""The learned weights of words and of two words in a row: one packaged table a language, keyed by hash.

Each carries two whole numbers, in thousandths of a log-odds unit: how much likelier it makes it that somebody is being
steered, and how much likelier that whoever says it is the one who steers. A message's are the sum of its words'. The
keys are CRC-32 of the words as they are read, so that no word of anybody stands in the table; the same key on every
machine and version (PKZIP APPNOTE 6.3.10, 4.4.7).

A word that two languages share ("is", "me") says something else in each, so it weighs as in the language that its
speaker writes: what that is, is counted from the words that only one of them has.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "words.bin"
MOST_DUTCH = 12
"""How far somebody's language is remembered, in words: so many of the other, and it has changed."""
_FORM = b"scherp words 2\n"
_MOST_KNOWN = 50_000
_NOTHING = (0, 0)


class Weight(NamedTuple):
    """Thousandths of a log-odds unit, of either sign. risk: that somebody steers. steers: that it is who says this."""

    risk: int
    steers: int


class Tables(NamedTuple):
    """What ships. nl, en: weights by key. dutch: words that only one language has, 1 for Dutch and -1 for English."""

    nl: Mapping[int, Weight]
    en: Mapping[int, Weight]
    dutch: Mapping[int, int]


class _Known(NamedTuple):
    """A word seen before: its weight, its language, its bytes after a space, and its hash with a space after it."""

    risk: int
    steers: int
    dutch: int
    written: bytes
    begun: int


class Words:
    """The tables, ready for use; keeps a bounded memory of words, never of messages."""

    def __init__(self, tables: Tables) -> None:
        self._dutch = tables.dutch
        self._tables = (tables.nl, tables.en)
        self._known: tuple[dict[str, _Known], dict[str, _Known]] = ({}, {})
        # Looked up once, for each language: this runs for every message.
        self._get = tuple((known.get, table.get) for known, table in zip(self._known, self._tables, strict=True))

    def __len__(self) -> int:
        """How many words and pairs of words carry a weight, in each language."""
        return sum(map(len, self._tables))

    def weigh(self, words: Sequence[str], dutch: int = 0) -> tuple[int, int, int]:
        """Give what the words of a message, and each two in a row, add up to: (risk, steers, dutch).

        dutch: how many more words of its speaker were Dutch than English, before it and with it, at most
            `MOST_DUTCH` either way; below 0, words weigh as in English.
        """
        english = dutch < 0
        get, pairs = self._get[english]
        learn = self._learn
        risk = steers = leans = begun = 0
        for word in words:
            one_risk, one_steers, one_dutch, written, begins = get(word) or learn(word, english)
            risk += one_risk
            steers += one_steers
            leans += one_dutch
            if begun and (pair := pairs(crc32(written, begun))):
                risk += pair[0]
                steers += pair[1]
            begun = begins
        if leans:
            dutch += leans
            if not -MOST_DUTCH <= dutch <= MOST_DUTCH:
                dutch = MOST_DUTCH if dutch > 0 else -MOST_DUTCH
            if (dutch < 0) is not english:
                risk, steers, _ = self.weigh(words, dutch)  # once: in that language the words lean as they did
        return risk, steers, dutch

    def _learn(self, word: str, english: bool) -> _Known:  # noqa: FBT001  runs at every message
        known = self._known[english]
        if len(known) > _MOST_KNOWN:
            known.clear()
        own = key(word)
        risk, steers = self._tables[english].get(own, _NOTHING)
        found = known[word] = _Known(risk, steers, self._dutch.get(own, 0), word.encode(), key(f"{word} "))
        return found


NO_WORDS = Words(Tables({}, {}, {}))
"""Nothing learned: signs are all that counts."""


def key(gram: str) -> int:
    """Give the key of a word, or of two with a space between."""
    return crc32(gram.encode())


@cache
def packaged_words() -> Words:
    """Give the words that ship with this version."""
    return Words(packaged_tables())


def packaged_tables() -> Tables:
    """Give the tables that ship with this version."""
    return unpacked((files(__package__) / NAME).read_bytes())


def packed(tables: Tables) -> bytes:
    """Write tables down: their form, how long each is, then each as columns, by key.

    A key takes 4 bytes, a risk and a steering 2 each, a language 1.
    """
    lengths = array("I", map(len, tables))
    columns: list[array[int]] = [lengths]
    for table in tables[:2]:
        rows = sorted(table.items())
        columns.append(array("I", (number for number, _ in rows)))
        columns += [array("h", (weight[place] for _, weight in rows)) for place in (0, 1)]
    spoken = sorted(tables.dutch.items())
    columns += [array("I", (number for number, _ in spoken)), array("b", (dutch for _, dutch in spoken))]
    return _FORM + b"".join(_little_endian(column).tobytes() for column in columns)


def unpacked(written: bytes) -> Tables:
    """Read what `packed` wrote. Raises ValueError for another form."""
    rest = memoryview(written)[len(_FORM) :]
    if not written.startswith(_FORM) or len(rest) < 12 or len(rest) != _length(rest):
        raise ValueError("these are no tables of learned words, or of another version")
    lengths, rest = _column("I", 3, rest)
    nl, rest = _weights(lengths[0], rest)
    en, rest = _weights(lengths[1], rest)
    keys, rest = _column("I", lengths[2], rest)
    dutch, _ = _column("b", lengths[2], rest)
    return Tables(nl, en, dict(zip(keys, dutch, strict=True)))


def _weights(length: int, rest: memoryview) -> tuple[dict[int, Weight], memoryview]:
    keys, rest = _column("I", length, rest)
    risks, rest = _column("h", length, rest)
    steering, rest = _column("h", length, rest)
    return dict(zip(keys, map(Weight, risks, steering), strict=True)), rest


def _length(rest: memoryview) -> int:
    nl, en, dutch = _column("I", 3, rest)[0]
    return 12 + 8 * (nl + en) + 5 * dutch


def _column(kind: str, length: int, rest: memoryview) -> tuple[array[int], memoryview]:
    column: array[int] = array(kind)
    end = length * column.itemsize
    column.frombytes(rest[:end])
    return _little_endian(column), rest[end:]


def _little_endian(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column.byteswap()
    return column
