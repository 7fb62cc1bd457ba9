"""How small things are written: a time, a length of time, the beginning of a sentence, a name from a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scherp.texts import say

if TYPE_CHECKING:
    from datetime import datetime

    from scherp.texts import Language

# Characters that act on a page or a terminal rather than stand on it: control characters, those that turn the
# direction of what follows, halves of a character, and what is no character at all. A message may hold them.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """Give a text as it may be shown: no character of it acts on where it is shown; line feeds and tabs stay."""
    return _ACTING.sub("\ufffd", text.replace("\r\n", "\n"))


def capital(text: str) -> str:
    """Begin a sentence with it."""
    return text[:1].upper() + text[1:]


def when(time: datetime | None) -> str:
    """Give a time as people write it on paper: day, month, year, clock."""
    return f"{time.day}-{time.month}-{time.year} {time.hour}:{time.minute:02}" if time else ""


def duration(hours: float, language: Language) -> str:
    """Give a length of time as a person says it: minutes, hours, or days."""
    minutes = round(hours * 60)
    if minutes < 2:
        return say("report.minute", language)
    if minutes < 120:
        return say("report.minutes", language, count=minutes)
    if hours < 72:
        return say("report.hours", language, count=round(hours))
    return say("report.days", language, count=round(hours / 24))
