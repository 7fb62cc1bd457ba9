"""What was said in a talk, as the desk's pages and its stream tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.texts import Language
from scherp.web.talks.models import Writer
from scherp.web.talks.telling import as_told

if TYPE_CHECKING:
    from scherp.web.talks.models import Talk


def told(talk: Talk, *, young: str, after: int = 0) -> list[dict[str, object]]:
    """Give what was said after a message, in order, in the language of the talk. young: what the other is called."""
    found = []
    for message in talk.messages.filter(number__gt=after):
        message.talk = talk  # whose key is here already
        line = as_told(message, Language(talk.language)) | {"talk": str(talk.id)}
        found.append(line | {"name": young} if message.writer == Writer.YOUNG else line)
    return found
