"""The chain in a store: each event linked to the one before, so that a changed, dropped or added row shows.

It holds against the roles that the sites use, not against the database's owner, who can make a new chain; that is
what the signed heads of each day are for (`heads`).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.utils import timezone

from scherp.web.audit.links import BEGIN, Head, Linked, digest, walk
from scherp.web.audit.models import Event, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOCK = 0x5C_4E_52_50  # any number: one linker at a time, in PostgreSQL
_AT_ONCE = 1_000
LINKED_WITHIN = timedelta(seconds=60)
"""How long an event may wait for its link before something is wrong; the linker looks every second."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found. broken_at: numbers whose event, digest or place is not as it was linked.

    unlinked: events not in the chain yet; waiting: how long the oldest of them has waited. passed: the digests at the
    numbers that were asked for.
    """

    head: Head
    broken_at: tuple[int, ...]
    unlinked: int
    waiting: timedelta
    passed: Mapping[int, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Tell whether every link holds."""
        return not self.broken_at

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing waits for its link longer than it may."""
        return self.waiting <= LINKED_WITHIN


def head(store: str) -> Head:
    """Give the newest link of a store."""
    newest = Link.objects.using(store).order_by("-number").first()
    return Head(newest.number, newest.digest) if newest else Head(0, BEGIN)


def link(store: str) -> int:
    """Link what is not linked yet, oldest first, and give how many that were; 0 while another process links."""
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
            number, before = number + 1, digest(before, said(event))
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


@contextmanager
def still(store: str) -> Iterator[None]:
    """Keep the linker waiting, so that what is linked and what is not are read as of one moment."""
    with transaction.atomic(using=store):
        if connections[store].vendor == "postgresql":
            connections[store].cursor().execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def unlinked(store: str) -> Any:  # noqa: ANN401  a query set of events
    """Give the events that are not in the chain yet, oldest first."""
    return Event.objects.using(store).filter(link=None).order_by("at", "id")


def verify(store: str, asked: Iterable[int] = ()) -> Verdict:
    """Look at the whole chain again, from its beginning. asked: numbers of which the digest is wanted."""
    found = walk(linked(store), asked)
    waiting = unlinked(store)
    return Verdict(found.head, found.broken_at, waiting.count(), _age(waiting.first()), found.passed)


def linked(store: str) -> Iterator[Linked]:
    """Give every event in the chain, in its order."""
    rows = Link.objects.using(store).select_related("event").order_by("number")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield Linked(row.number, row.digest, said(row.event))


def said(event: Event) -> dict[str, Any]:
    """Give everything that an event says, as its digest takes it."""
    return {
        "id": str(event.id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "by": event.by,
        "about": event.about,
        "detail": event.detail,
    }


def _age(event: Event | None, now: datetime | None = None) -> timedelta:
    return max((now or timezone.now()) - event.at, timedelta()) if event else timedelta()
