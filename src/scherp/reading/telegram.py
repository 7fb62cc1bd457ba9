"""Telegram Desktop (2.x to 5.x, 2020-2025), "Export chat history" or "Export Telegram data", format JSON.

One chat is `{"name", "type", "id", "messages": [...]}`; a whole account holds such chats in `chats.list`
and `left_chats.list`. Times: `date` is the local clock of the computer that exported, `date_unixtime`
(since 2022) is UTC. With both, a time is aware and its offset is the difference between the two, because
the hour of night counts; with only the first it is naive.

A GIF (`animation`) is a sticker: a ready-made moving picture. A forwarded message is of who forwarded it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

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
    identifier,
    iso_time,
    kind_of_content,
    listed,
    parsed_document,
    record,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scherp.reading.export import Document, Export

TITLE = "Telegram Desktop (JSON)"

_CHAT_KINDS = r"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_(?:group|supergroup|channel))"
_CHAT = re.compile(rf'"type"\s*:\s*"(?:message|service|unsupported|{_CHAT_KINDS})"')
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_ACCOUNT = re.compile(r'"(?:left_)?chats"\s*:\s*\{')

_MEDIA = {
    "sticker": Kind.STICKER,
    "animation": Kind.STICKER,
    "video_message": Kind.VIDEO,
    "video_file": Kind.VIDEO,
    "voice_message": Kind.AUDIO,
    "audio_file": Kind.AUDIO,
}
_PARTS = {
    "photo": Kind.IMAGE,
    "location_information": Kind.LOCATION,
    "contact_information": Kind.CONTACT,
    "poll": Kind.POLL,
}
_CALLS = frozenset({"phone_call", "group_call"})
_NOBODY = "Deleted Account"  # as Telegram itself shows somebody who left
_WIDEST_OFFSET = timedelta(hours=15)


def recognises(document: Document) -> bool:
    """Tell a chat by its first messages or its type, an account by where its chats begin."""
    text = document.text
    if not text[:HEAD].lstrip().startswith("{"):
        return False
    if _MESSAGES.search(text, 0, HEAD) and _CHAT.search(text, 0, HEAD):
        return True
    account = _ACCOUNT.search(text)
    return account is not None and _CHAT.search(text, account.end(), account.end() + HEAD) is not None


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Read Telegram Desktop's JSON. Raises NotThisFormat, Damaged or NoMessages."""
    chats = [chat for document in documents for chat in _chats(parsed_document(document, TITLE))]
    conversations = [_conversation(chat) for chat in chats]
    unreadable = sum(len(chat["messages"]) - len(_readable(chat)) for chat in chats)
    if unreadable and not any(c.messages for c in conversations):
        raise NotThisFormat
    return exported("telegram", TITLE, documents, conversations, unreadable=unreadable)


def _chats(value: object) -> Iterator[JsonRecord]:
    whole = record(value)
    if isinstance(whole.get("messages"), list):
        yield whole
        return
    lists = [record(whole.get(part)).get("list") for part in ("chats", "left_chats")]
    if not any(isinstance(chats, list) for chats in lists):
        raise NotThisFormat
    for chat in (record(item) for chats in lists for item in listed(chats)):
        if isinstance(chat.get("messages"), list):
            yield chat


def _readable(chat: JsonRecord) -> list[JsonRecord]:
    found = [record(item) for item in chat["messages"]]
    return [r for r in found if r.get("type") in ("message", "service", "unsupported")]


def _conversation(chat: JsonRecord) -> Conversation:
    found = _readable(chat)
    names = _Names(found)
    return conversation(_name(chat), "telegram", [_draft(message, names) for message in found])


def _name(chat: JsonRecord) -> str:
    return words(chat.get("name")) or ("Saved Messages" if chat.get("type") == "saved_messages" else _NOBODY)


def _draft(message: JsonRecord, names: _Names) -> Draft:
    author, time, key = names.author(message), _time(message), identifier(message.get("id"))
    if message["type"] != "service":
        text, answers = _text(message.get("text")), identifier(message.get("reply_to_message_id"))
        return draft(author=author, time=time, text=text, kind=_kind(message, text), key=key, answers=answers)
    action = words(message.get("action"))
    if action in _CALLS:
        return draft(author=author, time=time, text="", kind=Kind.CALL, key=key)
    return draft(author=None, time=time, text=f"{author}: {action}", kind=Kind.SYSTEM, key=key)


def _text(value: object) -> str:
    """Join the pieces: Telegram cuts a text where bold, a link or a mention begins."""
    pieces = [words(piece) or words(record(piece).get("text")) for piece in listed(value)]
    return words(value) or "".join(pieces)


def _kind(message: JsonRecord, text: str) -> Kind:
    if "self_destruct_period_seconds" in message:
        return Kind.VIEW_ONCE
    if kind := _MEDIA.get(words(message.get("media_type"))):
        return kind
    for part, kind in _PARTS.items():
        if part in message:
            return kind
    if "file" in message:
        return kind_of_content(words(message.get("mime_type")))
    return Kind.TEXT if text else Kind.OTHER


def _time(message: JsonRecord) -> datetime | None:
    seconds, local = words(message.get("date_unixtime")), iso_time(message.get("date"))
    utc = epoch_time(f"{seconds}000") if seconds.isdecimal() else None
    if utc is None or local is None or local.tzinfo is not None:
        return utc or local
    offset = local - utc.replace(tzinfo=None)
    plausible = abs(offset) < _WIDEST_OFFSET and offset % timedelta(minutes=15) == timedelta()
    return local.replace(tzinfo=timezone(offset)) if plausible else utc


class _Names:
    """Who is who in a chat: two accounts that carry the same name stay two people."""

    def __init__(self, messages: list[JsonRecord]) -> None:
        self._ids: dict[str, set[str]] = {}
        for message in messages:
            name, account = _signature(message)
            if name and account:
                self._ids.setdefault(name, set()).add(account)

    def author(self, message: JsonRecord) -> str:
        """Give the name; with the account behind it where the name alone does not tell people apart."""
        name, account = _signature(message)
        if not name:
            return account or _NOBODY
        return f"{name} ({account})" if account and len(self._ids[name]) > 1 else name


def _signature(message: JsonRecord) -> tuple[str, str]:
    by = "actor" if message["type"] == "service" else "from"
    return words(message.get(by)), identifier(message.get(f"{by}_id")) or ""


READER = Reader("telegram", TITLE, recognises, read)
