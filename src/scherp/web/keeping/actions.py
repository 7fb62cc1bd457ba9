"""Whatever changes a store as a whole, and is on record there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from scherp.web.audit.recording import Actor, record_in
from scherp.web.keeping.events import Happened
from scherp.web.keeping.masters import name_of, opens, sealed_in
from scherp.web.sealing.models import Key, masters
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEPER = Actor("system", "keeping")
"""Who runs the commands of this app: somebody at the terminal of the server, not known by name."""

_AT_ONCE = 500


def rotate(*, store: str, by: Actor = KEEPER) -> Iterator[int]:
    """Wrap every key of a store anew with its newest master key, and give how many were, some hundreds at a time.

    What is done is done when it is stopped halfway; the next time goes on. A key that no master key opens stays.
    """
    after: UUID | None = UUID(int=0)
    while after is not None:
        after, rewrapped = _rotate_some(store=store, after=after, by=by)
        yield rewrapped
    if store == STAFF:
        yield _rotate_factors(by=by)


def _rotate_some(*, store: str, after: UUID, by: Actor) -> tuple[UUID | None, int]:
    newest = settings.MASTER_KEYS[store][0]
    with transaction.atomic(using=store):
        keys = list(Key.objects.using(store).filter(pk__gt=after).order_by("pk")[:_AT_ONCE])
        rewrapped = sum(_rewrap(store, key) for key in keys)
        if rewrapped:
            record_in(store, Happened.KEYS_ROTATED, by=by, keys=rewrapped, master=name_of(newest))
    return (keys[-1].pk if keys else None), rewrapped


@transaction.atomic(using=STAFF)
def _rotate_factors(*, by: Actor) -> int:
    """Seal the second factors anew: few, so all at once."""
    newest = settings.MASTER_KEYS[STAFF][0]
    rewrapped = 0
    for factor in Authenticator.objects.using(STAFF).select_for_update():
        old = {name: factor.data[name] for name in sealed_in(factor)}
        new = {name: _renewed(STAFF, told.encode()).decode() for name, told in old.items()}
        if new != old:
            factor.data |= new
            factor.save(update_fields=["data"])
            rewrapped += sum(new[name] != old[name] for name in old)
    if rewrapped:
        record_in(STAFF, Happened.KEYS_ROTATED, by=by, factors=rewrapped, master=name_of(newest))
    return rewrapped


def _renewed(store: str, wrapped: bytes) -> bytes:
    """Give what the newest master key makes of it; as it is, if that was so already, or if none of them opens it."""
    newest, *older = settings.MASTER_KEYS[store]
    if opens(Fernet(newest), wrapped) or not any(opens(Fernet(master), wrapped) for master in older):
        return wrapped
    return masters(store).rotate(wrapped)


def _rewrap(store: str, key: Key) -> int:
    """Wrap one key anew. One that was destroyed in the meantime is not brought back."""
    old = bytes(key.wrapped)
    new = _renewed(store, old)
    return 0 if new == old else Key.objects.using(store).filter(pk=key.pk, wrapped=old).update(wrapped=new)
