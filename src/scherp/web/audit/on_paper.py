"""The record as a file of JSON lines, which somebody without the database can verify. No Django.

First line: {"form": "scherp-record-1", "store": "line", "made_at": ...}. Then one event a line, in the order of the
chain: {"number": 1, "digest": ..., "event": {...}}; events not linked yet come last, their number and digest null.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scherp.web.audit.links import Linked, Walked, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FORM = "scherp-record-1"


class NotARecord(Exception):
    """A file is no record of ours. line: where that shows, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file of the record says. unlinked: events in it that were not in the chain when it was made."""

    store: str
    made_at: str
    walked: Walked
    unlinked: int


def written(store: str, made_at: str, linked: Iterable[Linked], unlinked: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give the lines of the file."""
    yield _line({"form": FORM, "store": store, "made_at": made_at})
    for row in linked:
        yield _line({"number": row.number, "digest": row.digest, "event": row.said})
    for said in unlinked:
        yield _line({"number": None, "digest": None, "event": said})


def verified(lines: Iterable[str], asked: Iterable[int] = ()) -> Paper:
    """Walk along the chain in a file. asked: numbers of which the digest is wanted. Raises NotARecord."""
    rows = enumerate(lines, start=1)
    head = _parsed(next(rows, (1, "")), "form", "store", "made_at")
    if head["form"] != FORM:
        raise NotARecord(1)
    loose: list[int] = []
    walked = walk(_linked(rows, loose), asked)
    return Paper(str(head["store"]), str(head["made_at"]), walked, len(loose))


def _linked(rows: Iterable[tuple[int, str]], loose: list[int]) -> Iterator[Linked]:
    for row in rows:
        found = _parsed(row, "number", "digest", "event")
        if found["number"] is None:
            loose.append(row[0])
        elif loose or type(found["number"]) is not int or not isinstance(found["event"], dict):
            raise NotARecord(row[0])  # what is linked stands before what is not
        else:
            yield Linked(found["number"], str(found["digest"]), found["event"])


def _parsed(row: tuple[int, str], *names: str) -> dict[str, Any]:
    try:
        found = json.loads(row[1])
    except ValueError as wrong:
        raise NotARecord(row[0]) from wrong
    if not isinstance(found, dict) or set(found) != set(names):
        raise NotARecord(row[0])
    return found


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=True) + "\n"
