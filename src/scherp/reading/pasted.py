"""Text that somebody copied out of a chat and pasted: the last resort, when no export form fits.

    [14:30, 13-3-2024] Kim: hoi      WhatsApp on a computer, a selection of messages
    [13/3, 14:30] Kim: hoi           WhatsApp on Android, a selection of messages: no year, so no time
    [13-03-2024 14:30] Kim: hoi      other copies
    Kim: hoi                         typed over, or from anywhere

The last is only taken where nearly every line begins with a name, and the names come back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scherp.conversation import Conversation, Kind, Message
from scherp.reading import whatsapp
from scherp.reading.dates import CLOCK, DATE, DIGITS, INVISIBLE, SPACES
from scherp.reading.export import Export, NotThisFormat, Reader, Settled, Unplaced
from scherp.reading.whatsapp import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.dates import Settlement
    from scherp.reading.export import Document, Options

NAME = "pasted"

_HALF = rf"[^{DIGITS}\n\[\]:]{{0,16}}"
_CLOCK_FIRST = rf"{_HALF}{CLOCK}{_HALF}{DATE}\.?"
_DATE_FIRST = rf"{DATE}{_HALF}{CLOCK}{_HALF}"
_NO_YEAR = rf"[{DIGITS}]{{1,2}}[./\-][{DIGITS}]{{1,2}}\.?{_HALF}{CLOCK}{_HALF}"
_HEADER = re.compile(
    rf"\n[{INVISIBLE}]*\[({_CLOCK_FIRST}|{_DATE_FIRST}|{_NO_YEAR})\][{SPACES}{INVISIBLE}]*([^:\n]*+(?:: )?+)"
)
_DATE = re.compile(DATE)
_SPOKEN = re.compile(rf"[{SPACES}{INVISIBLE}]*([^\s:\"<>{{}}\[\]=;][^:\n\"<>{{}}\[\]=;]{{0,39}}):[{SPACES}]+(\S.*)")
_SHARE_SPOKEN = 0.6
_FEWEST_SPEAKERS = 2
_SPEAKERS_THAT_NEED_NOT_COME_BACK = 3


def recognises(document: Document) -> bool:
    """Tell whether the text has a pasted form; ask only when every other reader has declined."""
    return is_stamped(document) or _is_spoken(document.text)


def is_stamped(document: Document) -> bool:
    """Tell whether the text is a selection of messages that an app copied, each with its time."""
    return _HEADER.search(_whole(document.text)) is not None


def read(documents: Sequence[Document], options: Options) -> Export:
    """Read pasted text, each document one conversation. Raises NotThisFormat; drops no line."""
    conversations: list[Conversation] = []
    settlements: list[Settlement] = []
    unplaced: list[Unplaced] = []
    for document in documents:
        if (piece := _cut(document.text)) is not None:
            settlement = whatsapp.settle(piece, options)
            settlements.append(settlement)
            conversations.append(_with_stamps(document.name, piece, settlement))
            unplaced += whatsapp.lines_before(document.name, piece.before)
        elif _is_spoken(document.text):
            conversation, before = _spoken(document)
            conversations.append(conversation)
            unplaced += before
        else:
            raise NotThisFormat
    order, settled = whatsapp.together(settlements) if settlements else (None, Settled.BY_FORMAT)
    return Export(NAME, tuple(conversations), order, settled, tuple(unplaced))


def _whole(text: str) -> str:
    return "\n" + text.replace("\r\n", "\n").replace("\r", "\n")


def _cut(text: str) -> Piece | None:
    before, *fields = _HEADER.split(_whole(text))
    if not fields:
        return None
    stamps = fields[0::3]
    found = [_DATE.search(stamp) for stamp in stamps]
    days = [match[0] if match else "" for match in found]
    clocks = [_clock_beside(stamp, day) for stamp, day in zip(stamps, days, strict=True)]
    return Piece(before.removeprefix("\n"), before.count("\n") + 1, days, clocks, fields[1::3], fields[2::3])


def _clock_beside(stamp: str, day: str) -> str:
    return stamp.replace(day, " ", 1) if day else stamp


def _with_stamps(name: str, piece: Piece, settlement: Settlement) -> Conversation:
    messages = whatsapp.messages_of(piece, settlement)
    trusted = settlement.trusted and whatsapp.forward(messages)
    return _conversation(name, whatsapp.NAME, messages, trusted=trusted)


def _conversation(name: str, platform: str, messages: tuple[Message, ...], *, trusted: bool) -> Conversation:
    speakers = Conversation(name, platform, messages).speakers
    return Conversation(whatsapp.title_of(speakers) or name, platform, messages, trusted)


def _is_spoken(text: str) -> bool:
    """Tell whether most lines are `Name: text`, by at least two, and not each by another (a form, a letter's head)."""
    lines = [line for line in _whole(text).split("\n") if line.strip()]
    names = [whatsapp.plain_name(found[1]) for line in lines if (found := _SPOKEN.fullmatch(line))]
    most = max(_SPEAKERS_THAT_NEED_NOT_COME_BACK, len(names) // 2)
    return len(names) >= _SHARE_SPOKEN * len(lines) and _FEWEST_SPEAKERS <= len(set(names)) <= most


def _spoken(document: Document) -> tuple[Conversation, list[Unplaced]]:
    messages: list[Message] = []
    before: list[Unplaced] = []
    for line, text in enumerate(_whole(document.text).split("\n")[1:], start=1):
        if found := _SPOKEN.fullmatch(text):
            name = whatsapp.plain_name(found[1])
            messages.append(Message(len(messages), name, None, found[2].strip(), Kind.TEXT, None, line))
        elif messages:
            messages[-1] = messages[-1]._replace(text=f"{messages[-1].text}\n{text}".rstrip())
        elif text.strip():
            before.append(Unplaced(document.name, line))
    return _conversation(document.name, NAME, tuple(messages), trusted=False), before


READER = Reader(NAME, "Pasted text (Name: text)", recognises, read)
"""Text from the clipboard."""

STAMPED = READER._replace(recognises=is_stamped)
"""The forms that leave no doubt: also taken from among files of other forms."""
