"""The guard on rows that are never changed: off while a test is cleared away, and while one breaks the record."""

from __future__ import annotations

import contextlib

# Django is imported where it is used: this file is read before it is set up.

_GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


@contextlib.contextmanager
def unguarded(store):
    """No trigger of this store holds in here: what somebody can do who owns the database."""
    from django.db import connections

    with connections[store].cursor() as cursor:
        off, on = (_in_postgresql if connections[store].vendor == "postgresql" else _in_a_file)(cursor)
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)


def _in_postgresql(cursor):
    cursor.execute(_GUARDED)
    tables = [table for (table,) in cursor.fetchall()]
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table changes its triggers while a check is outstanding
    return [[f"ALTER TABLE {table} {what} TRIGGER USER" for table in tables] for what in ("DISABLE", "ENABLE")]


def _in_a_file(cursor):
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def clear_away_unguarded():
    """Have Django empty the tables after a test that commits, guarded ones included."""
    from django.test import TransactionTestCase

    clear_away = TransactionTestCase._fixture_teardown

    def without_guard(case):
        with contextlib.ExitStack() as stack:
            for store in case._databases_names(include_mirrors=False):
                stack.enter_context(unguarded(store))
            clear_away(case)

    TransactionTestCase._fixture_teardown = without_guard
