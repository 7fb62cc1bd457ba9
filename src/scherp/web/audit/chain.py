"""The chain: each event linked to the one before, so that a changed, dropped or added row shows.

It holds against the roles that the sites use, not against the database's owner, who can make a new chain; that is
what the signed head of each day is for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.utils import timezone

from scherp.web.audit.models import Event, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN = "0" * 64
"""The digest before the first event."""

_LOCK = 0x5C_4E_52_50  # any number: one linker at a time, in PostgreSQL
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link. number: 0 while nothing is linked."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found. broken_at: numbers whose event or digest is not as it was linked.

    unlinked: events not in the chain yet; waiting: how long the oldest of them has waited.
    """

    head: Head
    broken_at: tuple[int, ...]
    unlinked: int
    waiting: timedelta

    @property
    def whole(self) -> bool:
        """Tell whether every link holds."""
        return not self.broken_at


def digest(before: str, event: Event) -> str:
    """Give the digest of an event that comes after `before`."""
    said = {
        "id": str(event.id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "by": event.by,
        "about": event.about,
        "detail": event.detail,
    }
    told = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}\n{told}".encode("ascii")).hexdigest()


def head(store: str) -> Head:
    """Give the newest link of a store."""
    newest = Link.objects.using(store).order_by("-number").first()
    return Head(newest.number, newest.digest) if newest else Head(0, BEGIN)


def link(store: str) -> int:
    """Link what is not linked yet, oldest first, and give how many that were."""
    linked = 0
    while count := _link_some(store):
        linked += count
    return linked


def _link_some(store: str) -> int:
    with transaction.atomic(using=store):
        if not _alone(store):
            return 0
        last = head(store)
        number, before = last.number, last.digest
        links = []
        for event in unlinked(store)[:_AT_ONCE]:
            number, before = number + 1, digest(before, event)
            links.append(Link(number=number, event=event, digest=before))
        Link.objects.using(store).bulk_create(links)
        return len(links)


def _alone(store: str) -> bool:
    connection = connections[store]
    if connection.vendor != "postgresql":
        return True  # SQLite has one writer at a time by nature
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def unlinked(store: str) -> Any:  # noqa: ANN401  a query set of events
    """Give the events that are not in the chain yet, oldest first."""
    return Event.objects.using(store).filter(link=None).order_by("at", "id")


def verify(store: str) -> Verdict:
    """Look at the whole chain again, from its beginning."""
    broken, last = [], Head(0, BEGIN)
    for expected, found in enumerate(_links(store), start=1):
        if found.number != expected or digest(last.digest, found.event) != found.digest:
            broken.append(found.number)
        last = Head(found.number, found.digest)
    waiting = unlinked(store)
    return Verdict(last, tuple(broken), waiting.count(), _age(waiting.first()))


def _links(store: str) -> Iterator[Link]:
    return Link.objects.using(store).select_related("event").order_by("number").iterator(chunk_size=_AT_ONCE)


def _age(event: Event | None, now: datetime | None = None) -> timedelta:
    return max((now or timezone.now()) - event.at, timedelta()) if event else timedelta()
