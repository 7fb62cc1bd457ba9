"""Writing what was asked for: whole or not at all, to a file or to standard output; and telling how far it is."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import IO, TYPE_CHECKING

from scherp.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def is_screen(path: Path) -> bool:
    """Tell whether `path` stands for standard output."""
    return str(path) == "-"


@contextlib.contextmanager
def written_to(path: Path) -> Iterator[IO[str]]:
    """Open an output, in UTF-8; a file gets its name only when all of it is there. Raises NotWritten."""
    if is_screen(path):
        yield _screen()
        return
    try:
        with _draft(path) as out:
            yield out
    except OSError as problem:
        raise NotWritten(name=str(path)) from problem


@contextlib.contextmanager
def progress(words: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show on standard error how far long work is; nothing when quiet or where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done: None
        return
    from scherp.cli.draw import bar  # noqa: PLC0415  the terminal library, only where there is a terminal

    with bar(words, total) as told:
        yield told


def no_more_output() -> None:
    """Let go of a standard output that nobody reads any more, so that closing it complains to nobody."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _screen() -> IO[str]:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[IO[str]]:
    if path.exists() and not path.is_file():  # a pipe or a device: never put a file in its place
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            yield out
        return
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            yield out
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
