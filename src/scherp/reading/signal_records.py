"""Signal as JSON: `data.json` of signal-export (a record a line) and the records of Signal Desktop from sigtop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.reading.export import Unplaced
from scherp.reading.structured import (
    HEAD,
    ME,
    Draft,
    JsonRecord,
    draft,
    epoch_time,
    identifier,
    iso_time,
    kind_of_content,
    kind_of_file,
    listed,
    parsed,
    parsed_document,
    record,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scherp.reading.export import Document

    Parsed = tuple[list[Draft], list[Unplaced]]

TITLE = "Signal (signal-export, sigtop)"

_LINE_KEYS = ('"date"', '"sender"', '"body"', '"quote"')
_DESKTOP_KEYS = ('"conversationId"', '"sent_at"', '"type"')
_CALL = re.compile(r"(?:Incoming|Outgoing|Missed)(?: (?:voice|video))? call(?: \(.*\))?\s*")


def parser(document: Document) -> Callable[[Document], Parsed] | None:
    """Give what reads this document, or nothing when its records are not Signal's."""
    head = document.text[:HEAD].lstrip()
    if head.startswith("{") and all(key in head.partition("\n")[0] for key in _LINE_KEYS):
        return _lines
    if head.startswith("[") and all(key in head for key in _DESKTOP_KEYS):
        return _desktop
    return None


def _lines(document: Document) -> Parsed:
    drafts: list[Draft] = []
    unplaced: list[Unplaced] = []
    key_of_text: dict[str, str] = {}
    for number, line in enumerate(document.text.split("\n"), start=1):
        if not line.strip():
            continue
        made = _of_line(line, number, key_of_text)
        if made is None:
            unplaced.append(Unplaced(document.name, number))
            continue
        key_of_text[made.message.text] = made.key or ""
        drafts.append(made)
    return drafts, unplaced


def _of_line(line: str, number: int, key_of_text: dict[str, str]) -> Draft | None:
    try:
        fields = record(parsed(line))
    except ValueError:
        return None
    time = iso_time(fields.get("date"))
    if time is None:
        return None
    quoted = words(fields.get("quote")).replace(">", "").strip()
    kind = _kind_of_line(fields)
    author = words(fields.get("sender"))
    return draft(
        author=None if author == "No-Sender" else author,
        time=time,
        text="" if kind in (Kind.CALL, Kind.DELETED) else words(fields.get("body")).strip(),
        kind=kind,
        line=number,
        key=str(number),
        answers=key_of_text.get(quoted) if quoted else None,
    )


def _kind_of_line(fields: JsonRecord) -> Kind:
    if fields.get("deleted") is True:
        return Kind.DELETED
    body = words(fields.get("body"))
    if fields.get("call") is True or _CALL.fullmatch(body):
        return Kind.CALL
    if fields.get("sticker"):
        return Kind.STICKER
    if files := listed(fields.get("attachments")):
        return kind_of_file(words(record(files[0]).get("path")))
    return Kind.TEXT if body.strip() else Kind.OTHER


def _desktop(document: Document) -> Parsed:
    records = [record(item) for item in listed(parsed_document(document, TITLE))]
    drafts = [_of_desktop(fields) for fields in records]
    lost = [Unplaced(document.name, number + 2) for number, made in enumerate(drafts) if made is None]
    return [made for made in drafts if made is not None], lost


def _of_desktop(fields: JsonRecord) -> Draft | None:
    time = epoch_time(fields.get("sent_at") or fields.get("timestamp"))
    kind = _kind_of_desktop(fields)
    if time is None or kind is None:
        return None
    return draft(
        author=_author(fields),
        time=time,
        text=words(fields.get("body")),
        kind=kind,
        key=identifier(fields.get("sent_at")),
        answers=identifier(record(fields.get("quote")).get("id")),
    )


def _author(fields: JsonRecord) -> str | None:
    if fields.get("type") == "outgoing":
        return ME
    names = (fields.get(key) for key in ("source", "sourceServiceId", "sourceUuid"))
    return next((name for name in map(words, names) if name), None)


def _kind_of_desktop(fields: JsonRecord) -> Kind | None:
    """Nothing when the record does not say of what type it is."""
    kind = words(fields.get("type"))
    if not kind:
        return None
    if kind not in ("incoming", "outgoing"):
        return Kind.CALL if "call" in kind else Kind.SYSTEM
    marks = ((Kind.DELETED, "deletedForEveryone"), (Kind.VIEW_ONCE, "isViewOnce"), (Kind.STICKER, "sticker"))
    marked = next((kind for kind, mark in marks if fields.get(mark)), None)
    return marked or _kind_of_body(fields)


def _kind_of_body(fields: JsonRecord) -> Kind:
    if files := listed(fields.get("attachments")):
        return kind_of_content(words(record(files[0]).get("contentType")))
    return Kind.TEXT if words(fields.get("body")) else Kind.OTHER
