"""How a backup is made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.utils import timezone

from scherp.web.audit.recording import record_in
from scherp.web.keeping.actions import KEEPER
from scherp.web.keeping.backup import of_file, of_postgresql
from scherp.web.keeping.backup.manifest import KEYS_TABLE, Kept, Manifest, Part, hash_of, settled, write
from scherp.web.keeping.backup.refusals import BackupRefused
from scherp.web.keeping.events import Happened
from scherp.web.stores import NAMES, stores

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from scherp.web.audit.recording import Actor
    from scherp.web.keeping.backup.manifest import Snapshot


def back_up(folder: Path, *, by: Actor = KEEPER) -> Manifest:
    """Make a backup of both stores in a new folder, and put that on record. Raises BackupRefused."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused("not-new", folder=folder)
    coming = folder.with_name(f"{folder.name}.coming")
    shutil.rmtree(coming, ignore_errors=True)
    for place in (coming, coming / Part.DATA, coming / Part.KEYS):
        place.mkdir(mode=0o700, parents=True)
    held = {store: _save(store, coming) for store in stores()}
    manifest = _written(coming, held)
    if folder.exists():
        folder.rmdir()
    coming.rename(folder)
    for store in held:
        _on_record(store, manifest, by=by)
    return manifest


def way(store: str) -> ModuleType:
    """Give the module that knows this kind of store."""
    return of_postgresql if connections[store].vendor == "postgresql" else of_file


def file_of(store: str) -> str:
    """Give how the files of a store are called, in either part."""
    return f"{NAMES[store]}.{'dump' if connections[store].vendor == 'postgresql' else 'sqlite3'}"


def _save(store: str, folder: Path) -> Snapshot:
    data, keys = folder / Part.DATA / file_of(store), folder / Part.KEYS / file_of(store)
    for path in (data, keys):
        path.touch(mode=0o600)
    held: Snapshot = way(store).save(store, data, keys)
    return held


def _written(folder: Path, held: dict[str, Snapshot]) -> Manifest:
    now = timezone.now()
    manifests = {}
    for part in Part:
        place = folder / part
        kept = {NAMES[store]: _kept(place / file_of(store), one) for store, one in held.items()}
        manifests[part] = Manifest(part, now, kept)
        write(manifests[part], place)
    return manifests[Part.DATA]


def _kept(path: Path, held: Snapshot) -> Kept:
    settled(path)
    return Kept(path.name, hash_of(path), held)


def _on_record(store: str, manifest: Manifest, *, by: Actor) -> None:
    kept = manifest.stores[NAMES[store]]
    detail: dict[str, Any] = {"sha256": kept.sha256, "head": kept.holds.head[0], "keys": kept.holds.counts[KEYS_TABLE]}
    with transaction.atomic(using=store):
        record_in(store, Happened.BACKED_UP, by=by, **detail)
