"""The chain as arithmetic: from one digest to the next. No database and no Django, so that it runs on a file too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BEGIN = "0" * 64
"""The digest before the first event."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link. number: 0 while nothing is linked."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Linked:
    """An event with its place in the chain. said: everything that the event says, as `digest` takes it."""

    number: int
    digest: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk along the chain found. broken_at: numbers whose event, digest or place is not as it was linked.

    passed: the digests at the numbers that were asked for, as far as the chain goes.
    """

    head: Head
    broken_at: tuple[int, ...]
    passed: Mapping[int, str] = field(default_factory=dict)

    def holds(self, old: Head) -> bool:
        """Tell whether the chain went through an old head, and is whole."""
        return not self.broken_at and (old.number == 0 or self.passed.get(old.number) == old.digest)


def digest(before: str, said: Mapping[str, Any]) -> str:
    """Give the digest of an event that comes after `before`: SHA-256 in hex over both."""
    told = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}\n{told}".encode("ascii")).hexdigest()


def walk(rows: Iterable[Linked], asked: Iterable[int] = ()) -> Walked:
    """Walk along the chain from its beginning. asked: numbers of which the digest is wanted."""
    last, broken, passed, wanted = Head(0, BEGIN), [], {}, frozenset(asked)
    for row in rows:
        if row.number != last.number + 1 or digest(last.digest, row.said) != row.digest:
            broken.append(row.number)
        if row.number in wanted:
            passed[row.number] = row.digest
        last = Head(row.number, row.digest)
    return Walked(last, tuple(broken), passed)
