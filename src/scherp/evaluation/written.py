"""Our own conversations, read: synthetic, written for Scherp, with who steers and every sign marked by hand.

Their form stands in `corpus/README.md`. The language and the kind come from the path:
`corpus/nl/risky/game_currency.txt`. A day and a time become a moment in an invented year, so that hours can be
counted; no date in it means anything.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scherp import errors
from scherp.conversation import Conversation, Kind, Message
from scherp.signs.vocabulary import signs
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scherp.conversation import SignId, Speaker

PLATFORM = "written"
FIRST_REQUEST = "!"
"""The mark, among the signs, of the first message that asks for a picture, a meeting, a third party, or forces."""

SLICES = frozenset(
    """
    boys care_or_asylum class_or_team family flemish help lgbtq_youth mild_intellectual_disability moroccan_dutch
    parent peer_or_girl_recruits same_age_romance sextortion_for_money surinamese_dutch
""".split()
)
"""Whom a conversation is about, where fairness is looked at; some in risky, some in harmless ones, some in both."""

_FIRST_DAY = datetime(2001, 1, 1)  # noqa: DTZ001  an invented day, in nobody's zone
_HEAD = "=== "
_FIELDS = ("plot", "slices", "steering", "split")
_LINE = re.compile(r"d(?P<day>\d+) (?P<hour>\d\d):(?P<minute>\d\d) (?P<author>[^|]+?) \| (?P<rest>.*)")
_MARKS = re.compile(r"^(?P<text>.*?)\s+\{(?P<marks>[a-z_, !]+)\}$")
_KINDS = {f"[{kind.value}]": kind for kind in Kind if kind not in {Kind.TEXT, Kind.SYSTEM}}
_NOBODY = "-"


class Theme(StrEnum):
    """What a conversation is, by the folder it lies in."""

    RISKY = "risky"
    HARMLESS_HARD = "harmless_hard"
    HARMLESS_EVERYDAY = "harmless_everyday"


class Split(StrEnum):
    """What a conversation may be used for. Whoever tunes does not read `DEVELOPMENT`."""

    TRAIN = "train"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class Written:
    """One conversation of our own.

    theme: its folder; file: its file, without ending: conversations of one file share a theme.
    steering: who steers; None in harmless ones.
    first_request: number of the message that is the first request; None in harmless ones.
    signs: for each message, what a careful reader says that it shows.
    """

    id: str
    plot: str
    slices: frozenset[str]
    steering: Speaker | None
    split: Split
    lang: Language
    theme: Theme
    file: str
    messages: tuple[Message, ...]
    signs: tuple[frozenset[SignId], ...]
    first_request: int | None

    @property
    def risky(self) -> bool:
        """Whether somebody is being steered in it."""
        return self.theme is Theme.RISKY

    @property
    def conversation(self) -> Conversation:
        """Give it as every reader gives a conversation."""
        return Conversation(self.id, PLATFORM, self.messages)


def read_folder(folder: Path) -> list[Written]:
    """Read every conversation under a folder of the form of `corpus/`, by path. Raises BadWritten or NotFound."""
    paths = sorted(folder.glob("*/*/*.txt"))
    if not paths:
        raise errors.NotFound(name=folder.name)
    found = [written for path in paths for written in read_file(path)]
    seen: set[str] = set()
    for written in found:
        if written.id in seen:
            raise errors.BadWritten("same_id", name=f"{written.file}.txt", line=written.messages[0].line)
        seen.add(written.id)
    return found


def is_folder(folder: Path) -> bool:
    """Tell whether a folder holds conversations of our own."""
    return any((folder / lang / theme).is_dir() for lang in Language for theme in Theme)


def read_file(path: Path) -> list[Written]:
    """Read the conversations of one file. Raises BadWritten, which names the file and the line."""
    place = _Place(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as problem:
        before = path.read_bytes()[: problem.start]
        raise errors.WrongEncoding(name=path.name, line=before.count(b"\n") + 1) from None
    return [_conversation(place, block) for block in _blocks(lines, place)]


class _Place:
    """Which file this is, and what its path says."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        try:
            self.lang, self.theme = Language(self.path.parts[-3]), Theme(self.path.parts[-2])
        except (IndexError, ValueError):
            raise self.bad("path", 1) from None

    def bad(self, problem: str, line: int) -> errors.BadWritten:
        """Give the error that says what is wrong at a line."""
        return errors.BadWritten(problem, name="/".join(self.path.parts[-3:]), line=line)


_Block = list[tuple[int, str]]
"""The lines of one conversation that are not empty, with their numbers."""


def _blocks(lines: Iterable[str], place: _Place) -> Iterator[_Block]:
    block: _Block = []
    for number, line in enumerate(lines, start=1):
        if line.startswith(_HEAD):
            if block:
                yield block
            block = []
        elif line.strip() and not block:
            raise place.bad("no_head", number)
        if line.strip():
            block.append((number, line))
    if block:
        yield block


def _conversation(place: _Place, block: _Block) -> Written:
    (first, head), *rest = block
    fields = _fields(place, first, rest)
    plot, named, steering, split = (fields[name] for name in _FIELDS)
    lines = [_line(place, number, text, n) for n, (number, text) in enumerate(rest[len(_FIELDS) :])]
    if not lines:
        raise place.bad("no_messages", first)
    _in_order(place, [line.message for line in lines])
    written = Written(
        id=head.removeprefix(_HEAD).strip(),
        plot=plot.value,
        slices=_slices(place, named),
        steering=None if steering.value == _NOBODY else steering.value,
        split=_split(place, split),
        lang=place.lang,
        theme=place.theme,
        file=place.path.stem,
        messages=tuple(line.message for line in lines),
        signs=tuple(line.signs for line in lines),
        first_request=_request(place, first, lines),
    )
    # Whoever steers a risky conversation writes in it; in a harmless one nobody steers.
    if written.risky != (written.steering in written.conversation.speakers):
        raise place.bad("steering", steering.line)
    return written


class _Field(NamedTuple):
    line: int
    value: str


def _fields(place: _Place, first: int, rest: _Block) -> dict[str, _Field]:
    fields: dict[str, _Field] = {}
    for name, (number, line) in zip(_FIELDS, rest, strict=False):
        field, colon, value = line.partition(":")
        if field != name or not colon or not value.strip():
            raise place.bad("field", number)
        fields[name] = _Field(number, value.strip())
    if len(fields) < len(_FIELDS):
        raise place.bad("field", first)
    return fields


@dataclass(frozen=True, slots=True)
class _Line:
    message: Message
    signs: frozenset[SignId]
    is_request: bool


def _line(place: _Place, number: int, line: str, count: int) -> _Line:
    found = _LINE.fullmatch(line.rstrip())
    if found is None:
        raise place.bad("line", number)
    text, marks = _marked(found["rest"])
    if unknown := marks - {FIRST_REQUEST} - signs().keys():
        raise place.bad("sign", number) from KeyError(*unknown)
    kind = _KINDS.get(text, Kind.TEXT)
    try:
        clock = timedelta(days=int(found["day"]) - 1, hours=int(found["hour"]), minutes=int(found["minute"]))
        time = _FIRST_DAY + clock
    except OverflowError:
        raise place.bad("line", number) from None
    message = Message(count, found["author"], time, "" if kind is not Kind.TEXT else text, kind, None, number)
    return _Line(message, frozenset(marks - {FIRST_REQUEST}), FIRST_REQUEST in marks)


def _marked(rest: str) -> tuple[str, set[str]]:
    found = _MARKS.fullmatch(rest)
    if found is None:
        return rest.strip(), set()
    return found["text"].strip(), {mark.strip() for mark in found["marks"].split(",") if mark.strip()}


def _in_order(place: _Place, messages: Sequence[Message]) -> None:
    for before, after in itertools.pairwise(messages):
        if before.time is not None and after.time is not None and after.time < before.time:
            raise place.bad("backwards", after.line or 1)


def _slices(place: _Place, given: _Field) -> frozenset[str]:
    named = frozenset(part.strip() for part in given.value.split(",")) - {_NOBODY, ""}
    if named - SLICES:
        raise place.bad("slice", given.line)
    return named


def _split(place: _Place, given: _Field) -> Split:
    try:
        return Split(given.value)
    except ValueError:
        raise place.bad("split", given.line) from None


def _request(place: _Place, first: int, lines: Sequence[_Line]) -> int | None:
    """Where the first request is: once in a risky conversation, never in a harmless one."""
    marked = [line.message for line in lines if line.is_request]
    if len(marked) != (place.theme is Theme.RISKY):
        raise place.bad("request", (marked[-1].line or first) if marked else first)
    return marked[0].number if marked else None
