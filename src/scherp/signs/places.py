"""Laying a pattern over the words of a message, all places at once.

A set of places is one whole number: bit 0 is the place before the first word, bit 1 the place after it, and so on.
Taking a word is one `&` and one shift, however many places it starts from, so nothing is tried twice and no message
can be made that keeps a pattern busy. A shape is plain data: it is read from the packaged index and laid as it is,
where a regular expression would have to be compiled first (see decision 13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Row: TypeAlias = "Sequence[Any]"
"""What stands one after another. Each part is a set of words (before use its number), a number below 0 (a gap of up to
so many words), a choice of rows, `BEGIN` or `END`."""

BEGIN, END = "^", "$"
ANY_WORD = 0
"""The number of the set of all words: what a gap may skip. A question mark is not of it."""
NOTHING: frozenset[int] = frozenset()


def numbered(row: Row, number: Callable[[frozenset[str]], int]) -> list[Any]:
    """Give the same shape with every set of words as its number."""
    parts: list[Any] = []
    for part in row:
        if isinstance(part, frozenset):
            parts.append(number(part))
        else:
            parts.append([numbered(choice, number) for choice in part] if isinstance(part, tuple) else part)
    return parts


class Places:
    """The words of one message, as sets of places.

    met: for each word, the numbers of the sets of words that it belongs to.
    """

    __slots__ = ("_at", "_met", "count")

    def __init__(self, met: Sequence[frozenset[int]]) -> None:
        self.count = len(met)
        self._met = met
        self._at: dict[int | str, int] = {BEGIN: 1, END: 1 << self.count}

    def holds(self, shape: Row) -> bool:
        """Tell whether a shape holds anywhere."""
        return self.after(shape, (2 << self.count) - 1) != 0

    def spans(self, shape: Row) -> Iterator[tuple[int, int]]:
        """Give every stretch of words (first, one past the last) over which it holds.

        The leftmost first, the shortest from there; none overlaps the one before it.
        """
        starts = self._starts(shape)
        while starts:
            start = starts & -starts
            ends = self.after(shape, start)
            if ends:
                end = ends & -ends
                yield start.bit_length() - 1, end.bit_length() - 1
                starts &= -max(end, start << 1)
            else:
                starts ^= start

    def _starts(self, row: Row) -> int:
        """The places where this row may begin; more than those where it does."""
        first = row[0] if row else -1
        if isinstance(first, int):
            return self.of(first) if first >= 0 else (2 << self.count) - 1
        if isinstance(first, str):
            return (2 << self.count) - 1
        starts = 0
        for choice in first:
            starts |= self._starts(choice)
        return starts

    def after(self, row: Row, places: int) -> int:
        """The places where one can be after a row that began at any of `places`."""
        for part in row:
            if type(part) is int:
                if part < 0:
                    places = self._over(-part, places)
                elif places & (places - 1):
                    places = (places & self.of(part)) << 1
                else:  # a single place, as most often: a look at that word alone
                    place = places.bit_length() - 1
                    places = places << 1 if place < self.count and part in self._met[place] else 0
            elif type(part) is str:
                places &= 1 if part == BEGIN else 1 << self.count
            else:
                places = self._chosen(part, places)
            if not places:
                return 0
        return places

    def _chosen(self, choices: Sequence[Row], places: int) -> int:
        """The places after any of these. Most end at their first word: told here, without a call."""
        after = 0
        here = None
        if not places & (places - 1):
            place = places.bit_length() - 1
            here = self._met[place] if place < self.count else NOTHING
        for choice in choices:
            if not choice:
                after |= places
                continue
            first = choice[0]
            if type(first) is not int or first < 0 or (first in here if here is not None else places & self.of(first)):
                after |= self.after(choice, places)
        return after

    def _over(self, gap: int, places: int) -> int:
        words, reached = self.of(ANY_WORD), places
        for _ in range(gap):
            places = (places & words) << 1
            if not places:
                break
            reached |= places
        return reached

    def of(self, words: int | str) -> int:
        """The places before a word of this set; of `BEGIN` and `END` themselves."""
        known = self._at.get(words)
        if known is not None:
            return known
        found, bit = 0, 1
        for met in self._met:
            if words in met:
                found |= bit
            bit <<= 1
        self._at[words] = found
        return found
