"""What stands beside the files of a backup: what they hold, and by which hash they are known.

A backup has two parts, each in a folder of its own with a manifest: `data`, everything but the keys, and `keys`.
Data without its keys cannot be read; that is why they are kept apart.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from scherp.web.keeping.backup.refusals import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORM = "scherp-backup-1"
NAME = "manifest.json"
KEYS_TABLE = "sealing_key"
LEFT_OUT = (KEYS_TABLE, "django_session")
"""Tables whose rows no data part holds: keys, and who is signed in."""


class Part(StrEnum):
    """Half of a backup."""

    DATA = "data"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store as it was at one moment. counts: rows by table; head: number and digest of the chain's newest link."""

    kind: str
    counts: Mapping[str, int]
    migrations: tuple[str, ...]
    head: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup. sha256: in hex; holds: what was in the store then."""

    file: str
    sha256: str
    holds: Snapshot


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one part of a backup holds, by the name of the store. made_at: aware; the same in both parts."""

    part: Part
    made_at: datetime
    stores: Mapping[str, Kept]


def write(manifest: Manifest, folder: Path) -> None:
    """Put the manifest beside its files; it comes last, so that a part without one is no backup."""
    stores = {name: asdict(kept) for name, kept in manifest.stores.items()}
    told = {"form": FORM, "part": manifest.part, "made_at": manifest.made_at.isoformat(), "stores": stores}
    path = folder / NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="ascii")


def read(folder: Path, part: Part) -> Manifest:
    """Read the manifest of a part and look whether its files are as it says. Raises BackupRefused."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="ascii"))
        found = Manifest(Part(told["part"]), datetime.fromisoformat(told["made_at"]), _stores(told["stores"]))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise BackupRefused("no-manifest", folder=folder) from wrong
    if told["form"] != FORM or found.part is not part:
        raise BackupRefused("no-manifest", folder=folder)
    for kept in found.stores.values():
        _look_at(folder / kept.file, kept)
    return found


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settled(path: Path) -> None:
    """Have a finished file on the disk, not only on its way there."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _stores(told: Mapping[str, dict[str, object]]) -> dict[str, Kept]:
    return {name: Kept(**(one | {"holds": _snapshot(**one["holds"])})) for name, one in told.items()}  # type: ignore[arg-type]


def _snapshot(kind: str, counts: dict[str, int], migrations: list[str], head: list[object]) -> Snapshot:
    return Snapshot(kind, counts, tuple(migrations), (int(str(head[0])), str(head[1])))


def _look_at(path: Path, kept: Kept) -> None:
    if not path.is_file():
        raise BackupRefused("file-missing", file=path)
    if path.name != kept.file or hash_of(path) != kept.sha256:
        raise BackupRefused("file-changed", file=path)
