"""Discord as a table: DiscordChatExporter's CSV, and `messages.csv` of the data package.

DiscordChatExporter writes `AuthorID,Author,Date,Content,Attachments,Reactions` (before 2.10 without `AuthorID`).
Its dates are ISO 8601 since 2.41; before that `13-Mar-24 02:30 PM`, or the form of the exporter's own locale,
whose order of day and month is settled from the whole file. The package has `ID,Timestamp,Contents,Attachments`,
in UTC.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.conversation import Conversation, Kind
from scherp.reading.export import Settled
from scherp.reading.structured import (
    ME,
    Draft,
    conversation,
    draft,
    header_of,
    identifier,
    iso_time,
    kind_of_file,
    rows,
    utc_time,
    words,
)
from scherp.reading.written_times import read_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scherp.reading.export import DateOrder, Document

_EXPORTER = frozenset({"author", "date", "content", "attachments", "reactions"})
_PACKAGE = frozenset({"id", "timestamp", "contents", "attachments"})


class Table(NamedTuple):
    """What a table gave. order: None where its dates leave no choice."""

    conversation: Conversation
    unreadable: int
    order: DateOrder | None = None
    settled: Settled = Settled.BY_FORMAT


def recognises(document: Document) -> bool:
    """Tell by the columns."""
    header = set(header_of(document.text))
    return header >= _EXPORTER or header == _PACKAGE


def read(document: Document, wanted: DateOrder | None, platform: str, name: str | None) -> Table:
    """Give the conversation of a table, named by the package's index, the folder or the file."""
    if _PACKAGE.issubset(header_of(document.text)):
        return _package(document, platform, name)
    found = list(rows(document.text))
    whole = [(row.line, row.cells) for row in found if row.cells is not None]
    times, order, settled, trusted = _times([cells["date"] for _, cells in whole], wanted)
    names = _speakers([cells for _, cells in whole])
    drafts = [
        _of_exporter(line, cells, time, names)
        for (line, cells), time in zip(whole, times, strict=True)
        if time is not None
    ]
    made = conversation(name or PurePosixPath(document.name).stem, platform, drafts)
    if not trusted:
        made = Conversation(made.name, made.platform, made.messages, times_trusted=False)
    return Table(made, len(found) - len(drafts), order, settled)


def packaged(fields: Mapping[str, Any]) -> Draft | None:
    """Give a message of the data package, its keys as in the JSON; nothing when it has no time."""
    time = utc_time(fields.get("Timestamp"))
    if time is None:
        return None
    text, files = words(fields.get("Contents")), words(fields.get("Attachments")).split()
    kind = kind_of_content_and_files(text, files)
    return draft(author=ME, time=time, text=text, kind=kind, key=identifier(fields.get("ID")))


def kind_of_content_and_files(text: str, files: Sequence[str]) -> Kind:
    """Tell what a message is by its first file; one without a file is text, or something that is not exported."""
    if files:
        return kind_of_file(files[0])
    return Kind.TEXT if text else Kind.OTHER


def _times(texts: list[str], wanted: DateOrder | None) -> tuple[list[datetime | None], DateOrder | None, Settled, bool]:
    exact = [iso_time(text) for text in texts]
    if not texts or any(exact):
        return exact, None, Settled.BY_FORMAT, True
    return read_times(texts, wanted)


def _speakers(table: list[dict[str, str]]) -> dict[str, str]:
    """Give the name of each account; where two share one, its number stands behind it."""
    name_of = {cells["authorid"]: _without_zeros(cells["author"]) for cells in table if "authorid" in cells}
    sharing = Counter(name_of.values())
    return {number: name if sharing[name] == 1 else f"{name} ({number})" for number, name in name_of.items()}


def _without_zeros(name: str) -> str:
    """Take off the discriminator that new accounts do not have."""
    return name.removesuffix("#0000").removesuffix("#0")


def _of_exporter(line: int, cells: dict[str, str], time: datetime, names: dict[str, str]) -> Draft:
    text = cells["content"]
    files = [file for file in cells["attachments"].split(",") if file]
    author = names.get(cells.get("authorid", ""), _without_zeros(cells["author"]))
    return draft(author=author, time=time, text=text, kind=kind_of_content_and_files(text, files), line=line)


def _package(document: Document, platform: str, name: str | None) -> Table:
    found = list(rows(document.text))
    drafts = [_of_package(row.cells) for row in found if row.cells is not None]
    path = PurePosixPath(document.name)
    called = name or path.parent.name.removeprefix("c") or path.stem
    kept = [made for made in drafts if made is not None]
    return Table(conversation(called, platform, kept), len(found) - len(kept))


def _of_package(cells: dict[str, str]) -> Draft | None:
    return packaged({name.capitalize(): cell for name, cell in cells.items()} | {"ID": cells["id"]})
