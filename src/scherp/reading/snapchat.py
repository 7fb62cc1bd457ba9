"""Snapchat, "My Data" in JSON: `chat_history.json` and `snap_history.json`.

Two forms. Until 2023: two lists, `Received Saved Chat History` and `Sent Saved Chat History`; the sent one
does not name its writer, who is then called `Me`. Since 2023: a list per friend or group, with `From` and
`IsSender` in each record. Both begin with the newest message; times are UTC.

Only saved chats are in it. A snap is known by its time only: it is `Kind.VIEW_ONCE` and has no text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Kind
from scherp.reading.export import NotThisFormat, Options, Reader
from scherp.reading.structured import (
    HEAD,
    ME,
    Draft,
    JsonRecord,
    conversation,
    draft,
    exported,
    listed,
    ours,
    parsed_document,
    record,
    utc_time,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scherp.reading.export import Document, Export

_TITLE = "Snapchat (chat_history.json)"

_SIGNATURE = re.compile(r'"Media Type"\s*:')
_OLD_LIST = re.compile(r'"(?:Received|Sent) (?:(?:Un)?[Ss]aved )?(?:Chat|Snap) History"\s*:')

_KIND = {
    "TEXT": Kind.TEXT,
    "MEDIA": Kind.IMAGE,  # a photo or a video; the export does not say which
    "IMAGE": Kind.IMAGE,
    "VIDEO": Kind.VIDEO,
    "NOTE": Kind.AUDIO,
    "STICKER": Kind.STICKER,
    "LOCATION": Kind.LOCATION,
    "STATUSERASEDMESSAGE": Kind.DELETED,
    "ERASED": Kind.DELETED,
}


class _Entry(NamedTuple):
    """A record, and with whom: `partner` is the friend or group, `author` who wrote it."""

    partner: str
    author: str | None
    fields: JsonRecord
    snap: bool


def recognises(document: Document) -> bool:
    """Tell by the two lists of the old form, or by records with `Media Type` and `Created`."""
    head = document.text[:HEAD]
    if not head.lstrip().startswith("{"):
        return False
    return bool(_OLD_LIST.search(head)) or (bool(_SIGNATURE.search(head)) and '"Created"' in head and '"From"' in head)


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per friend or group, chats and snaps together in order of time."""
    found = ours(documents, map(recognises, documents))
    drafts: dict[str, list[Draft]] = {}
    titles: dict[str, str] = {}
    unreadable = 0
    for entry in (e for document in found for e in _entries(document)):
        made = _draft(entry)
        if made is None:
            unreadable += 1
            continue
        drafts.setdefault(entry.partner, []).append(made)
        titles.setdefault(entry.partner, words(entry.fields.get("Conversation Title")) or entry.partner)
    conversations = [conversation(titles[friend], READER.name, some) for friend, some in drafts.items()]
    return exported(READER.name, _TITLE, found, conversations, unreadable=unreadable)


def _entries(document: Document) -> Iterator[_Entry]:
    whole = parsed_document(document, _TITLE)
    if not isinstance(whole, dict):
        raise NotThisFormat
    for name, entries in whole.items():
        old = bool(_OLD_LIST.match(f'"{name}":'))
        for fields in listed(entries):
            yield _of_old_list(name, record(fields)) if old else _of_friend(name, record(fields))


def _of_old_list(name: str, fields: JsonRecord) -> _Entry:
    snap = "Snap" in name
    if name.startswith("Sent"):
        return _Entry(words(fields.get("To")), ME, fields, snap)
    sender = words(fields.get("From"))
    return _Entry(sender, sender, fields, snap)


def _of_friend(name: str, fields: JsonRecord) -> _Entry:
    author = words(fields.get("From")) or (ME if fields.get("IsSender") is True else None)
    return _Entry(name, author, fields, snap="Content" not in fields and "Text" not in fields)


def _draft(entry: _Entry) -> Draft | None:
    time = utc_time(entry.fields.get("Created"))
    media = words(entry.fields.get("Media Type"))
    if time is None or not media or not entry.partner:
        return None
    text = html.unescape(words(entry.fields.get("Content")) or words(entry.fields.get("Text")))
    return draft(
        author=entry.author,
        time=time,
        text=text,
        kind=Kind.VIEW_ONCE if entry.snap and media in ("IMAGE", "VIDEO") else _kind(media, text),
    )


def _kind(media: str, text: str) -> Kind:
    if media in _KIND:
        return _KIND[media]
    if media.startswith("STATUS"):
        return Kind.CALL if "CALL" in media else Kind.SYSTEM
    return Kind.TEXT if text else Kind.OTHER


READER = Reader("snapchat", _TITLE, recognises, read)
