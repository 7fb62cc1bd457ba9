"""What a report says of the file that was read: how, and what could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.checking.counts import counted
from scherp.conversation import Kind
from scherp.reading.detect import READERS
from scherp.reading.export import Settled
from scherp.report.explanation import Source
from scherp.report.wording import when
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation
    from scherp.reading.export import Export
    from scherp.texts import Language

_MOST_LINES = 10


def described(export: Export, conversation: Conversation, language: Language) -> Source:
    """Say how a file was read, and what could not be placed."""
    return Source(
        about=(*_read(export, conversation, language), *_order(export, language), *_ignored(export, language)),
        doubts=tuple(_doubts(export, language)),
    )


def _read(export: Export, conversation: Conversation, language: Language) -> list[str]:
    title = next((reader.title for reader in READERS if reader.name == export.format), export.format)
    times = [m.time for m in conversation.messages if m.time is not None and m.kind is not Kind.SYSTEM]
    if times and conversation.times_trusted:
        period = say("report.file.period", language, start=when(min(times)), end=when(max(times)))
    else:
        period = say("report.file.timeless", language)
    messages, people = counted(conversation.messages, language), len(conversation.speakers)
    return [say("report.file.read", language, format=title, messages=messages, people=people, period=period)]


def _order(export: Export, language: Language) -> list[str]:
    if export.date_order is None:
        return []
    order = say(f"report.file.order.{export.date_order}", language)
    return [
        say("report.file.order_line", language, order=order, why=say(f"report.file.settled.{export.settled}", language))
    ]


def _ignored(export: Export, language: Language) -> list[str]:
    return [say("report.file.ignored", language, count=len(export.ignored))] if export.ignored else []


def _doubts(export: Export, language: Language) -> list[str]:
    said = []
    if export.settled is Settled.NOT:
        said.append(say("report.unknown.dates", language))
    if export.unplaced:
        lines = ", ".join(str(u.line) for u in export.unplaced[:_MOST_LINES])
        more = ", …" if len(export.unplaced) > _MOST_LINES else ""
        said.append(say("report.unknown.unplaced", language, count=len(export.unplaced), lines=lines + more))
    if export.unreadable:
        said.append(say("report.unknown.unreadable", language, count=export.unreadable))
    return said
