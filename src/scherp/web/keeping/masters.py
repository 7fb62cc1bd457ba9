"""Which master key wraps which keys of a store."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from scherp.web.sealing.models import Key
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Counts:
    """How many keys and secrets each master key wraps, newest first, by its name; lost: how many none of them opens."""

    by_master: Mapping[str, int]
    lost: int

    @property
    def outdated(self) -> int:
        """Give how many keys are wrapped by an older master key than the newest."""
        return sum(list(self.by_master.values())[1:])


def counted(store: str) -> Counts:
    """Look at every key of a store, and at the second factors, which are sealed with a master key itself."""
    masters = [(name_of(key), Fernet(key)) for key in settings.MASTER_KEYS[store]]
    found = Counter(_opened_by(row, masters) for row in _wrapped(store))
    return Counts({name: found[name] for name, _ in masters}, found[None])


def name_of(master: str) -> str:
    """Give the name of a master key, by which people may speak of it: eight digits of its SHA-256."""
    return hashlib.sha256(master.encode("ascii")).hexdigest()[:8]


def _opened_by(wrapped: bytes, masters: list[tuple[str, Fernet]]) -> str | None:
    return next((name for name, master in masters if opens(master, wrapped)), None)


def opens(master: Fernet, wrapped: bytes) -> bool:
    """Tell whether a master key wraps this key."""
    try:
        master.decrypt(wrapped)
    except InvalidToken:
        return False
    return True


def _wrapped(store: str) -> Iterator[bytes]:
    rows = Key.objects.using(store).values_list("wrapped", flat=True)
    yield from map(bytes, rows.iterator(chunk_size=2_000))
    if store == STAFF:
        for factor in Authenticator.objects.using(store).iterator():
            yield from (factor.data[name].encode() for name in sealed_in(factor))


def sealed_in(factor: Any) -> list[str]:  # noqa: ANN401  the library has no types
    """Name what is sealed in a second factor: the secret of an app, the seed of the recovery codes."""
    return [name for name in ("secret", "seed") if isinstance(factor.data.get(name), str)]
