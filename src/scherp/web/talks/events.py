"""What is put on record about talks."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done to, or read of, a talk."""

    OPENED = "talk.opened"
    TAKEN = "talk.taken"
    READ = "talk.read"
    LEFT = "talk.left"
    CAME_BACK = "talk.came-back"
    EARLIER_SHOWN = "talk.earlier-shown"
    ENDED = "talk.ended"
    ERASED = "talk.erased"
    FORGOTTEN = "talk.forgotten"
    TRANSFER_ASKED = "talk.transfer-asked"
    TRANSFER_ANSWERED = "talk.transfer-answered"
    TRANSFERRED = "talk.transferred"
    PUT_BACK = "talk.put-back"
    READ_ALONG_BEGAN = "talk.read-along-began"
    READ_ALONG_ENDED = "talk.read-along-ended"
    WAITS_NOW = "talk.waits-now"
    SHARE_ASKED = "talk.share-asked"
    CONSENT_TO_SHARE = "talk.consent-to-share"
    CONSENT_ENDED = "talk.consent-ended"
    BLOCKED = "talk.blocked"
    UNBLOCKED = "talk.unblocked"
    REFUSED = "talk.refused"
