"""A message as a page shows it, whoever's page it is: text, and no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from scherp.texts import say
from scherp.web.talks.models import Writer

if TYPE_CHECKING:
    from scherp.texts import Language
    from scherp.web.talks.models import Message


def as_told(message: Message, language: Language) -> dict[str, object]:
    """Give a message for a template or as JSON. key: the sender's own, by which a page knows what it sent itself."""
    fixed = message.writer == Writer.FIXED
    return {
        "number": message.number,
        "key": str(message.key),
        "writer": message.writer,
        "name": "" if fixed else message.name,
        "words": say(f"talk.fixed.{message.said}", language, name=message.name) if fixed else message.words,
        "at": f"{timezone.localtime(message.at):%H:%M}",
    }
