"""What the readers of JSON and CSV share: safe access to records and rows; drafts made into conversations.

Nothing here raises over what a record holds: a field that is missing or of another type is nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp import errors
from scherp.conversation import Conversation, Kind, Message
from scherp.reading.export import Export, NotThisFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.reading.export import Document, Unplaced

JsonRecord = dict[str, Any]
"""A JSON object; what its fields hold is not known."""

ME = "Me"
"""The owner of the account, where an export does not name them; the word that several exporters write."""

HEAD = 100_000
"""How many characters from the start tell what a document is."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# A pair of surrogate escapes is one character and stays; half a pair is none, and no file can hold it.
_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
# Whether there is half a pair at all, where no backslash stands for itself: most text has none, and this is quicker.
_HALF = re.compile(
    r"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F][0-9a-fA-F]{2})"
)

_KIND_OF_EXTENSION = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff"), Kind.IMAGE),
    **dict.fromkeys(("mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "mpeg"), Kind.VIDEO),
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "opus", "aac", "wav", "amr", "caf", "flac"), Kind.AUDIO),
    "vcf": Kind.CONTACT,
}

_KIND_OF_CONTENT = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}


class Draft(NamedTuple):
    """A message that does not know its number yet.

    key: how the export refers to it; answers: the key of the message that it answers.
    """

    message: Message
    key: str | None = None
    answers: str | None = None


def draft(  # noqa: PLR0913  a message has this many sides, and they are all named
    *,
    author: str | None,
    time: datetime | None,
    text: str,
    kind: Kind = Kind.TEXT,
    line: int | None = None,
    key: str | None = None,
    answers: str | None = None,
) -> Draft:
    """Make a draft; a system line has no author."""
    writer = None if kind is Kind.SYSTEM else author or None
    return Draft(Message(0, writer, time, text, kind, None, line), key, answers)


# JSON


def parsed(text: str) -> Any:  # noqa: ANN401  that is what JSON is
    """Give the JSON value; ValueError when the text is not whole JSON, or nested deeper than we go."""
    if ("\\ud" in text or "\\uD" in text) and ("\\\\" in text or _HALF.search(text)):
        text = _ESCAPES.sub(lambda m: "\\ufffd" if m["half"] else m[0], text)
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def parsed_document(document: Document, title: str) -> Any:  # noqa: ANN401
    """Give the JSON value of a document that was recognised; `errors.Damaged` when it is cut off."""
    try:
        return parsed(document.text)
    except ValueError as damage:
        line = getattr(damage, "lineno", 1)
    # Raised here, outside the handler: a JSON error carries the whole text with it.
    raise errors.Damaged(name=document.name, format=title, line=line)


def record(value: object) -> JsonRecord:
    """Give the JSON object, or an empty one when it is something else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Give the JSON list, or an empty one when it is something else."""
    return value if isinstance(value, list) else []


def words(value: object) -> str:
    """Give the text, or an empty one when it is something else."""
    return value if isinstance(value, str) else ""


def identifier(value: object) -> str | None:
    """Give an id that is text or a whole number, as text; otherwise nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    try:
        return str(value) or None
    except ValueError:  # a number of thousands of digits
        return None


# Time


def iso_time(value: object) -> datetime | None:
    """Read ISO 8601, and the same with ` UTC` behind it; nothing when it is something else."""
    text = words(value).strip()
    if text.endswith(" UTC"):
        text = text[:-4] + "+00:00"
    try:
        return _plausible(datetime.fromisoformat(text))
    except ValueError:
        return None


def utc_time(value: object) -> datetime | None:
    """Read ISO 8601 that is said to be UTC, with or without a mark of it."""
    time = iso_time(value)
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time


def epoch_time(milliseconds: object) -> datetime | None:
    """Read milliseconds since 1970, a number or its digits; nothing when it is something else."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float | str):
        return None
    try:
        return _plausible(_EPOCH + timedelta(milliseconds=float(milliseconds)))
    except (ValueError, OverflowError):
        return None


def _plausible(time: datetime) -> datetime | None:
    """Nothing, for a year in which nobody chatted: a counter, not a time; and the ends of the calendar overflow."""
    return time if 1980 <= time.year < 2200 else None


# Kind


def kind_of_file(name: str) -> Kind:
    """Tell by its extension what a file is; it is never opened."""
    path = name.split("?", 1)[0]
    return _KIND_OF_EXTENSION.get(path.rpartition(".")[2].strip().lower(), Kind.FILE)


def kind_of_content(mime: str) -> Kind:
    """Tell by its content type (`image/jpeg`) what a file is."""
    return _KIND_OF_CONTENT.get(mime.partition("/")[0], Kind.FILE)


# CSV


class Row(NamedTuple):
    """A row of a table: the line it starts on, and its cells by column name; None when unreadable."""

    line: int
    cells: dict[str, str] | None


def header_of(text: str, delimiter: str = ",") -> list[str]:
    """Give the column names of the first row, in small letters; nothing when there is none."""
    try:
        first = next(csv.reader(io.StringIO(text[:HEAD], newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in first]


def rows(text: str, delimiter: str = ",") -> Iterator[Row]:
    """Give the rows under the header; one with too few or too many cells is unreadable, an empty one left."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = header_of(text, delimiter)
    end = 0
    while True:
        start = end + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            end = max(reader.line_num, start)
            yield Row(start, None)
            continue
        end = reader.line_num
        if start == 1 or not cells:
            continue
        yield Row(start, dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None)


# Drafts into a conversation, conversations into an export


def conversation(name: str, platform: str, drafts: Sequence[Draft]) -> Conversation:
    """Put drafts in order of time, number them, and resolve what answers what.

    Sources that begin with the newest message are turned round. Where some times have a zone and others
    have not, the others are read as UTC and the times are not trusted.
    """
    timed = _on_one_clock(drafts)
    ordered = _oldest_first(timed)
    number_of = {d.key: number for number, d in enumerate(ordered) if d.key is not None}
    messages = tuple(
        d.message._replace(number=number, reply_to=number_of.get(d.answers) if d.answers else None)
        for number, d in enumerate(ordered)
    )
    complete = all(m.time is not None for m in messages)
    return Conversation(name, platform, messages, times_trusted=complete and timed is drafts)


def exported(  # noqa: PLR0913  an export has this many sides, and they are all named
    format_name: str,
    title: str,
    documents: Sequence[Document],
    conversations: Iterable[Conversation],
    *,
    unreadable: int = 0,
    unplaced: Iterable[Unplaced] = (),
) -> Export:
    """Close an export: empty conversations left out; NoMessages when nobody said or sent anything."""
    found = tuple(c for c in conversations if c.messages)
    if not any(m.kind is not Kind.SYSTEM for c in found for m in c.messages):
        raise errors.NoMessages(name=documents[0].name if documents else "", format=title)
    return Export(format_name, found, unreadable=unreadable, unplaced=tuple(unplaced))


def ours(documents: Sequence[Document], recognised: Iterable[bool]) -> list[Document]:
    """Give the documents that were recognised; NotThisFormat when there is none."""
    found = [document for document, yes in zip(documents, recognised, strict=True) if yes]
    if not found:
        raise NotThisFormat
    return found


def _on_one_clock(drafts: Sequence[Draft]) -> Sequence[Draft]:
    zoned = {d.message.time.tzinfo is not None for d in drafts if d.message.time is not None}
    if len(zoned) < 2:
        return drafts
    return [d._replace(message=_in_utc(d.message)) for d in drafts]


def _in_utc(message: Message) -> Message:
    if message.time is None or message.time.tzinfo is not None:
        return message
    return message._replace(time=message.time.replace(tzinfo=UTC))


def _oldest_first(drafts: Sequence[Draft]) -> list[Draft]:
    times = [d.message.time for d in drafts if d.message.time is not None]
    ordered = list(drafts)
    if times and times[0] > times[-1]:
        ordered.reverse()
    if len(times) == len(drafts):
        ordered.sort(key=lambda d: d.message.time)  # type: ignore[arg-type, return-value]
    return ordered
