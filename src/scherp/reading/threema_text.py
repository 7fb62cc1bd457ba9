"""A chat exported as text by Threema for Android: `messages.txt`, a line with the time for each message."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Conversation, Kind
from scherp.reading.dates import CLOCK, DATE
from scherp.reading.export import Unplaced
from scherp.reading.headed_lines import entries
from scherp.reading.structured import Draft, conversation, draft, kind_of_file
from scherp.reading.written_times import read_times

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.reading.export import DateOrder, Document, Settled
    from scherp.reading.headed_lines import Entry

_FILE_NAME = re.compile(r"messages(?:-(?P<name>.+))?\.txt")
_HEAD = re.compile(
    rf"\[(?P<time>{DATE},? (?P<clock>{CLOCK}[^\]:\n]{{0,12}}))\] (?:(?P<author>[^:\n]{{1,80}}): )?(?P<text>.*)"
)
_NUMBER = re.compile("[0-9]+")
_WHATSAPP_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
_FILE = re.compile(r" ?<(?P<file>[^<>\n]+\.[A-Za-z0-9]{2,5})>$")
_PLACE = re.compile(r" ?<geo:[^<>\n]*>$")


class Chat(NamedTuple):
    """What an exported chat gave, and how its dates were read."""

    conversation: Conversation
    unplaced: list[Unplaced]
    order: DateOrder
    settled: Settled


def is_chat(document: Document) -> bool:
    """Tell by its first line, without seconds and without WhatsApp's marks, and by its name."""
    first = document.text[:500].lstrip().partition("\n")[0].rstrip("\r")
    head = _HEAD.fullmatch(first)
    if head is None or not _FILE_NAME.fullmatch(PurePosixPath(document.name).name):
        return False
    return len(_NUMBER.findall(head["clock"])) == 2 and not _WHATSAPP_MARKS.search(document.text[:2000])


def read_chat(document: Document, wanted: DateOrder | None, platform: str) -> Chat:
    """Give the conversation, named by its file or by the one other person in it."""
    found, before = entries(document.text, _HEAD)
    times, order, settled, trusted = read_times([entry.head["time"] for entry in found], wanted)
    drafts = [_draft(entry, time) for entry, time in zip(found, times, strict=True)]
    made = conversation("", platform, drafts)
    trusted = trusted and made.times_trusted
    named = Conversation(_name(document, made), platform, made.messages, times_trusted=trusted)
    return Chat(named, [Unplaced(document.name, line) for line in before], order, settled)


def _draft(entry: Entry, time: datetime | None) -> Draft:
    text, kind = "\n".join((entry.head["text"], *entry.rest)).strip(), Kind.TEXT
    if file := _FILE.search(text):
        text, kind = text[: file.start()], kind_of_file(file["file"])
    elif place := _PLACE.search(text):
        text, kind = text[: place.start()], Kind.LOCATION
    return draft(author=entry.head["author"], time=time, text=text.strip(), kind=kind, line=entry.line)


def _name(document: Document, made: Conversation) -> str:
    path = PurePosixPath(document.name)
    found = _FILE_NAME.fullmatch(path.name)
    others = [speaker for speaker in made.speakers if speaker not in ("Ik", "Me", "Ich", "Je", "Moi", "Yo")]
    one = others[0] if len(others) == 1 else ""
    return (found["name"] if found else "") or one or path.parent.name or path.stem
