"""Text in which a message begins with a line of its own form, and the lines under it belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Entry(NamedTuple):
    """A first line, at `line` from 1, and the lines under it without their line ends."""

    line: int
    head: re.Match[str]
    rest: list[str]


def entries(text: str, head: re.Pattern[str]) -> tuple[list[Entry], list[int]]:
    """Give the entries of a text, and the numbers of the lines with words that stand before the first."""
    found: list[Entry] = []
    before: list[int] = []
    for number, line in _lines(text):
        if matched := head.fullmatch(line):
            found.append(Entry(number, matched, []))
        elif found:
            found[-1].rest.append(line)
        elif line.strip():
            before.append(number)
    return found, before


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Only at line feeds: str.splitlines also cuts at characters that people type.
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line.removesuffix("\r")
