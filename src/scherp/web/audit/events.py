"""What is put on record about the record itself."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done with the record."""

    EXPORTED = "record.exported"
