"""What a reading of text cannot know: said every time, so that nobody takes silence for safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation
    from scherp.report.view import View

_SEEN = frozenset({Kind.TEXT, Kind.SYSTEM, Kind.POLL})


def sentences(conversation: Conversation, view: View) -> tuple[str, ...]:
    """Give what is not known of this conversation, the particular before the general."""
    language = view.language
    said = []
    unseen = sum(1 for m in conversation.messages if m.kind not in _SEEN)
    if unseen:
        said.append(say("report.unknown.unseen", language, count=unseen))
    timeless = sum(1 for m in conversation.messages if m.time is None and m.kind is not Kind.SYSTEM)
    if timeless:
        said.append(say("report.unknown.times", language, count=timeless))
    return (
        *said,
        *(say(f"report.unknown.{key}", language) for key in ("who", "before", "outside", "language")),
    )
