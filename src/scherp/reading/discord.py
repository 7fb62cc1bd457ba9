"""Discord: DiscordChatExporter 2.2x to 2.4x, and Discord's own data package (2020 and later).

- DiscordChatExporter JSON: `guild`, `channel`, `messages`. All sides of one channel; times have a zone.
- DiscordChatExporter CSV: `AuthorID,Author,Date,Content,Attachments,Reactions`; see `discord_tables`.
- Data package: a folder per channel with `messages.json` (since 2023) or `messages.csv`, and the names of channels
  in `index.json`. One side only: what the owner of the account wrote, here called `Me`.

A person is named by nickname; where two share one, the account name stands behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scherp.conversation import Conversation, Kind
from scherp.reading import discord_tables
from scherp.reading.discord_tables import kind_of_content_and_files
from scherp.reading.export import NotThisFormat, Options, Reader
from scherp.reading.structured import (
    HEAD,
    Draft,
    JsonRecord,
    conversation,
    draft,
    exported,
    identifier,
    iso_time,
    listed,
    ours,
    parsed_document,
    record,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Document, Export

_NAME = "discord"
_TITLE = "Discord (DiscordChatExporter, data package)"

_CHANNEL = re.compile(r'"channel"\s*:\s*\{')
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_PACKAGE = re.compile(r'\[\s*\{\s*"ID"\s*:.*?"Timestamp"\s*:', re.DOTALL)
_CHANNEL_NAMES = re.compile(r'\{\s*"[0-9]{15,20}"\s*:\s*(?:"|null)')
_CHANNEL_INFO = re.compile(r'\{\s*"id"\s*:\s*"[0-9]{15,20}"\s*,\s*"type"\s*:')

_SPOKEN = frozenset({"Default", "Reply", "0", "19", "20", "23"})
_CALLED = frozenset({"Call", "3"})


def recognises(document: Document) -> bool:
    """Tell by the fields of an exported channel, the columns of its table, or the records of a data package."""
    head = document.text[:HEAD].lstrip()
    if head.startswith(("{", "[")):
        return _is_channel(head) or bool(_PACKAGE.match(head[:2000])) or _names_channels(document)
    return discord_tables.recognises(document)


def read(documents: Sequence[Document], options: Options) -> Export:
    """Give a conversation per channel."""
    found = ours(documents, map(recognises, documents))
    names = _channel_names([d for d in found if _names_channels(d)])
    conversations: list[Conversation] = []
    unreadable = 0
    tables: list[discord_tables.Table] = []
    for document in (d for d in found if not _names_channels(d)):
        if not document.text.lstrip().startswith(("{", "[")):
            table = discord_tables.read(document, options.date_order, _NAME, names.get(_folder(document)))
            tables.append(table)
            made, lost = table.conversation, table.unreadable
        elif document.text.lstrip().startswith("["):
            made, lost = _packaged(document, names.get(_folder(document)))
        else:
            made, lost = _channel(document)
        conversations.append(made)
        unreadable += lost
    if not conversations:
        raise NotThisFormat
    export = exported(_NAME, _TITLE, found, conversations, unreadable=unreadable)
    dated = next((table for table in tables if table.order), None)
    return replace(export, date_order=dated.order, settled=dated.settled) if dated else export


def _is_channel(head: str) -> bool:
    return '"guild"' in head and bool(_CHANNEL.search(head) and _MESSAGES.search(head))


def _names_channels(document: Document) -> bool:
    """Tell whether it only says what channels are called: `index.json` or `channel.json` of a data package."""
    file = PurePosixPath(document.name).name
    head = document.text[:200].lstrip()
    shape = {"index.json": _CHANNEL_NAMES, "channel.json": _CHANNEL_INFO}.get(file)
    return shape is not None and bool(shape.match(head))


def _folder(document: Document) -> str:
    """Give the number of the channel that a package's folder is named after: `c123` or `123`."""
    return PurePosixPath(document.name).parent.name.removeprefix("c")


def _channel_names(documents: Sequence[Document]) -> dict[str, str]:
    names: dict[str, str] = {}
    for document in documents:
        fields = record(parsed_document(document, _TITLE))
        if "type" in fields:
            names.setdefault(words(fields.get("id")), words(fields.get("name")))
        else:
            names |= {number: words(name) for number, name in fields.items() if words(name)}
    return {number: name for number, name in names.items() if name}


# A channel by DiscordChatExporter


def _channel(document: Document) -> tuple[Conversation, int]:
    whole = record(parsed_document(document, _TITLE))
    messages = [record(item) for item in listed(whole.get("messages"))]
    names = _speakers([record(fields.get("author")) for fields in messages])
    drafts = [_of_channel(fields, names) for fields in messages]
    name = words(record(whole.get("channel")).get("name")) or PurePosixPath(document.name).stem
    return conversation(name, _NAME, [d for d in drafts if d is not None]), drafts.count(None)


def _speakers(authors: Sequence[JsonRecord]) -> dict[str, str]:
    """Give the name of each account: the nickname, and more where two accounts share it."""
    people = {number: author for author in authors if (number := identifier(author.get("id")))}
    short = {number: _nickname(author) for number, author in people.items()}
    long = {number: f"{short[number]} ({words(author.get('name')) or number})" for number, author in people.items()}
    sharing, still = Counter(short.values()), Counter(long.values())
    return {
        number: name if sharing[name] == 1 else long[number] if still[long[number]] == 1 else f"{name} ({number})"
        for number, name in short.items()
    }


def _nickname(author: JsonRecord) -> str:
    return words(author.get("nickname")) or words(author.get("name")) or words(author.get("id"))


def _of_channel(fields: JsonRecord, names: dict[str, str]) -> Draft | None:
    time = iso_time(fields.get("timestamp"))
    if time is None:
        return None
    author = record(fields.get("author"))
    number = identifier(author.get("id"))
    text = words(fields.get("content")) or words(record(fields.get("forwardedMessage")).get("content"))
    return draft(
        author=names[number] if number else _nickname(author),
        time=time,
        text=text,
        kind=_kind(fields, text),
        key=identifier(fields.get("id")),
        answers=identifier(record(fields.get("reference")).get("messageId")),
    )


def _kind(fields: JsonRecord, text: str) -> Kind:
    kind = identifier(fields.get("type")) or "Default"
    if kind in _CALLED:
        return Kind.CALL
    if kind not in _SPOKEN:
        return Kind.SYSTEM
    if listed(fields.get("stickers")):
        return Kind.STICKER
    files = [words(record(file).get("fileName")) for file in listed(fields.get("attachments"))]
    return kind_of_content_and_files(text, files)


# A channel of the data package


def _packaged(document: Document, name: str | None) -> tuple[Conversation, int]:
    records = [record(item) for item in listed(parsed_document(document, _TITLE))]
    drafts = [discord_tables.packaged(fields) for fields in records]
    called = name or _folder(document) or PurePosixPath(document.name).stem
    return conversation(called, _NAME, [d for d in drafts if d is not None]), drafts.count(None)


READER = Reader(_NAME, _TITLE, recognises, read)
