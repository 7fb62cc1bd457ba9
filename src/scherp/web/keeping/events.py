"""What is put on record about the keeping of the stores."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done to a store as a whole."""

    KEYS_ROTATED = "keys.rotated"
    BACKED_UP = "store.backed-up"
    RESTORED = "store.restored"
