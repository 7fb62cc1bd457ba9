"""A store in PostgreSQL: by pg_dump and pg_restore, both files of one snapshot.

https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from psycopg.sql import SQL, Identifier

from scherp.web.keeping.backup.asking import snapshot
from scherp.web.keeping.backup.manifest import KEYS_TABLE, LEFT_OUT
from scherp.web.keeping.backup.refusals import BackupRefused
from scherp.web.stores import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scherp.web.keeping.backup.manifest import Snapshot

KIND = "postgresql"
_OF_LIBPQ = frozenset(option.keyword.decode() for option in Conninfo.get_defaults())


def is_empty(store: str) -> bool:
    """Tell whether there is no table in the store."""
    with connections[store].cursor() as cursor:
        return not connections[store].introspection.table_names(cursor)


def save(store: str, data: Path, keys: Path) -> Snapshot:
    """Write everything but the keys to one file, and the keys to another, as of one moment."""
    with _connected(store) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [named] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
        held = snapshot(KIND, _tables(connection), lambda asked: connection.execute(asked).fetchall())
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        _run(store, "pg_dump", f"--snapshot={named}", *_AS_OWNER, *left_out, f"--file={data}")
        only = ("--data-only", f"--table={KEYS_TABLE}")
        _run(store, "pg_dump", f"--snapshot={named}", *_AS_OWNER, *only, f"--file={keys}")
    return held


_AS_OWNER = ("--format=custom", "--no-owner", "--no-privileges")


def load(store: str, data: Path, keys: Path, holders: Iterable[tuple[str, str]]) -> None:
    """Fill an empty store. holders: tables and columns that name a key; one whose key is gone lets go of it."""
    _restore(store, data, "--section=pre-data", "--section=data")
    _restore(store, keys, "--data-only")
    with _connected(store) as connection:
        for table, column in holders:
            known = "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
            if connection.execute(known, [table, column]).fetchone():
                names = {"table": Identifier(table), "column": Identifier(column), "keys": Identifier(KEYS_TABLE)}
                connection.execute(SQL(_LET_GO).format(**names))
    _restore(store, data, "--section=post-data")


_LET_GO = "UPDATE {table} SET {column} = NULL WHERE {column} NOT IN (SELECT id FROM {keys})"


def ask(store: str) -> Snapshot:
    """Give the store as it is now."""
    with _connected(store) as connection:
        return snapshot(KIND, _tables(connection), lambda asked: connection.execute(asked).fetchall())


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [str(table) for (table,) in found]


def _restore(store: str, file: Path, *what: str) -> None:
    how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run(store, "pg_restore", *how, *what, str(file))


def _run(store: str, program: str, *said: str) -> None:
    """Run a program of PostgreSQL. The password goes by the environment: arguments can be seen by everybody here."""
    env = os.environ | {"PGPASSWORD": str(_parts(store).get("password", ""))}
    try:
        subprocess.run([program, f"--dbname={_where(store)}", *said], env=env, check=True, capture_output=True)  # noqa: S603  arguments of our own
    except FileNotFoundError as missing:
        raise BackupRefused("no-program", program=program) from missing
    except subprocess.CalledProcessError as failed:
        raise BackupRefused("program-failed", program=program, why=_complaint(failed.stderr)) from failed


def _complaint(said: bytes) -> str:
    """Give its own first complaint; what follows may quote a row."""
    lines = said.decode("utf-8", "replace").splitlines()
    return next((line for line in lines if "error" in line.lower()), "?")


def _where(store: str) -> str:
    return make_conninfo("", **{name: value for name, value in _parts(store).items() if name != "password"})


def _connected(store: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(make_conninfo("", **_parts(store)))
    except psycopg.OperationalError as away:
        raise BackupRefused("no-database", store=NAMES[store]) from away


def _parts(store: str) -> dict[str, str]:
    found = connections[store].get_connection_params()
    return {name: str(value) for name, value in found.items() if name in _OF_LIBPQ}
