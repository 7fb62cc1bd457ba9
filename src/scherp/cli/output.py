"""Writing what was asked for: whole or not at all, to a file or to standard output."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, TYPE_CHECKING

from scherp.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def is_screen(path: Path) -> bool:
    """Tell whether `path` stands for standard output."""
    return str(path) == "-"


@contextlib.contextmanager
def written_to(path: Path) -> Iterator[IO[str]]:
    """Open an output; a file gets its name only when all of it is there. Raises NotWritten."""
    if is_screen(path):
        yield sys.stdout
        return
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        os.replace(draft, path)
    except OSError as problem:
        raise NotWritten(name=str(path)) from problem
    finally:
        draft.unlink(missing_ok=True)
