"""Whatever changes a store as a whole, and is on record there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from scherp.web.audit.recording import Actor, record_in
from scherp.web.keeping.events import Happened
from scherp.web.keeping.masters import name_of, opens
from scherp.web.sealing.models import Key, masters

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEPER = Actor("system", "keeping")
"""Who runs the commands of this app: somebody at the terminal of the server, not known by name."""

_AT_ONCE = 500


def rotate(*, store: str, by: Actor = KEEPER) -> Iterator[int]:
    """Wrap every key of a store with its newest master key, and give how many were, some hundreds at a time.

    What is done is done when it is stopped halfway; the next time goes on. A key that no master key opens stays.
    """
    after: UUID | None = UUID(int=0)
    while after is not None:
        after, rewrapped = _rotate_some(store=store, after=after, by=by)
        yield rewrapped


def _rotate_some(*, store: str, after: UUID, by: Actor) -> tuple[UUID | None, int]:
    newest = settings.MASTER_KEYS[store][0]
    with transaction.atomic(using=store):
        keys = list(Key.objects.using(store).filter(pk__gt=after).order_by("pk")[:_AT_ONCE])
        old = [key for key in keys if not opens(Fernet(newest), bytes(key.wrapped))]
        rewrapped = sum(_rewrap(store, key) for key in old)
        if rewrapped:
            record_in(store, Happened.KEYS_ROTATED, by=by, keys=rewrapped, master=name_of(newest))
    return (keys[-1].pk if keys else None), rewrapped


def _rewrap(store: str, key: Key) -> int:
    """Wrap one key anew. One that was destroyed in the meantime is not brought back."""
    old = bytes(key.wrapped)
    if not any(opens(Fernet(master), old) for master in settings.MASTER_KEYS[store]):
        return 0
    return Key.objects.using(store).filter(pk=key.pk, wrapped=old).update(wrapped=masters(store).rotate(old))
