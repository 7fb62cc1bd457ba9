"""A store in a file: by SQLite's own way to copy a file that is in use (https://www.sqlite.org/backup.html)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connections

from scherp.web.keeping.backup.asking import snapshot
from scherp.web.keeping.backup.manifest import KEYS_TABLE, LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.web.keeping.backup.manifest import Snapshot

KIND = "file"


def is_empty(store: str) -> bool:
    """Tell whether there is no table in the store, or no file."""
    path = _path(store)
    if not path.exists():
        return True
    with closing(_opened(path)) as connection:
        return not _tables(connection)


def save(store: str, data: Path, keys: Path) -> Snapshot:
    """Write everything but the keys to one file, and the keys to another, as of one moment."""
    whole = keys.with_suffix(".whole")
    try:
        return _parted(_path(store), whole, data, keys)
    finally:
        whole.unlink(missing_ok=True)


def _parted(store: Path, whole: Path, data: Path, keys: Path) -> Snapshot:
    for path in (whole, data, keys):
        path.touch(mode=0o600)
    with closing(_opened(store)) as source, closing(sqlite3.connect(whole)) as copy:
        source.backup(copy)
    with closing(sqlite3.connect(whole, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        held = snapshot(KIND, _tables(copy), lambda asked: copy.execute(asked).fetchall())
        _keys_to(copy, keys)
        for table in LEFT_OUT:
            if table in held.counts:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608  our tables
        data.unlink()
        copy.execute("VACUUM INTO ?", [str(data)])  # nothing of what was deleted goes along
    data.chmod(0o600)
    return held


def _keys_to(copy: sqlite3.Connection, keys: Path) -> None:
    copy.execute("ATTACH ? AS apart", [str(keys)])
    copy.execute(f"CREATE TABLE apart.{KEYS_TABLE} AS SELECT * FROM main.{KEYS_TABLE}")  # noqa: S608  our table
    copy.execute("DETACH apart")


def load(store: str, data: Path, keys: Path, holders: Iterable[tuple[str, str]]) -> None:
    """Fill an empty store. holders: tables and columns that name a key; one whose key is gone lets go of it."""
    path = _path(store)
    coming = path.with_name(f"{path.name}.coming")
    coming.unlink(missing_ok=True)
    coming.touch(mode=0o600)
    connections[store].close()
    with closing(_opened(data)) as source, closing(sqlite3.connect(coming)) as copy:
        source.backup(copy)
    with closing(sqlite3.connect(coming, isolation_level=None)) as copy:
        copy.execute("ATTACH ? AS apart", [str(keys)])
        copy.execute(f"INSERT INTO main.{KEYS_TABLE} SELECT * FROM apart.{KEYS_TABLE}")  # noqa: S608  our table
        for table, column in holders:
            if column in {row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')}:
                copy.execute(_LET_GO.format(table=table, column=column))
    for beside in ("", "-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    coming.replace(path)


_LET_GO = f'UPDATE "{{table}}" SET "{{column}}" = NULL WHERE "{{column}}" NOT IN (SELECT id FROM {KEYS_TABLE})'  # noqa: S608  our tables


def ask(store: str) -> Snapshot:
    """Give the store as it is now."""
    with closing(_opened(_path(store))) as connection:
        return snapshot(KIND, _tables(connection), lambda asked: connection.execute(asked).fetchall())


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
    )
    return [name for (name,) in found]


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=20)


def _path(store: str) -> Path:
    return Path(str(connections[store].settings_dict["NAME"]))
