"""Instagram and Messenger (Meta): "Download your information", format JSON, 2018-2025.

Also Messenger's own export of end-to-end encrypted chats, 2023-2025.

A thread is one or more `message_N.json`, newest first, below `inbox/`, `message_requests/`,
`archived_threads/` and the like. Its texts are UTF-8 that was read as Latin-1 and then escaped; each string
is repaired when that gives valid UTF-8, and left alone otherwise. Times are milliseconds UTC; the zone of the
people is not known.

The encrypted export has `senderName`, `text` and `timestamp` instead, and needs no repair.

A line that the app writes for somebody ("Liked a message", a reaction, joining a group) is a system line:
nobody typed it, so it is nobody's text. A GIF is a sticker. Which of the two apps it was is told from the
addresses of attached files and of the file itself (`your_instagram_activity/...`); else the platform is `meta`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Conversation, Kind
from scherp.reading.export import NotThisFormat, Options, Reader
from scherp.reading.structured import (
    HEAD,
    Draft,
    JsonRecord,
    conversation,
    draft,
    epoch_time,
    exported,
    kind_of_file,
    listed,
    parsed_document,
    record,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Document, Export

TITLE = "Instagram and Messenger (JSON, .zip)"

_MARKS = re.compile(
    r'"sender_name"\s*:[^}]{0,2000}?"timestamp_ms"\s*:'
    r'|"timestamp_ms"\s*:[^}]{0,2000}?"sender_name"\s*:'
    r'|"participants"\s*:\s*\[\s*\{\s*"name"\s*:'
    r'|"participants"\s*:\s*\[\s*"[^}]{0,2000}?"(?:threadName|messages)"\s*:'
    r'|"senderName"\s*:[^}]{0,2000}?"timestamp"\s*:'
)
_PARTS = {
    "photos": Kind.IMAGE,
    "videos": Kind.VIDEO,
    "audio_files": Kind.AUDIO,
    "gifs": Kind.STICKER,
    "sticker": Kind.STICKER,
    "files": Kind.FILE,
}
_TYPES = {
    "call": Kind.CALL,
    "subscribe": Kind.SYSTEM,
    "unsubscribe": Kind.SYSTEM,
    "location": Kind.LOCATION,
    "poll": Kind.POLL,
    "placeholder": Kind.OTHER,
}
"""`type` in Messenger before 2023 ("Call") and in the encrypted export ("placeholder")."""

_WRITTEN_BY_THE_APP = re.compile(
    r"liked a message|vindt een bericht leuk|heeft een bericht leuk gevonden"
    r"|(?:reacted|heeft) .{1,30}(?: to your message| gereageerd op je bericht)\s*",
    re.IGNORECASE,
)
_INSTEAD_OF_A_PART = re.compile(
    r".{1,200} (?:sent an attachment|heeft een bijlage (?:verzonden|gestuurd|verstuurd))\.", re.IGNORECASE
)
_PLATFORMS = (
    ("instagram", re.compile(r"instagram", re.IGNORECASE)),
    ("messenger", re.compile(r"facebook|messenger", re.IGNORECASE)),
)


class _Piece(NamedTuple):
    """One file of a thread. Threads are told apart by their path, title and people, wherever the file lay."""

    thread: tuple[object, ...]
    name: str
    platform: str | None
    drafts: list[Draft]
    unreadable: int


def recognises(document: Document) -> bool:
    """Tell by the participants, or by a sender and a time in milliseconds in the first messages."""
    head = document.text[:HEAD]
    return head.lstrip().startswith("{") and '"messages"' in document.text and _MARKS.search(head) is not None


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Read threads, their pieces joined. Raises NotThisFormat, Damaged or NoMessages."""
    pieces = [_piece(document) for document in documents]
    threads: dict[tuple[object, ...], list[_Piece]] = {}
    for piece in pieces:
        threads.setdefault(piece.thread, []).append(piece)
    unreadable = sum(piece.unreadable for piece in pieces)
    if unreadable and not any(piece.drafts for piece in pieces):
        raise NotThisFormat
    return exported("meta", TITLE, documents, map(_joined, threads.values()), unreadable=unreadable)


def repaired(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1; the same text where it was not."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _piece(document: Document) -> _Piece:
    thread = record(parsed_document(document, TITLE))
    if not isinstance(thread.get("messages"), list):
        raise NotThisFormat
    found = [message for item in thread["messages"] if _is_message(message := record(item))]
    drafts = [_draft(message) for message in found]
    unreadable = len(thread["messages"]) - len(found)
    return _Piece(_thread(thread, document.name), _name(thread), _platform(found, document.name), drafts, unreadable)


def _is_message(message: JsonRecord) -> bool:
    return any(key in message for key in ("sender_name", "timestamp_ms", "senderName"))


def _thread(thread: JsonRecord, name: str) -> tuple[object, ...]:
    path = words(thread.get("thread_path")) or words(thread.get("threadName")) or name.rpartition("/")[0]
    return (path, _name(thread), frozenset(_people(thread)))


def _people(thread: JsonRecord) -> list[str]:
    people = listed(thread.get("participants"))
    names = [words(person) or words(record(person).get("name")) for person in people]
    return [repaired(name) for name in names if name]


def _name(thread: JsonRecord) -> str:
    title = words(thread.get("title")) or words(thread.get("threadName"))
    return repaired(title) or ", ".join(_people(thread)) or repaired(words(thread.get("thread_path")))


def _joined(pieces: list[_Piece]) -> Conversation:
    """Join the files of a thread, the newest first, as each of them is."""
    platform = next((piece.platform for piece in pieces if piece.platform), "meta")
    drafts = [draft for piece in sorted(pieces, key=_newest, reverse=True) for draft in piece.drafts]
    return conversation(pieces[0].name, platform, drafts)


def _newest(piece: _Piece) -> float:
    return max((d.message.time.timestamp() for d in piece.drafts if d.message.time), default=0.0)


def _draft(message: JsonRecord) -> Draft:
    if "senderName" in message:
        author, text = words(message["senderName"]), words(message.get("text"))
    else:
        author, text = repaired(words(message.get("sender_name"))), repaired(words(message.get("content")))
    kind = _kind(message, text)
    if kind in {Kind.DELETED, Kind.CALL, Kind.OTHER} or _INSTEAD_OF_A_PART.fullmatch(text):
        text = ""
    time = epoch_time(message.get("timestamp_ms", message.get("timestamp")))
    return draft(author=author, time=time, text=text, kind=kind)


def _kind(message: JsonRecord, text: str) -> Kind:
    if any(message.get(gone) is True for gone in ("is_unsent", "isUnsent", "is_taken_down")):
        return Kind.DELETED
    if "call_duration" in message:
        return Kind.CALL
    if kind := _TYPES.get(words(message.get("type")).lower()):
        return kind
    if _WRITTEN_BY_THE_APP.fullmatch(text):
        return Kind.SYSTEM
    return _part(message) or (Kind.TEXT if text and not _INSTEAD_OF_A_PART.fullmatch(text) else Kind.OTHER)


def _part(message: JsonRecord) -> Kind | None:
    for part, kind in _PARTS.items():
        if message.get(part):
            return kind
    media = _uris(message.get("media"))
    return kind_of_file(media[0]) if media else None


def _platform(found: list[JsonRecord], name: str) -> str | None:
    """Tell the app from where attached files lie, and then from where this file lay."""
    if any("senderName" in message for message in found):
        return "messenger"
    attached = (uri for message in found for part in _PARTS for uri in _uris(message.get(part)))
    for place in (*attached, name):
        for platform, mark in _PLATFORMS:
            if mark.search(place):
                return platform
    return None


def _uris(value: object) -> list[str]:
    return [words(record(item).get("uri")) for item in (listed(value) or [value]) if item]


READER = Reader("meta", TITLE, recognises, read)
