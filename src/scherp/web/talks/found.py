"""A talk, and what was said in it, as both sites look them up with every message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.web.sealing.models import Key
from scherp.web.stores import LINE
from scherp.web.stores.quick import Question, together
from scherp.web.talks.models import Message, Talk

if TYPE_CHECKING:
    import uuid

    from scherp.web.stores.quick import Asked

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


def talk_and_said(talk_id: uuid.UUID, *, after: int) -> tuple[Talk | None, list[Message]]:
    """Give a talk and what was said in it after a number: asked at once. None and nothing if there is no such talk."""
    found, messages = together(LINE, _FOUND.of(talk_id), _SAID.of(talk_id, after))
    talk = _first(found)
    return talk, in_talk(talk, messages) if talk else []


def locked(talk_id: uuid.UUID) -> Talk:
    """Give a talk as it is now, and keep others from changing it until the transaction is through."""
    return locked_and(talk_id)[0]


def locked_and(talk_id: uuid.UUID, *asked: Asked) -> tuple[Talk, list[list[tuple[Any, ...]]]]:
    """Lock a talk, and ask something once it is locked: with the answers to that."""
    found, *answers = together(LINE, _LOCKED.of(talk_id), *asked)
    talk = _first(found)
    if talk is None:
        raise Talk.DoesNotExist
    return talk, answers


def said(talk: Talk, *, after: int = 0) -> list[Message]:
    """Give what was said in a talk after a number, in order."""
    return in_talk(talk, _SAID(talk.pk, after))


def in_talk(talk: Talk, found: list[tuple[Any, ...]]) -> list[Message]:
    """Give messages with their talk, whose key is here already."""
    for (message,) in found:
        message.talk = talk
    return [message for (message,) in found]


def _first(found: list[tuple[Any, ...]]) -> Talk | None:
    talk: Talk
    for talk, key in found:
        talk.key = key
        return talk
    return None
