"""`scherp score`: many conversations, a line each, judged as they stream by; memory does not grow with the file."""

from __future__ import annotations

import gzip
import json
import os
import sys
from typing import IO, TYPE_CHECKING, Any

import click

from scherp.cli.output import is_screen, written_to
from scherp.errors import Damaged, ExitCode, NeedsExtra, NotFound
from scherp.reading.jsonl import BadLine, parse_line
from scherp.scoring import packaged_model, score
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scherp.scoring import Scored

_LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one conversation; a longer line is answered with an error, so that memory stays bounded."""


def run(source: str, output: Path, *, trajectory: bool, quiet: bool, language: Language) -> ExitCode:
    """Judge every line; SOME_LINES_UNREAD if a line could not be read."""
    judged = bad = 0
    with _opened(source) as raw, written_to(output) as out, _progress(source, output, quiet, language) as told:
        for line in _lines(raw):
            answer = judge(line, trajectory=trajectory)
            bad += "error" in answer
            judged += "error" not in answer
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            told(_read_so_far(raw))
    if not quiet and not is_screen(output):
        click.echo(say("cli.score_done", language, count=judged, bad=bad), err=True)
    return ExitCode.SOME_LINES_UNREAD if bad else ExitCode.FINE


def judge(line: str | None, *, trajectory: bool) -> dict[str, Any]:
    """Give the answer to one line, in the form of the bulk interface; None stands for a line that was too long."""
    if line is None:
        return {"id": None, "error": "the line is longer than this program reads"}
    try:
        record = parse_line(line)
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


def _lines(raw: IO[bytes]) -> Iterator[str | None]:
    """Every line that is not blank; None for one that is too long. Bytes that are no UTF-8 make a bad line."""
    try:
        while line := raw.readline(_LONGEST_LINE):
            if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := raw.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield None
            elif line.strip():
                yield line.decode("utf-8-sig", errors="replace")
    except (EOFError, gzip.BadGzipFile, OSError) as problem:
        raise Damaged(name=getattr(raw, "name", "-"), format="JSONL", line="?") from problem


def _opened(source: str) -> IO[bytes]:
    try:
        if source == "-":
            return sys.stdin.buffer
        if source.endswith(".gz"):
            return gzip.open(source, "rb")
        return _zst(source) if source.endswith(".zst") else open(source, "rb")
    except OSError as problem:
        raise NotFound(name=source) from problem


def _zst(source: str) -> IO[bytes]:
    try:
        import zstandard  # noqa: PLC0415  an extra
    except ImportError as missing:
        raise NeedsExtra(extra="zst", what=".zst") from missing
    import io  # noqa: PLC0415  only for .zst

    opened: IO[bytes] = io.BufferedReader(zstandard.open(source, "rb"))  # type: ignore[arg-type]
    return opened


def _progress(source: str, output: Path, quiet: bool, language: Language) -> Any:  # noqa: ANN401, FBT001
    """A bar over the bytes of the input, where its size is known and the output is not the screen."""
    import contextlib  # noqa: PLC0415  the terminal library only where there is a terminal

    if quiet or is_screen(output) or not sys.stderr.isatty() or source == "-":
        return contextlib.nullcontext(_nothing)
    from scherp.cli.draw import progress  # noqa: PLC0415  as above

    return progress(say("cli.judging", language), os.stat(source).st_size, quiet=quiet)


def _read_so_far(raw: IO[bytes]) -> int:
    under = getattr(raw, "fileobj", raw)
    return int(under.tell()) if under is not sys.stdin.buffer else 0


_nothing: Callable[[int], None] = lambda _done: None  # noqa: E731  said once
