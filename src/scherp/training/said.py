"""What is learned from: single messages, each with who said it and in which kind of conversation."""

from __future__ import annotations

import gzip
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from scherp.conversation import Kind
from scherp.evaluation.registers import is_for_training
from scherp.evaluation.written import Split, Theme, read_folder
from scherp.signs.matcher import matcher
from scherp.signs.vocabulary import Group, written_signs
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scherp.evaluation.written import Written


class Source(StrEnum):
    """Where a message comes from and which part its speaker plays."""

    ADULT = "adult"
    DECOY = "decoy"
    SMS = "sms"
    TOPICAL = "topical"
    IRC = "irc"
    STEERS = "steers"
    STEERED = "steered"
    HARD = "hard"
    EVERYDAY = "everyday"
    SIGN = "sign"
    LOOK_ALIKE = "look_alike"


STEERING = frozenset({Source.ADULT, Source.STEERS, Source.SIGN})
"""Said by who steers."""
OUTSIDE = frozenset({Source.ADULT, Source.DECOY, Source.SMS, Source.TOPICAL, Source.IRC})
"""Not written by us: nothing of it may be recognised in what ships."""
HARMLESS = {
    Source.SMS: "harmless_sms_en.jsonl.gz",
    Source.TOPICAL: "harmless_topical_en.jsonl.gz",
    Source.IRC: "harmless_irc_en.jsonl.gz",
}
"""The outside registers that may be learned from; half of each, by the id of the conversation."""
LINES = "grooming_lines_en.jsonl.gz"


class Said(NamedTuple):
    """One message: who said it (a person, or for our own the conversation), and its words as they are read."""

    source: Source
    person: str
    lang: Language
    words: list[str]


def outside(folder: Path) -> Iterator[Said]:
    """Give every message of the outside collections that may be learned from."""
    for record in _records(folder / LINES):
        source = Source.ADULT if record["role"] == "adult" else Source.DECOY
        for line in record["lines"]:
            yield Said(source, record["person"], Language.EN, read(line))
    for source, name in HARMLESS.items():
        for record in _records(folder / name):
            if is_for_training(record["id"]):
                for message in record["messages"]:
                    yield Said(source, record["id"], Language.EN, read(message["text"]))


def ours(corpus: Path) -> Iterator[Said]:
    """Give every message of the training part of our own conversations."""
    for written in training_part(corpus):
        for message in written.messages:
            if message.kind is Kind.TEXT:
                steers = message.author == written.steering
                yield Said(_source(written, steers=steers), written.id, written.lang, read(message.text))


def training_part(corpus: Path) -> list[Written]:
    """Give our own conversations that may be learned from."""
    return [written for written in read_folder(corpus) if written.split is Split.TRAIN]


def examples() -> Iterator[Said]:
    """Give the examples of the signs of steering: those that must match, and those that must not."""
    for sign in written_signs().values():
        if sign.group in (Group.OTHER_SIDE, Group.SAFE_CONTEXT):
            continue
        for lang, spoken in sign.spoken.items():
            for source, texts in ((Source.SIGN, spoken.yes), (Source.LOOK_ALIKE, spoken.no)):
                for number, text in enumerate(texts):
                    yield Said(source, f"{sign.id}-{lang}-{source}-{number}", lang, read(text))


def read(text: str) -> list[str]:
    """Give the words of a message as the engine reads them."""
    return matcher().words(text)


def interleaved(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give for each person with both roles a conversation of sorts: (person, [(role, line)...]).

    The two sides' lines keep their order but the real turns are not known: they are dealt evenly by place.
    """
    sides: dict[str, dict[str, list[str]]] = {}
    for record in _records(folder / LINES):
        sides.setdefault(record["person"], {})[record["role"]] = record["lines"]
    for person, roles in sides.items():
        if len(roles) == 2:
            yield person, _dealt(roles)


def _dealt(roles: dict[str, list[str]]) -> list[tuple[str, str]]:
    placed = [
        ((number + 0.5) / len(lines), role, line) for role, lines in roles.items() for number, line in enumerate(lines)
    ]
    return [(role, line) for _, role, line in sorted(placed, key=lambda row: row[:2])]


def harmless_records(folder: Path) -> Iterator[tuple[Source, str, list[dict[str, str | None]]]]:
    """Give the harmless conversations that may be learned from: (register, id, messages)."""
    for source, name in HARMLESS.items():
        for record in _records(folder / name):
            if is_for_training(record["id"]):
                yield source, record["id"], record["messages"]


def _source(written: Written, *, steers: bool) -> Source:
    if written.risky:
        return Source.STEERS if steers else Source.STEERED
    return Source.HARD if written.theme is Theme.HARMLESS_HARD else Source.EVERYDAY


def _records(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)
