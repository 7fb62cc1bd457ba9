"""TikTok, "Download your data" in JSON: `user_data.json`, since 2023 `user_data_tiktok.json`.

The chats stand some levels deep, and where has changed over the years (`Direct Messages` or `Direct Message`,
`Chat History` or `Direct Messages`, then `ChatHistory`); what stayed is a list under
`Chat History with NAME:`, and that is what we look for. Times are UTC. A sticker or a shared video is a link
in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scherp.conversation import Kind
from scherp.reading.export import NotThisFormat, Options, Reader
from scherp.reading.structured import (
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

_TITLE = "TikTok (user_data_tiktok.json)"

_WITH = re.compile(r"chat history with (.+?):*\s*", re.IGNORECASE)
_MARKERS = ("Chat History with ", '"ChatHistory"', '"Direct Messages": {', '"Direct Messages":{')
_VIDEO = re.compile(r"https?://(?:www\.|m\.|vm\.|vt\.)?tiktokv?\.com/\S+")
_STICKER = re.compile(r"\[(?:sticker|https?://\S+)\]|https?://\S+\.(?:gif|a?webp)(?:\?\S*)?", re.IGNORECASE)

_DEEPEST = 6


def recognises(document: Document) -> bool:
    """Tell by a JSON object that has a section of direct messages; it can stand far from the beginning."""
    text = document.text
    return text[:200].lstrip().startswith("{") and any(marker in text for marker in _MARKERS)


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per `Chat History with NAME`."""
    found = ours(documents, map(recognises, documents))
    conversations = []
    unreadable = 0
    for document in found:
        whole = parsed_document(document, _TITLE)
        if not isinstance(whole, dict):
            raise NotThisFormat
        for name, entries in _histories(whole, _DEEPEST):
            drafts = [_draft(_small_keys(record(entry))) for entry in entries]
            unreadable += drafts.count(None)
            conversations.append(conversation(name, READER.name, [d for d in drafts if d is not None]))
    return exported(READER.name, _TITLE, found, conversations, unreadable=unreadable)


def _histories(value: Any, depth: int) -> Iterator[tuple[str, list[Any]]]:  # noqa: ANN401  that is what JSON is
    if not depth:
        return
    for key, inner in record(value).items():
        if partner := _WITH.fullmatch(key):
            yield partner[1], listed(inner)
        else:
            yield from _histories(inner, depth - 1)


def _small_keys(fields: JsonRecord) -> JsonRecord:
    return {key.lower(): value for key, value in fields.items()}


def _draft(fields: JsonRecord) -> Draft | None:
    author, time = words(fields.get("from")), utc_time(fields.get("date"))
    if not author or time is None or not isinstance(fields.get("content"), str | None):
        return None
    text = words(fields.get("content"))
    return draft(author=author, time=time, text=text, kind=_kind(text.strip()))


def _kind(text: str) -> Kind:
    if not text:
        return Kind.OTHER
    if _VIDEO.fullmatch(text):
        return Kind.VIDEO
    return Kind.STICKER if _STICKER.fullmatch(text) else Kind.TEXT


READER = Reader("tiktok", _TITLE, recognises, read)
