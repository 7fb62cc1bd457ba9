"""Threema for Android: the data backup (a CSV per chat), and a chat exported as text.

- Backup, 2014 and later, unpacked: `message_ID.csv` and `group_message_ID.csv` with the columns `uid`,
  `posted_at`, `type`, `isoutbox`, `body`, ...; names in `contacts.csv` and `groups.csv`. Times are milliseconds
  since 1970, or ISO 8601 where other tools wrote them. What the owner wrote is by `Me`.
- Exported chat: `messages.txt` (or `messages-NAME.txt`) with `[13-3-2024, 14:30] Name: text`, in the phone's own
  locale. WhatsApp's iOS export looks like it, but has seconds or its invisible marks, and another file name; all
  three are asked. In a group the export does not say who wrote.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Conversation, Kind
from scherp.reading.export import NotThisFormat, Options, Reader, Unplaced
from scherp.reading.structured import (
    ME,
    Draft,
    conversation,
    draft,
    epoch_time,
    exported,
    header_of,
    kind_of_content,
    listed,
    ours,
    parsed,
    rows,
    utc_time,
    words,
)
from scherp.reading.threema_text import is_chat, read_chat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scherp.reading.export import Document, Export

_TITLE = "Threema (backup, messages.txt)"

_MESSAGES = frozenset({"uid", "posted_at", "type", "isoutbox", "body"})
_CONTACTS = frozenset({"identity", "nick_name", "firstname", "lastname"})
_GROUPS = frozenset({"creator", "groupname"})
_CHAT_FILE = re.compile(r"message_([^/.]+)\.csv$")

_KIND = {
    "TEXT": Kind.TEXT,
    "IMAGE": Kind.IMAGE,
    "VIDEO": Kind.VIDEO,
    "VOICEMESSAGE": Kind.AUDIO,
    "LOCATION": Kind.LOCATION,
    "CONTACT": Kind.CONTACT,
    "BALLOT": Kind.POLL,
    "VOIP_STATUS": Kind.CALL,
    "GROUP_CALL_STATUS": Kind.CALL,
    "STATUS": Kind.SYSTEM,
    "GROUP_STATUS": Kind.SYSTEM,
    "DATE_SEPARATOR": Kind.SYSTEM,
    "FORWARD_SECURITY_STATUS": Kind.SYSTEM,
}

Cells = dict[str, str]


class _Names(NamedTuple):
    """What contacts and groups are called, by every id that the backup uses for them."""

    people: Mapping[str, str]
    groups: Mapping[str, str]


def recognises(document: Document) -> bool:
    """Tell by the columns of a backup's table; an exported chat by its lines and its name."""
    header = header_of(document.text)
    return any(columns.issubset(header) for columns in (_MESSAGES, _CONTACTS, _GROUPS)) or is_chat(document)


def read(documents: Sequence[Document], options: Options) -> Export:
    """Give a conversation per chat file."""
    found = ours(documents, map(recognises, documents))
    names = _Names(_people(found), _groups(found))
    conversations: list[Conversation] = []
    unplaced: list[Unplaced] = []
    for document in (d for d in found if _MESSAGES.issubset(header_of(d.text))):
        made, lost = _backed_up(document, names)
        conversations.append(made)
        unplaced += lost
    chats = [read_chat(d, options.date_order, READER.name) for d in found if is_chat(d)]
    if not conversations and not chats:
        raise NotThisFormat
    conversations += [chat.conversation for chat in chats]
    unplaced += [left for chat in chats for left in chat.unplaced]
    export = exported(READER.name, _TITLE, found, conversations, unreadable=len(unplaced), unplaced=unplaced)
    return replace(export, date_order=chats[0].order, settled=chats[0].settled) if chats else export


def _table(documents: Sequence[Document], columns: frozenset[str]) -> list[Cells]:
    tables = [d for d in documents if columns.issubset(header_of(d.text))]
    return [row.cells for table in tables for row in rows(table.text) if row.cells is not None]


def _people(documents: Sequence[Document]) -> dict[str, str]:
    named: dict[str, str] = {}
    for cells in _table(documents, _CONTACTS):
        full = f"{cells['firstname']} {cells['lastname']}".strip()
        name = full or cells["nick_name"].strip() or cells["identity"]
        named |= {cells[key]: name for key in ("identity", "identity_id") if cells.get(key)}
    return named


def _groups(documents: Sequence[Document]) -> dict[str, str]:
    named: dict[str, str] = {}
    for cells in _table(documents, _GROUPS):
        if cells["groupname"]:
            keys = (cells.get("group_uid"), cells.get("id"), f"{cells.get('id')}-{cells['creator']}")
            named |= {key: cells["groupname"] for key in keys if key}
    return named


def _backed_up(document: Document, names: _Names) -> tuple[Conversation, list[Unplaced]]:
    drafts: list[Draft] = []
    lost: list[Unplaced] = []
    partner = ""
    for row in rows(document.text):
        made = _draft(row.cells, row.line, names.people) if row.cells is not None else None
        if made is None or row.cells is None:
            lost.append(Unplaced(document.name, row.line))
            continue
        partner = partner or row.cells.get("identity", "")
        drafts.append(made)
    return conversation(_name(document, partner, names), READER.name, drafts), lost


def _name(document: Document, partner: str, names: _Names) -> str:
    file = PurePosixPath(document.name)
    found = _CHAT_FILE.search(file.name)
    number = found[1] if found else file.stem
    if "group_message_" in file.name:
        return names.groups.get(number, number)
    return names.people.get(number) or names.people.get(partner) or partner or number


def _draft(cells: Cells, line: int, people: Mapping[str, str]) -> Draft | None:
    time = _time(cells["posted_at"] or cells.get("created_at", ""))
    if time is None or not cells["type"]:
        return None
    kind = _kind(cells)
    identity = cells.get("identity", "")
    return draft(
        author=ME if cells["isoutbox"] == "1" else people.get(identity, identity),
        time=time,
        text=_text(cells, kind),
        kind=kind,
        line=line,
        key=cells.get("apiid") or None,
        answers=cells.get("quoted_message_apiid") or None,
    )


def _time(text: str) -> datetime | None:
    return epoch_time(text) if text.isdigit() else utc_time(text)


def _kind(cells: Cells) -> Kind:
    if cells.get("isstatusmessage") == "1":
        return Kind.SYSTEM
    if cells.get("deleted_at"):
        return Kind.DELETED
    kind = cells["type"].upper()
    return _kind_of_body(cells["body"]) if kind == "FILE" else _KIND.get(kind, Kind.OTHER)


def _kind_of_body(body: str) -> Kind:
    """Tell what a file is by its content type, the third in the list that the body then holds."""
    try:
        parts = listed(parsed(body))
    except ValueError:
        return Kind.FILE
    return kind_of_content(words(parts[2])) if len(parts) > 2 else Kind.FILE


def _text(cells: Cells, kind: Kind) -> str:
    if kind not in (Kind.TEXT, Kind.SYSTEM):
        return cells.get("caption", "")
    # Android doubles the backslash; other tools that write this form do not, and have no `apiid`.
    return cells["body"].replace("\\\\", "\\") if "apiid" in cells else cells["body"]


READER = Reader("threema", _TITLE, recognises, read)
