"""The bulk form of Scherp: one conversation a line, as JSON. `scherp read` writes it, `scherp score` reads it.

    {"id", "lang"?, "messages": [{"author", "time", "text", "kind"?, "reply_to"?}], "times_trusted"?}

Messages keep the order and the numbers of the line. A time that is not ISO 8601 is none; a system line has no
author. Where some times have a zone and others have not, the others are read as UTC; then, and where times are
missing or run backwards, the times are not trusted. `times_trusted` is written only when it is false (a date order
that was not settled): a doubt outlives being written down. As a reader, this also takes the same object spread
over lines.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from operator import le
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp import errors
from scherp.conversation import Conversation, Kind, Message, new
from scherp.reading.export import Options, Reader, Unplaced
from scherp.reading.structured import HEAD, exported, ours, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Document, Export

_NAME = "jsonl"
_TITLE = "Scherp JSON lines (.jsonl)"

_KINDS = {kind.value: kind for kind in Kind}
_TEXT, _OTHER, _SYSTEM = Kind.TEXT, Kind.OTHER, Kind.SYSTEM

_MESSAGES = re.compile(r'"messages"\s*:\s*\[\s*(?P<none>\])?')
_FOREIGN = frozenset({"from", "from_id", "date", "type", "sender_name", "content", "sender", "body"})
_DECODER = json.JSONDecoder()


class Record(NamedTuple):
    """One line: the id as given, the language if it says one, and the conversation."""

    id: str | int | None
    lang: str | None
    conversation: Conversation


class BadLine(ValueError):
    """A line that is no conversation. It says which message and field, and never what was written.

    id: of the conversation, where that could still be read.
    """

    def __init__(self, reason: str, conversation_id: str | int | None = None) -> None:
        super().__init__(reason)
        self.id = conversation_id


def parse_line(line: str) -> Record:
    """Read one line of the bulk form. Raises BadLine."""
    return _record(_object(line))


def to_line(conversation: Conversation, conversation_id: str | int | None = None) -> str:
    """Write a conversation as one line, without a line end."""
    whole: dict[str, Any] = {"id": conversation_id, "messages": [_written(m) for m in conversation.messages]}
    if not conversation.times_trusted:
        whole["times_trusted"] = False
    return json.dumps(whole, ensure_ascii=False)


def recognises(document: Document) -> bool:
    """Tell by a `messages` list whose first object has `text` and none of the fields of other forms."""
    head = document.text[:HEAD]
    found = _MESSAGES.search(head) if head.lstrip().startswith("{") else None
    if found is None:
        return False
    if found["none"]:
        return '"id"' in head[: found.start()]
    try:
        first, _ = _DECODER.raw_decode(document.text, found.end())
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and isinstance(first.get("text"), str) and not _FOREIGN & first.keys()


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per line, named by its id; a line that is none is unreadable, and unplaced."""
    found = ours(documents, map(recognises, documents))
    conversations: list[Conversation] = []
    unplaced: list[Unplaced] = []
    for document in found:
        records, bad = _lines(document)
        unplaced += bad if records else []
        conversations += [r.conversation for r in records or [_whole(document)]]
    return exported(_NAME, _TITLE, found, conversations, unreadable=len(unplaced), unplaced=unplaced)


def _lines(document: Document) -> tuple[list[Record], list[Unplaced]]:
    records: list[Record] = []
    bad: list[Unplaced] = []
    # Only at line feeds: str.splitlines also cuts at characters that may stand inside JSON text.
    for number, line in enumerate(document.text.split("\n"), start=1):
        if line.strip():
            try:
                records.append(parse_line(line))
            except BadLine:
                bad.append(Unplaced(document.name, number))
    return records, bad


def _whole(document: Document) -> Record:
    try:
        return parse_line(document.text)
    except BadLine:
        line = document.text.count("\n") + 1
    raise errors.Damaged(name=document.name, format=_TITLE, line=line)


def _object(line: str) -> dict[str, Any]:
    try:
        whole = parsed(line)
    except ValueError:
        whole = None
    if not isinstance(whole, dict):
        # Outside the handler: a JSON error carries the whole line with it.
        raise BadLine("not a JSON object")
    return whole


def _record(whole: dict[str, Any]) -> Record:
    given = whole.get("id")
    if type(given) is not str and type(given) is not int and given is not None:
        raise BadLine("id is neither text nor a whole number")
    lang, items = whole.get("lang"), whole.get("messages")
    if not isinstance(lang, str | None):
        raise BadLine("lang is not text", given)
    if not isinstance(items, list):
        raise BadLine("messages is not a list", given)
    messages, times = _messages(items, given)
    trusted = whole.get("times_trusted") is not False and None not in times
    if trusted and len({time.tzinfo is None for time in times if time is not None}) > 1:
        trusted = False
    if not trusted:
        messages = _on_one_clock(messages)
    elif not all(map(le, times, times[1:])):
        trusted = False
    name = "" if given is None else str(given)
    return Record(given, lang, Conversation(name, _NAME, tuple(messages), times_trusted=trusted))


def _messages(items: list[Any], given: str | int | None) -> tuple[list[Message], list[Any]]:
    # One loop without calls of our own: this runs for every message of a bulk file.
    messages: list[Message] = []
    times: list[datetime | None] = []
    count = len(items)
    kind_of, from_iso = _KINDS.get, datetime.fromisoformat
    for number, item in enumerate(items):
        try:
            get = item.get
            text, author, time = item["text"], get("author"), get("time")
            kind, reply_to = get("kind"), get("reply_to")
            if type(text) is not str or (author is not None and type(author) is not str):
                raise TypeError  # noqa: TRY301  the handler below says which message it was
            if reply_to is not None and type(reply_to) is not int:
                raise TypeError  # noqa: TRY301
            if time is not None:
                time = from_iso(time)
            kind = _TEXT if kind is None else kind_of(kind, _OTHER)
        except ValueError:
            time, kind = None, _TEXT if kind is None else kind_of(kind, _OTHER)
        except (AttributeError, KeyError, TypeError):
            raise BadLine(f"message {number}: {_fault(item)}", given) from None
        if reply_to is not None and not 0 <= reply_to < count:
            reply_to = None
        if kind is _SYSTEM or author == "":
            author = None
        times.append(time)
        messages.append(new(Message, (number, author, time, text, kind, reply_to, None)))
    return messages, times


def _fault(item: object) -> str:
    if not isinstance(item, dict):
        return "not an object"
    if not isinstance(item.get("text"), str):
        return "text is missing or not text"
    for field in ("author", "time", "kind"):
        if not isinstance(item.get(field), str | None):
            return f"{field} is neither text nor null"
    return "reply_to is neither a whole number nor null"


def _on_one_clock(messages: list[Message]) -> list[Message]:
    zoned = {m.time.tzinfo is not None for m in messages if m.time is not None}
    if len(zoned) < 2:
        return messages
    return [
        m._replace(time=m.time.replace(tzinfo=UTC)) if m.time is not None and m.time.tzinfo is None else m
        for m in messages
    ]


def _written(message: Message) -> dict[str, Any]:
    written: dict[str, Any] = {
        "author": message.author,
        "time": None if message.time is None else message.time.isoformat(),
        "text": message.text,
    }
    if message.kind is not Kind.TEXT:
        written["kind"] = message.kind.value
    if message.reply_to is not None:
        written["reply_to"] = message.reply_to
    return written


READER = Reader(_NAME, _TITLE, recognises, read)
