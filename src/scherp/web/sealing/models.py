"""The key of one talk or one case."""

from __future__ import annotations

import os
import uuid
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils import timezone

_NONCE = 12  # bytes; NIST SP 800-38D, 8.2.2


class CannotUnseal(Exception):
    """The key is destroyed, or not one of ours, or the sealed text was put elsewhere or changed."""


class Key(models.Model):
    """A data key of 256 bits, wrapped by the newest master key of its store (envelope encryption)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"key {self.id}"

    @classmethod
    def new(cls, store: str) -> Self:
        """Make and keep a new key in a store."""
        made = masters(store).encrypt(AESGCM.generate_key(bit_length=256))
        return cls.objects.using(store).create(wrapped=made)

    def seal(self, text: str, place: str) -> bytes:
        """Seal a text for one place (row and field): elsewhere it does not open. AES-256-GCM."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher().encrypt(nonce, text.encode("utf-8"), place.encode("utf-8"))

    def unseal(self, sealed: bytes, place: str) -> str:
        """Open what was sealed for this place. Raises CannotUnseal."""
        try:
            opened = self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode("utf-8"))
        except InvalidTag as wrong:
            raise CannotUnseal from wrong
        return opened.decode("utf-8")

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:  # noqa: FBT001, FBT002, ARG002  Django's form
        """Destroy the key, in its own store. Who holds it lets go of it in the same transaction, or that fails."""
        # Django would look in this store for everybody who may hold a key, and some of them are in the other.
        store = using or str(self._state.db)
        gone = Key.objects.using(store).filter(pk=self.pk)._raw_delete(store)  # noqa: SLF001
        return gone, {"sealing.Key": gone}

    def _cipher(self) -> AESGCM:
        try:
            return AESGCM(masters(str(self._state.db)).decrypt(bytes(self.wrapped)))
        except InvalidToken as wrong:
            raise CannotUnseal from wrong


def masters(store: str) -> MultiFernet:
    """Give the master keys of a store, newest first: the first seals, all of them open."""
    return MultiFernet([Fernet(key) for key in settings.MASTER_KEYS[store]])
