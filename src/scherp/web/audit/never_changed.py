"""What makes a table one to which rows are only added, in PostgreSQL and in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END;",
    "CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END;",
)


def never_changed(*tables: str) -> migrations.RunPython:
    """Give the step of a migration by which the database itself refuses to change or drop rows of `tables`."""

    def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for statement in _statements(editor.connection.vendor):
                editor.execute(statement.format(table=table), params=None)

    return migrations.RunPython(guard, elidable=False)


def _statements(vendor: str) -> Any:  # noqa: ANN401  strings
    return [_POSTGRESQL] if vendor == "postgresql" else _SQLITE
