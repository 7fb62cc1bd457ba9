"""What was said in a talk, as the desk's pages and its stream tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.texts import Language
from scherp.web.talks.models import Writer
from scherp.web.talks.telling import as_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.web.talks.models import Message, Talk


def told(talk: Talk, messages: Iterable[Message], *, young: str) -> list[dict[str, object]]:
    """Give messages of a talk as a page shows them, in the language of the talk. young: what the other is called."""
    found = []
    for message in messages:
        line = as_told(message, Language(talk.language)) | {"talk": str(talk.id)}
        found.append(line | {"name": young} if message.writer == Writer.YOUNG else line)
    return found
