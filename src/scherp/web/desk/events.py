"""What is put on record about the desk."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done at the desk, beside what is on record about the talk itself."""

    LOOKED = "desk.looked"
    ORDER_CHANGED = "desk.order-changed"
    BREAK_BEGAN = "desk.break-began"
    BREAK_ENDED = "desk.break-ended"
    NOTE_ADDED = "desk.note-added"
    NOTE_WITHDRAWN = "desk.note-withdrawn"
    SHARED_ADDED = "desk.shared-added"
    SHARED_READ = "desk.shared-read"
    SHARED_ERASED = "desk.shared-erased"
    JUDGED = "desk.sign-judged"
    ERASED = "desk.erased"
