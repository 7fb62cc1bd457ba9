"""iMessage and SMS on a Mac or iPhone, as text by imessage-exporter 1.x to 3.x: a `.txt` per conversation.

A message is a line with its time, a line with its sender, then its text; the owner is called `Me`, as the
exporter writes. Times are the computer's own. A reply stands twice: indented under the message that it answers,
and in its own place; the first tells what is answered, the second is the message.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Kind
from scherp.reading.export import Options, Reader, Unplaced
from scherp.reading.structured import Draft, conversation, draft, exported, kind_of_file, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scherp.reading.export import Document, Export

_TITLE = "iMessage (imessage-exporter, .txt)"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = re.compile(
    rf"(?P<indent> *)(?P<month>{'|'.join(_MONTHS)}) (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}}) "
    r" ?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) (?P<half>[AP]M)"
    r"(?: \(Read by [^()]{1,200}\))?(?: (?P<rest>\S.*))?"
)
_EDITED = re.compile(r"Edited .+ later: (?P<text>.*)")
_DELETED = re.compile(r".+ (?:unsent|deleted) (?:this|a) message.*|This message was deleted from the conversation!?")
_MARK = re.compile(
    r"This message responded to an earlier message\.|Sent with [A-Z][A-Za-z ]+|Attachment missing!|Translation: .*"
)
_TAPBACKS = frozenset({"Tapbacks:", "Reactions:"})
_FILE = re.compile(r"(?:/|~/|[A-Za-z]:\\|attachments/|\.\./|\./).*\.[A-Za-z0-9]{2,5}")


class _Block(NamedTuple):
    """The lines under one time, and where they begin; `rest` is what follows the time on its own line."""

    line: int
    time: datetime | None
    rest: str | None
    lines: list[str]


def recognises(document: Document) -> bool:
    """Tell by a first line that begins with a time in the exporter's form, and something after it."""
    first, _, rest = document.text[:500].lstrip("\r\n").partition("\n")
    found = _TIME.fullmatch(first.rstrip("\r"))
    return bool(found) and bool(rest.strip() or (found and found["rest"]))


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per document, named by its file."""
    found = ours(documents, map(recognises, documents))
    conversations = []
    unplaced: list[Unplaced] = []
    for document in found:
        drafts: list[Draft] = []
        for block in _blocks(document.text):
            if made := _drafts(block):
                drafts += made
            else:
                unplaced.append(Unplaced(document.name, block.line))
        name = PurePosixPath(document.name).stem
        conversations.append(conversation(name, READER.name, _without_copies(drafts)))
    return exported(READER.name, _TITLE, found, conversations, unreadable=len(unplaced), unplaced=unplaced)


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.rstrip("\r")
        found = _TIME.fullmatch(bare) if blank else None
        if found and not found["indent"]:
            if block:
                yield block
            block = _Block(number, _time(found), found["rest"], [])
        elif block:
            block.lines.append(bare)
        blank = not bare.strip()
    if block:
        yield block


def _time(found: re.Match[str]) -> datetime | None:
    hour = int(found["hour"]) % 12 + (12 if found["half"] == "PM" else 0)
    month = _MONTHS.index(found["month"]) + 1
    try:
        return datetime(  # noqa: DTZ001  the export does not say the zone
            int(found["year"]), month, int(found["day"]), hour, int(found["minute"]), int(found["second"])
        )
    except ValueError:
        return None


def _drafts(block: _Block) -> list[Draft]:
    """Give the message of a block, and the answers that stand indented in it; nothing when it has no sender."""
    if block.rest is not None:
        return [draft(author=None, time=block.time, text=block.rest, kind=Kind.SYSTEM, line=block.line)]
    own, answers = _split(block)
    if not own or not own[0].strip():
        return []
    key = _key(block.time, own[0], block.line)
    made = [_draft(block.time, own, block.line, key, None)]
    for answer in answers:
        if answer.lines:
            lines = [line.removeprefix("    ") for line in answer.lines]
            made.append(_draft(answer.time, lines, answer.line, _key(answer.time, lines[0], answer.line), key))
    return made


def _split(block: _Block) -> tuple[list[str], list[_Block]]:
    own: list[str] = []
    answers: list[_Block] = []
    for offset, line in enumerate(block.lines, start=1):
        found = _TIME.fullmatch(line)
        if found and found["indent"]:
            answers.append(_Block(block.line + offset, _time(found), None, []))
        elif answers and (not line or line.startswith("    ")):
            answers[-1].lines.append(line)
        else:
            own.append(line)
    return own, answers


def _key(time: datetime | None, sender: str, line: int) -> str:
    return f"{time.isoformat()} {sender.strip()}" if time else f"line {line}"


def _draft(time: datetime | None, lines: list[str], line: int, key: str, answers: str | None) -> Draft:
    text, kind = _content(lines[1:])
    return draft(author=lines[0].strip(), time=time, text=text, kind=kind, line=line, key=key, answers=answers)


def _content(lines: list[str]) -> tuple[str, Kind]:
    kept: list[str] = []
    kind = Kind.TEXT
    in_tapbacks = False
    for line in lines:
        in_tapbacks = line in _TAPBACKS or (in_tapbacks and bool(line.strip()))
        if in_tapbacks or _MARK.fullmatch(line):
            continue
        if _DELETED.fullmatch(line):
            kind = Kind.DELETED
        elif _FILE.fullmatch(line):
            kind = kind_of_file(line)
        elif edited := _EDITED.fullmatch(line):
            kept = [edited["text"]]
        else:
            kept.append(_first_of_edited(line) if not kept else line)
    text = "\n".join(kept).strip()
    if kind is Kind.TEXT and not text:
        kind = Kind.IMAGE if "Attachment missing!" in lines else Kind.OTHER
    return ("" if kind is Kind.DELETED else text), kind


def _first_of_edited(line: str) -> str:
    """Take off the time that stands before the first wording of an edited message."""
    found = _TIME.fullmatch(line)
    return found["rest"] or "" if found else line


def _without_copies(drafts: list[Draft]) -> list[Draft]:
    """Keep each message once: in its own place, knowing what it answers."""
    answered = {d.key: d.answers for d in drafts if d.answers}
    in_place = {d.key for d in drafts if not d.answers}
    return [
        d._replace(answers=d.answers or answered.get(d.key)) for d in drafts if not d.answers or d.key not in in_place
    ]


READER = Reader("imessage", _TITLE, recognises, read)
