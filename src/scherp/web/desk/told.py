"""What was said in a talk, as the desk's pages and its stream tell it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from scherp.texts import Language
from scherp.web.talks.models import Message, Writer
from scherp.web.talks.telling import as_told

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence

    from scherp.web.talks.models import Talk


def said_after(numbers: Mapping[uuid.UUID, int], talks: Sequence[Talk]) -> dict[uuid.UUID, list[Message]]:
    """Give what was said in each of these talks after the message that a page has of it, in order; asked at once."""
    said: dict[uuid.UUID, list[Message]] = {talk.id: [] for talk in talks}
    since = [Q(talk=talk.id, number__gt=numbers.get(talk.id, 0)) for talk in talks]
    for message in Message.objects.filter(reduce(or_, since)).order_by("number") if since else ():
        said[message.talk_id].append(message)
    return said


def told(talk: Talk, messages: Iterable[Message], *, young: str) -> list[dict[str, object]]:
    """Give messages of a talk as a page shows them, in the language of the talk. young: what the other is called."""
    found = []
    for message in messages:
        message.talk = talk  # whose key is here already
        line = as_told(message, Language(talk.language)) | {"talk": str(talk.id)}
        found.append(line | {"name": young} if message.writer == Writer.YOUNG else line)
    return found
