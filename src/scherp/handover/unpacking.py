"""Putting a package that is whole in a folder: all of it or nothing, over nothing that is there."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scherp.errors import FolderTaken, NotWritten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.handover.verification import Verification

_FOR_ITS_OWNER = 0o700


def extract(found: Verification, folder: Path) -> None:
    """Write the files of a package into a new or empty folder, for its owner only. Raises FolderTaken or NotWritten.

    Only a package that is whole: its names are then those of the signed list, which point nowhere outside.
    """
    if not found.whole:
        raise ValueError("only a package that is whole is unpacked")
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise FolderTaken(name=str(folder))
    try:
        _write(found.contents, folder)
    except OSError as problem:
        raise NotWritten(name=str(folder)) from problem


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix=".scherp-", dir=folder.resolve().parent))
    try:
        for name, data in files.items():
            path = draft / name
            path.parent.mkdir(mode=_FOR_ITS_OWNER, exist_ok=True)
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(data)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
