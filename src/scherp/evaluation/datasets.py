"""Labelled conversations, from whatever holds them: lines of JSON, a known corpus in XML, or our own folder.

A line is the bulk form (`scherp.reading.jsonl`) and what is known of the conversation:

    {"id", "label": 0|1, "messages": [...], "steering"?, "first_request"?, "slices"?: [...], "source"?, "register"?,
     "lang"?, "split"?, "machine_translated"?}

Without `label`, a folder on the way named `risky` or `harmless` says it, so that exports written by `scherp read`
need no editing. Cases marked `train` are left out: nothing is measured on what was learned from.
"""

from __future__ import annotations

import gzip
import json
import zlib
from typing import IO, TYPE_CHECKING, Any, cast

from scherp import errors
from scherp.evaluation import chatcoder2, pan2012, registers, written
from scherp.evaluation.case import Case, Loaded
from scherp.evaluation.written import Split, Theme
from scherp.reading.jsonl import BadLine, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scherp.evaluation.written import Written

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_XML = ".xml"
_FORMAT = "JSONL"
_HEAD = 4096


def load(paths: Iterable[Path]) -> Loaded:
    """Read files, folders and our own corpus folder. Raises NotFound, or NoCases when nothing labelled is there."""
    cases: list[Case] = []
    unread = 0
    given = list(paths)
    for path in given:
        for found in _cases(path):
            if found is None:
                unread += 1
            else:
                cases.append(found)
    kept = tuple(case for case in cases if case.split is not Split.TRAIN)
    if not kept:
        raise errors.NoCases(name=", ".join(path.name for path in given))
    return Loaded(kept, unread, len(cases) - len(kept))


def of_ours(found: Written) -> Case:
    """Give a conversation of our own as a case."""
    return Case(
        id=found.id,
        conversation=found.conversation,
        risky=found.risky,
        register=registers.of_ours(found.lang, found.theme),
        source=found.id,
        slices=found.slices,
        steering=found.steering,
        first_request=found.first_request,
        lang=found.lang.value,
        split=found.split,
    )


def parse_case(line: str, path: Path, number: int) -> Case:
    """Read line `number` of a file. Raises BadLine, which never holds what was written."""
    record = parse_line(line)
    whole = json.loads(line)
    label = _label(whole, path)
    if label is None:
        raise BadLine("no label", record.id)
    name = str(record.id) if record.id is not None else ""
    source = _text(whole, "source")
    count = len(record.conversation.messages)
    request = whole.get("first_request")
    slices = whole.get("slices")
    split = _text(whole, "split")
    register = registers.of_record(_text(whole, "register"), source, path.name)
    return Case(
        id=name,
        conversation=record.conversation,
        risky=label,
        register=register,
        source=f"{path.name} {name or f'line {number}'}",
        slices=frozenset(slices) & written.SLICES if isinstance(slices, list) else frozenset(),
        steering=_text(whole, "steering"),
        first_request=request if type(request) is int and 0 <= request < count else None,
        lang=record.lang,
        split=Split(split) if split in set(Split) else registers.split_of(source, name),
        machine_translated=whole.get("machine_translated") is True,
    )


def _cases(path: Path) -> Iterator[Case | None]:
    """Every case under a path; None for each line that is none."""
    if path.is_dir() and written.is_folder(path):
        yield from map(of_ours, written.read_folder(path))
    elif path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.name.lower().endswith((*_LINES, _XML)):
                yield from _in_file(inner)
    elif path.is_file():
        yield from _in_file(path)
    else:
        raise errors.NotFound(name=path.name)


def _in_file(path: Path) -> Iterator[Case | None]:
    if path.name.lower().endswith(_XML):
        return _in_xml(path)
    if path.suffix == ".txt" and path.parent.name in set(Theme):
        return map(of_ours, written.read_file(path))
    return _in_lines(path)


def _in_xml(path: Path) -> Iterator[Case]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return pan2012.read(path) if b"<conversation " in head or b"<conversations" in head else chatcoder2.read(path)


def _in_lines(path: Path) -> Iterator[Case | None]:
    number = 0
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _case_or_none(line, path, number)
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError):
        raise errors.Damaged(name=path.name, format=_FORMAT, line=number + 1) from None


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def _case_or_none(line: str, path: Path, number: int) -> Case | None:
    try:
        return parse_case(line, path, number)
    except BadLine:
        return None


def _label(whole: dict[str, Any], path: Path) -> bool | None:
    given = whole.get("label")
    if given in (0, 1):
        return bool(given)
    if given is not None:
        return None
    for folder in reversed(path.absolute().parts[:-1]):
        if folder in {"risky", "harmless"}:
            return folder == "risky"
    return None


def _text(whole: dict[str, Any], field: str) -> str | None:
    value = whole.get(field)
    return value if isinstance(value, str) and value else None
