"""A talk, and what was said in it, as both sites look them up with every message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.web.sealing.models import Key
from scherp.web.stores import LINE
from scherp.web.stores.quick import Question
from scherp.web.talks.models import Message, Talk

if TYPE_CHECKING:
    import uuid

_TALK = "SELECT {talk}, {key} FROM talks_talk talk LEFT JOIN sealing_key key ON key.id = talk.key_id WHERE talk.id = %s"
_FOUND = Question(LINE, _TALK, talk=Talk, key=Key)
_LOCKED = Question(LINE, f"{_TALK} {{lock}}", talk=Talk, key=Key)
_SAID = Question(
    LINE,
    "SELECT {message} FROM talks_message message WHERE talk_id = %s AND number > %s ORDER BY number",
    message=Message,
)


def talk_with(talk_id: uuid.UUID) -> Talk | None:
    """Give a talk, with the key that opens what was said; None if there is no such talk."""
    return _first(_FOUND(talk_id))


def locked(talk_id: uuid.UUID) -> Talk:
    """Give a talk as it is now, and keep others from changing it until the transaction is through."""
    found = _first(_LOCKED(talk_id))
    if found is None:
        raise Talk.DoesNotExist
    return found


def said(talk: Talk, *, after: int = 0) -> list[Message]:
    """Give what was said in a talk after a number, in order."""
    found = [message for (message,) in _SAID(talk.pk, after)]
    for message in found:
        message.talk = talk  # whose key is here already
    return found


def _first(found: list[tuple[Talk, Key | None]]) -> Talk | None:
    for talk, key in found:
        talk.key = key
        return talk
    return None
