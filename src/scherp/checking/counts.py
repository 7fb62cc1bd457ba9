"""How much was read, in words: the same everywhere, so that no two commands seem to read another chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.reading.export import authored
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.conversation import Message
    from scherp.texts import Language


def counted(messages: Iterable[Message], language: Language) -> str:
    """Say how many messages people wrote, and how many notices of the app stand between them, if any."""
    messages = tuple(messages)
    written = authored(messages)
    said = say("report.file.messages", language, count=written)
    notices = len(messages) - written
    return f"{said} {say('report.file.notices', language, count=notices)}" if notices else said
