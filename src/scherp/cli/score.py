"""`scherp score`: many conversations, a line each, judged as they stream by; memory does not grow with the file."""

from __future__ import annotations

import gc
import gzip
import json
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import click

from scherp.cli.output import is_screen, progress, written_to
from scherp.errors import Damaged, ExitCode, NeedsExtra, NotFound, NotLines
from scherp.reading.jsonl import BadLine, parse_line
from scherp.scoring import packaged_model, score
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scherp.scoring import Scored

_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one conversation; a longer line is answered with an error, so that memory stays bounded."""


def run(source: str, output: Path, *, trajectory: bool, quiet: bool, language: Language) -> ExitCode:
    """Judge every line; SOME_LINES_UNREAD if a line could not be read."""
    gc.set_threshold(100_000)  # nothing here makes cycles, and looking for them costs a few in a hundred
    judged = bad = 0
    file = Path(source)
    if file.is_dir() or (file.is_file() and zipfile.is_zipfile(file)):
        raise NotLines(name=source)
    size = file.stat().st_size if file.is_file() and file.suffix != ".zst" else 0
    shown = size and not quiet and not is_screen(output)
    with (
        _opened(source) as raw,
        written_to(output) as out,
        progress(say("cli.judging", language), size, quiet=not shown) as told,
    ):
        for line in _lines(raw):
            answer = judge(line, trajectory=trajectory)
            bad += "error" in answer
            judged += "error" not in answer
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            if shown:
                told(getattr(raw, "fileobj", raw).tell())
    if not quiet and not is_screen(output):
        click.echo(say("cli.score_done", language, count=judged, bad=bad), err=True)
    return ExitCode.SOME_LINES_UNREAD if bad else ExitCode.FINE


def judge(line: bytes | None, *, trajectory: bool) -> dict[str, Any]:
    """Give the answer to one line, in the form of the bulk interface; None stands for a line that was too long."""
    if line is None:
        return {"id": None, "error": "the line is longer than this program reads"}
    try:
        record = parse_line(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {"id": None, "error": "not UTF-8"}
    except BadLine as problem:
        return {"id": problem.id, "error": str(problem)}
    scored = score(record.conversation, model=packaged_model())
    answer = {"id": record.id, **_verdict(scored)}
    if trajectory:
        answer["trajectory"] = list(scored.trajectory)
    return answer


def _verdict(scored: Scored) -> dict[str, Any]:
    return {
        "level": scored.level.value if scored.level else None,
        "risk": scored.risk,
        "alarm_at": scored.alarm_at,
        "urgent_at": scored.urgent_at,
        "steering": scored.steering,
        "tempo_hours": scored.tempo_hours,
        "signs": [
            {"sign": e.sign, "message": e.message, "author": e.speaker, "strength": e.strength} for e in scored.evidence
        ],
    }


def _lines(raw: IO[bytes]) -> Iterator[bytes | None]:
    """Every line that is not blank; None for one that is too long."""
    number = 0
    try:
        while line := raw.readline(_LONGEST_LINE):
            number += 1
            if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := raw.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield None
            elif line.strip():
                yield line
    except (EOFError, OSError, zlib.error) as problem:
        raise Damaged(name=getattr(raw, "name", "-"), format="JSONL", line=number + 1) from problem


def _opened(source: str) -> IO[bytes]:
    try:
        if source == "-":
            return sys.stdin.buffer
        if source.endswith(".gz"):
            return cast("IO[bytes]", gzip.open(source, "rb"))
        return _zst(source) if source.endswith(".zst") else Path(source).open("rb")
    except OSError as problem:
        raise NotFound(name=source) from problem


def _zst(source: str) -> IO[bytes]:
    try:
        import zstandard  # noqa: PLC0415  an extra
    except ImportError as missing:
        raise NeedsExtra(extra="zst", what=".zst") from missing
    import io  # noqa: PLC0415  only for .zst

    opened: IO[bytes] = io.BufferedReader(zstandard.open(source, "rb"))
    return opened
