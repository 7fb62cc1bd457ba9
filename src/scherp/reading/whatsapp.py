"""WhatsApp: the text that Export chat writes, on Android and iPhone, whatever the language of the phone.

A message begins with a date, a clock time and, unless the app itself speaks, a name:

    13-03-2024 14:30 - Kim: hoi                     Android
    [13/03/2024, 2:30:05 p. m.] Kim: hoi            iPhone
    13/03/15 14:30:05: Kim: hoi                     iPhone, before 2016
    2024년 3월 13일 오후 2:30, Kim : hoi              Korean

Every other line belongs to the message above it. Only one regular expression goes over the text; dates and
clock times are read once for each way they are written, names once for each name.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import accumulate, count, repeat
from operator import add, gt
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Conversation, Kind, Message
from scherp.reading import dates
from scherp.reading.dates import CLOCK, DATE, DIGITS, INVISIBLE, SPACES
from scherp.reading.export import DateOrder, Export, NotThisFormat, Reader, Settled, Unplaced
from scherp.reading.whatsapp_marks import (
    chat_name,
    is_encryption_notice,
    kind_of_notice,
    places_of_marks,
    read_mark,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.reading.dates import Settlement
    from scherp.reading.export import Document, Options

NAME = "whatsapp"

_GAP = rf"[^{DIGITS}\n:<>\"\[\]]{{1,16}}+"  # `, ` `, klo ` `日 下午` ` г., `
_SUFFIX = rf"[^{DIGITS}\n:,<>\"\[\]\-–—]{{0,20}}"  # ` PM` ` p. m.` ` م` ` Uhr`
_SPACE = rf"[{SPACES}{INVISIBLE}]"
_LATIN_HALF = rf"(?:[{SPACES}]?[AaPp]\.?[{SPACES}]?[Mm]\.?)?"
_DASH = rf"[\-–—](?:{_SPACE}++|(?=\n|\Z))"
_NAME_AHEAD = rf"[{SPACES}](?=[^:\n]{{1,60}}: )"
_STAMP = rf"[{INVISIBLE}]*+\[?{_SPACE}*+({DATE})"
_SPEAKER = r"([^:\n]*+(?:: )?+)"
_HEADER = (
    # the usual two; and, after a comma, a bare time before a name
    rf"{_STAMP}({_GAP}{CLOCK}{_SUFFIX}(?=[\]\-–—])|, ?{CLOCK}{_LATIN_HALF})"
    rf"(?:\]{_SPACE}*+|{_DASH}|{_NAME_AHEAD}){_SPEAKER}"
)
_OLD_HEADER = rf"{_STAMP}({_GAP}{CLOCK}{_LATIN_HALF}):[{SPACES}]{_SPEAKER}"
_COMMA_HEADER = rf"{_STAMP}({_GAP}{CLOCK}),[{SPACES}]{_SPEAKER}"
_COLUMNS = (1, 2, 3, 4)  # what a split gives after each header: date, clock, name, body

_OF_SIGNAL = re.compile(r"\[[0-9]{4}-[0-9]{2}-[0-9]{2},? [0-9]{2}:[0-9]{2}\] ")
_LINES_TO_JUDGE_BY = 300
_ONE_HEADER_IN = 50
_LONGEST_NAME = 100
_CLOCK_PUT_BACK = timedelta(hours=1)
_NAMES_IN_A_TITLE = 4
_QUOTES = (("„", "“"), ("«", "»"), ("「", "」"), ("“", "”"))
_NO_WIDTH = re.compile(f"[{INVISIBLE}]")
_END_OF_NAME = re.compile(rf":(?=[{SPACES}{INVISIBLE}]|\Z)")
_ANY_SPACE = re.compile(f"[{SPACES}]+")


class Shape(NamedTuple):
    """How messages begin: at the start of the text, and after a line end (which a search finds fastest)."""

    first: re.Pattern[str]
    further: re.Pattern[str]


_USUAL, *_RARE = (
    Shape(re.compile(header), re.compile(rf"\n{header}")) for header in (_HEADER, _OLD_HEADER, _COMMA_HEADER)
)


class Piece(NamedTuple):
    """One document, cut at its headers: a column for each part of a message.

    before: what stands above the first header.
    line: the line of the first header, from 1.
    """

    before: str
    line: int
    dates: list[str]
    clocks: list[str]
    names: list[str]
    bodies: list[str]


class _Names(dict[str, "str | None"]):
    """Names by how they are written, with colon and space; None for what needs a closer look."""

    def __missing__(self, text: str) -> str | None:
        name = text.removesuffix(": ")
        self[text] = found = None if name == text or _is_no_name(name) else plain_name(name)
        return found


def recognises(document: Document) -> bool:
    """Tell whether the first lines hold WhatsApp's headers, and not those of Signal's exporter."""
    head = _first_lines(document.text)
    stamps = [found.group(0) for found in _shape_of(head).further.finditer(f"\n{head}")]
    if not stamps or len(stamps) * _ONE_HEADER_IN < head.count("\n"):
        return False
    return not all(_OF_SIGNAL.match(stamp, 1) for stamp in stamps)


def read(documents: Sequence[Document], options: Options) -> Export:
    """Read chats in any locale, each document one conversation. Raises NotThisFormat; drops no line."""
    conversations: list[Conversation] = []
    settlements: list[Settlement] = []
    unplaced: list[Unplaced] = []
    for document in documents:
        with _collector_paused():
            piece = cut(document.text)
            settlement = settle(piece, options)
            conversations.append(_conversation(document.name, piece, settlement))
        settlements.append(settlement)
        unplaced += lines_before(document.name, piece.before)
    order, settled = together(settlements)
    return Export(NAME, tuple(conversations), order, settled, tuple(unplaced))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Do not look for rings among messages, which hold none: it would cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cut(text: str) -> Piece:
    """Cut a document at its headers. Raises NotThisFormat when it has none."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    shape = _shape_of(_first_lines(text))
    parts = shape.further.split(text)
    before, line = parts[0], parts[0].count("\n") + 2
    columns = [parts[column :: len(_COLUMNS)] for column in _COLUMNS]
    if found := shape.first.match(text):
        for column, field in zip(columns, (*found.groups(), before[found.end() :]), strict=True):
            column.insert(0, field)
        before, line = "", 1
    if not columns[0]:
        raise NotThisFormat
    return Piece(before, line, *columns)


def settle(piece: Piece, options: Options) -> Settlement:
    """Settle the order of day and month from all dates of a document."""
    likely = dates.likely_order(piece.dates[0], piece.clocks[0])
    return dates.settle(piece.dates, likely=likely, wanted=options.date_order)


def together(settlements: Iterable[Settlement]) -> tuple[DateOrder | None, Settled]:
    """Say of several documents how their dates were read; one that is not settled is what is told."""
    worst = max(settlements, key=lambda each: (each.settled is Settled.NOT, each.settled is not Settled.BY_FORMAT))
    by_year = worst.order is DateOrder.YEAR_FIRST and worst.settled is Settled.BY_FORMAT
    return None if by_year else worst.order, worst.settled


def messages_of(piece: Piece, settlement: Settlement) -> tuple[Message, ...]:
    """Turn a cut document into messages: their author, time, text, kind and line.

    By column, because a loop over 200,000 messages takes twice as long.
    """
    texts = list(map(str.strip, piece.bodies))
    authors = list(map(_Names().__getitem__, piece.names))
    kinds = [Kind.TEXT] * len(texts)
    for place in places_of_marks(texts):
        kinds[place], texts[place] = read_mark(texts[place])
        if kinds[place] is Kind.SYSTEM:
            authors[place] = None
    for place in [place for place, author in enumerate(authors) if author is None]:
        authors[place], kinds[place], texts[place] = _unusual_line(piece.names[place] + piece.bodies[place])
    if is_encryption_notice(texts[0]):
        authors[0], kinds[0] = None, Kind.SYSTEM
    line_ends = map(str.count, piece.bodies, repeat("\n"))
    lines = accumulate(map(add, line_ends, repeat(1)), initial=piece.line)
    fields = zip(count(), authors, _times(piece, settlement.order), texts, kinds, repeat(None), lines)
    return tuple(map(tuple.__new__, repeat(Message), fields))


def lines_before(name: str, before: str) -> list[Unplaced]:
    """Name the lines above the first header, which belong to no message."""
    return [Unplaced(name, line) for line, text in enumerate(before.split("\n"), start=1) if text.strip()]


def forward(messages: Sequence[Message]) -> bool:
    """Tell whether every message has a time and (but for one in a hundred) none runs back in time.

    An hour back is the clock in autumn.
    """
    times = [message.time for message in messages]
    if not all(times):
        return False
    later = times[1:]
    if not any(map(gt, times, later)):  # type: ignore[arg-type]
        return True
    back = sum(time - following > _CLOCK_PUT_BACK for time, following in zip(times, later, strict=False))  # type: ignore[operator]
    return back * 100 <= len(times)


def plain_name(text: str) -> str:
    """Give a name without the marks around and inside it."""
    return _ANY_SPACE.sub(" ", _NO_WIDTH.sub("", text)).strip()


def _conversation(file_name: str, piece: Piece, settlement: Settlement) -> Conversation:
    messages = messages_of(piece, settlement)
    conversation = Conversation("", NAME, messages, settlement.trusted and forward(messages))
    name = chat_name(file_name) or title_of(conversation.speakers) or file_name
    return Conversation(name, NAME, messages, conversation.times_trusted)


def title_of(speakers: Sequence[str]) -> str:
    """Name a conversation after those who speak in it."""
    more = " …" if len(speakers) > _NAMES_IN_A_TITLE else ""
    return ", ".join(speakers[:_NAMES_IN_A_TITLE]) + more


def _first_lines(text: str) -> str:
    lines = text[:100_000].replace("\r\n", "\n").replace("\r", "\n").split("\n", _LINES_TO_JUDGE_BY)
    return "\n".join(lines[:_LINES_TO_JUDGE_BY])


def _shape_of(head: str) -> Shape:
    return next((shape for shape in (_USUAL, *_RARE) if shape.further.search(f"\n{head}")), _USUAL)


def _times(piece: Piece, order: DateOrder) -> Iterable[datetime | None]:
    days = dates.days(piece.dates, order)
    clocks = {text: dates.clock_time(text) for text in set(piece.clocks)}
    pairs = map(days.__getitem__, piece.dates), map(clocks.__getitem__, piece.clocks)
    if None in days.values() or None in clocks.values():
        return [datetime.combine(day, clock) if day and clock else None for day, clock in zip(*pairs, strict=True)]
    return map(datetime.combine, *pairs)  # type: ignore[arg-type]


def _unusual_line(line: str) -> tuple[str | None, Kind, str]:
    """Read a line of the app itself; or a name with a colon in it."""
    first = line.partition("\n")[0]
    found = _END_OF_NAME.search(first)
    name, text = (first[: found.start()], line[found.end() :]) if found else ("", "")
    if not name or _is_no_name(name):
        notice = _NO_WIDTH.sub("", line).strip()
        return None, kind_of_notice(notice), notice
    kind, text = read_mark(text.strip())
    return None if kind is Kind.SYSTEM else plain_name(name), kind, text


def _is_no_name(text: str) -> bool:
    """See that what stands before the colon is part of a notice: `Lena changed the subject to "Trip`."""
    if not text.strip() or len(text) > _LONGEST_NAME or text.count('"') % 2 or is_encryption_notice(text):
        return True
    opened = next((pair for pair in _QUOTES if pair[0] in text), None)
    return opened is not None and text.count(opened[0]) > text.count(opened[1])


READER = Reader(NAME, "WhatsApp (.txt, .zip)", recognises, read)
"""WhatsApp's own text export."""
