"""Which register a conversation is in, and the pieces it is cut into.

The classes of the known collections differ in register before they differ in anything else, so nothing is ever
pooled: each register is measured apart, and the worst is the headline.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from zlib import crc32

from scherp.evaluation.written import Split, Theme
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scherp.conversation import Message

PIECE = 150
"""Messages of the longest piece."""
SHORTEST = 6
"""Messages of the shortest piece that is measured, as in the published rule of F-latency."""


class Register(StrEnum):
    """Where text comes from: harmless, risky, or (the last) either."""

    ROOMS = "rooms"
    SMS = "sms"
    TOPICAL = "topical"
    TEXTBOOK = "textbook"
    SPOKEN = "spoken"
    IRC = "irc"
    DUTCH_EVERYDAY = "dutch_everyday"
    DUTCH_HARD = "dutch_hard"
    ENGLISH_EVERYDAY = "english_everyday"
    ENGLISH_HARD = "english_hard"
    CHATS = "chats"
    DUTCH_RISKY = "dutch_risky"
    ENGLISH_RISKY = "english_risky"
    PAN_2012 = "pan2012"
    CHATCODER2 = "chatcoder2"
    TRANSLATED = "translated"
    OTHER = "other"


SYNTHETIC = frozenset({
    Register.DUTCH_EVERYDAY, Register.DUTCH_HARD, Register.ENGLISH_EVERYDAY, Register.ENGLISH_HARD,
    Register.DUTCH_RISKY, Register.ENGLISH_RISKY,
})  # fmt: skip
"""Written by us: wherever a number of these stands, it is called synthetic."""

LEARNED_FROM = frozenset({"nus_sms", "topical", "irc"})
"""Of these harmless collections one half is learned from, and only the other half measured."""

_DUTCH = frozenset({Register.DUTCH_EVERYDAY, Register.DUTCH_HARD, Register.DUTCH_RISKY, Register.TRANSLATED})


def comparable(risky: Register, harmless: Register) -> bool:
    """Tell whether the two are in one language; text of an unknown register is held against everything."""
    return Register.OTHER in {risky, harmless} or (risky in _DUTCH) == (harmless in _DUTCH)


_BY_SOURCE = {
    "nps_room": Register.ROOMS,
    "nus_sms": Register.SMS,
    "topical": Register.TOPICAL,
    "dailydialog": Register.TEXTBOOK,
    "dialogsum": Register.SPOKEN,
    "irc": Register.IRC,
}
_BY_FILE = {
    "grooming_conversations": Register.CHATS,
    "translated": Register.TRANSLATED,
    "rooms": Register.ROOMS,
    "sms": Register.SMS,
    "topical": Register.TOPICAL,
    "dailydialog": Register.TEXTBOOK,
    "dialogsum": Register.SPOKEN,
    "irc": Register.IRC,
}
_OURS = {
    (Language.NL, Theme.RISKY): Register.DUTCH_RISKY,
    (Language.NL, Theme.HARMLESS_HARD): Register.DUTCH_HARD,
    (Language.NL, Theme.HARMLESS_EVERYDAY): Register.DUTCH_EVERYDAY,
    (Language.EN, Theme.RISKY): Register.ENGLISH_RISKY,
    (Language.EN, Theme.HARMLESS_HARD): Register.ENGLISH_HARD,
    (Language.EN, Theme.HARMLESS_EVERYDAY): Register.ENGLISH_EVERYDAY,
}


def of_record(named: str | None, source: str | None, file: str) -> Register:
    """Give the register that a line names (`register`), or its `source`, or its file's name, in that order."""
    if named in set(Register):
        return Register(named)
    if source in _BY_SOURCE:
        return _BY_SOURCE[source]
    return next((register for part, register in _BY_FILE.items() if part in file), Register.OTHER)


def of_ours(lang: Language, theme: Theme) -> Register:
    """Give the register of a conversation of our own."""
    return _OURS[lang, theme]


def is_for_training(conversation_id: str) -> bool:
    """Tell whether a harmless outside conversation that may be learned from is learned from: half of them, by id."""
    return crc32(conversation_id.encode()) % 2 == 1


def split_of(source: str | None, conversation_id: str) -> Split | None:
    """Give what a conversation of a shared collection may be used for; None where nothing is learned from it.

    By the collection's own name, so that somebody else's text messages are all measured.
    """
    if source not in LEARNED_FROM:
        return None
    return Split.TRAIN if is_for_training(conversation_id) else Split.DEVELOPMENT


def pieces(messages: Sequence[Message], longest: int = PIECE, shortest: int = SHORTEST) -> Iterator[tuple[int, int]]:
    """Give where each piece begins and ends; a rest shorter than `shortest` is no piece."""
    for start in range(0, len(messages), longest):
        end = min(start + longest, len(messages))
        if end - start >= shortest:
            yield start, end


def renumbered(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Give messages numbered from 0, as a conversation of their own; an answer to what is not there answers nobody."""
    kept = list(messages)
    places = {message.number: place for place, message in enumerate(kept)}
    return tuple(
        m._replace(number=place, reply_to=None if m.reply_to is None else places.get(m.reply_to))
        for place, m in enumerate(kept)
    )
