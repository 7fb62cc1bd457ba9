"""A plain table that anybody can make: a header, and a row for each message. Documented in the reference.

Columns, in Dutch or English, in any order; others are left out:

- `text` (tekst, bericht, message, content, body): required.
- `author` (auteur, afzender, from, sender, naam, name, van): required; an empty cell is an unknown writer.
- `time` (tijd, datum, date, timestamp, tijdstip): ISO 8601, with or without a zone; an empty cell is no time.
- `conversation` (gesprek, chat): rows of different conversations may stand mixed.
- `kind` (soort, type): a word of `conversation.Kind`; empty is `text`, any other word `other`.

Between cells a comma, a semicolon or a tab, as in the header; a cell with a line end or the delimiter stands
between double quotes.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.reading.export import Options, Reader, Unplaced
from scherp.reading.structured import HEAD, Draft, conversation, draft, exported, header_of, iso_time, ours, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Document, Export

_TITLE = "CSV (text, author, time)"

_NAMES = {
    "text": ("text", "tekst", "bericht", "message", "content", "body"),
    "author": ("author", "auteur", "afzender", "from", "sender", "naam", "name", "van"),
    "time": ("time", "tijd", "datum", "date", "timestamp", "tijdstip"),
    "conversation": ("conversation", "gesprek", "chat"),
    "kind": ("kind", "soort", "type"),
}
_KINDS = {kind.value: kind for kind in Kind}


def recognises(document: Document) -> bool:
    """Tell by a header that has a column for the text and one for the author."""
    return _delimiter(document) is not None


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per name in the `conversation` column, or one for the whole document."""
    found = ours(documents, map(recognises, documents))
    drafts: dict[str, list[Draft]] = {}
    unplaced: list[Unplaced] = []
    for document in found:
        delimiter = _delimiter(document) or ","
        columns = _columns(header_of(document.text, delimiter))
        for line, cells in rows(document.text, delimiter):
            made = _draft(line, cells, columns) if cells is not None else None
            if made is None or cells is None:
                unplaced.append(Unplaced(document.name, line))
                continue
            name = cells[columns["conversation"]].strip() if "conversation" in columns else ""
            drafts.setdefault(name or PurePosixPath(document.name).stem, []).append(made)
    conversations = [conversation(name, READER.name, of_name) for name, of_name in drafts.items()]
    return exported(READER.name, _TITLE, found, conversations, unreadable=len(unplaced), unplaced=unplaced)


def _delimiter(document: Document) -> str | None:
    head = document.text[:HEAD].lstrip("\r\n")
    if document.text[:1] in "\r\n":
        return None
    first = head.partition("\n")[0]
    for delimiter in sorted(",;\t", key=first.count, reverse=True):
        if {"text", "author"} <= _columns(header_of(head, delimiter)).keys():
            return delimiter
    return None


def _columns(header: list[str]) -> dict[str, str]:
    """Give, for each of our columns that is there, what the table calls it."""
    found = {}
    for column, names in _NAMES.items():
        if name := next((name for name in names if name in header), None):
            found[column] = name
    return found


def _draft(line: int, cells: dict[str, str], columns: dict[str, str]) -> Draft | None:
    """Give the message of a row; nothing when its time cannot be read, or nothing is in it."""
    written = cells[columns["time"]].strip() if "time" in columns else ""
    time = iso_time(written)
    author, text = cells[columns["author"]].strip(), cells[columns["text"]]
    word = cells[columns["kind"]].strip().lower() if "kind" in columns else ""
    if (written and time is None) or not (author or text or word):
        return None
    kind = _KINDS.get(word, Kind.OTHER) if word else Kind.TEXT
    return draft(author=author, time=time, text=text, kind=kind, line=line)


READER = Reader("csv", _TITLE, recognises, read)
