"""The learned weights of words and of two words in a row: one packaged table, keyed by hash.

Each carries two whole numbers, in thousandths of a log-odds unit: how much likelier it makes it that somebody is being
steered, and how much likelier that whoever says it is the one who steers. A message's are the sum of its words'. The
keys are CRC-32 of the words as they are read, so that no word of anybody stands in the table; the same key on every
machine and version (PKZIP APPNOTE 6.3.10, 4.4.7).
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAME = "words.bin"
_FORM = b"scherp words 1\n"
_MOST_KNOWN = 50_000


class Weight(NamedTuple):
    """Thousandths of a log-odds unit, of either sign. risk: that somebody steers. steers: that it is who says this."""

    risk: int
    steers: int


class _Known(NamedTuple):
    """A word seen before: its own weight, its bytes after a space, and its hash with a space after it."""

    risk: int
    steers: int
    written: bytes
    begun: int


class Words:
    """The table, ready for use; keeps a bounded memory of words, never of messages."""

    def __init__(self, table: Mapping[int, Weight]) -> None:
        self._table = table
        self._known: dict[str, _Known] = {}

    def __len__(self) -> int:
        """How many words and pairs of words carry a weight."""
        return len(self._table)

    def weigh(self, words: Sequence[str]) -> tuple[int, int]:
        """Give what the words of a message, and each two in a row, add up to: (risk, steers)."""
        get, pairs, learn = self._known.get, self._table.get, self._learn
        risk = steers = begun = 0
        for word in words:
            one_risk, one_steers, written, begins = get(word) or learn(word)
            risk += one_risk
            steers += one_steers
            if begun and (pair := pairs(crc32(written, begun))):
                risk += pair[0]
                steers += pair[1]
            begun = begins
        return risk, steers

    def _learn(self, word: str) -> _Known:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        risk, steers = self._table.get(key(word), (0, 0))
        known = self._known[word] = _Known(risk, steers, word.encode(), key(f"{word} "))
        return known


def key(gram: str) -> int:
    """Give the key of a word, or of two with a space between."""
    return crc32(gram.encode())


@cache
def packaged_words() -> Words:
    """Give the table that ships with this version."""
    return Words(unpacked((files(__package__) / NAME).read_bytes()))


def packed(table: Mapping[int, Weight]) -> bytes:
    """Write a table down: its form, then the keys in order (4 bytes each), then risks and steering (2 bytes each)."""
    rows = sorted(table.items())
    columns: Iterable[array[int]] = (
        array("I", (number for number, _ in rows)),
        array("h", (weight.risk for _, weight in rows)),
        array("h", (weight.steers for _, weight in rows)),
    )
    return _FORM + b"".join(_little_endian(column).tobytes() for column in columns)


def unpacked(written: bytes) -> dict[int, Weight]:
    """Read what `packed` wrote. Raises ValueError for another form."""
    body = written.removeprefix(_FORM)
    if len(body) == len(written) or len(body) % 8:
        raise ValueError("this is no table of learned words, or one of another version")
    count = len(body) // 8
    keys, risks, steering = array("I"), array("h"), array("h")
    for column, begin, end in ((keys, 0, 4), (risks, 4, 6), (steering, 6, 8)):
        column.frombytes(body[begin * count : end * count])
        _little_endian(column)
    return dict(zip(keys, map(Weight, risks, steering), strict=True))


def _little_endian(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column.byteswap()
    return column
