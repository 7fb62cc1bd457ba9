"""What is asked or added with every message: the SQL is written by hand, and once.

Django compiles a question each time that it is asked, which costs more than the answer: for who sits at a talk 1.4 ms
of processor in place of 0.3. Whatever is asked less often is asked of the models.
"""

from __future__ import annotations

import uuid
from contextlib import ExitStack, nullcontext
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Field, Model

_Row = tuple[Any, ...]


class Question:
    """A question that is answered in objects: `Question(LINE, "SELECT {talk} FROM talks_talk talk", talk=Talk)`.

    `{talk}` stands for all that the model has, of the table that the question calls `talk`. `{lock}` keeps others from
    changing the row of the first model until the transaction is through.
    """

    def __init__(self, store: str, sql: str, **models: type[Model]) -> None:
        self._store, self._written, self._models = store, sql, models

    def __call__(self, *about: object) -> list[_Row]:
        """Ask it of what the `%s` in it stand for. Each answer has an object for each model, or None where none is."""
        return together(self._store, self.of(*about))[0]

    def of(self, *about: object) -> Asked:
        """Give the question about these, to be asked together with others."""
        return Asked(self._sql, about, self._objects)

    def _objects(self, row: _Row) -> _Row:
        return tuple(take(row[part]) for part, take in self._parts)

    @cached_property
    def _sql(self) -> str:
        names = {name: ", ".join(f'{name}."{one.column}"' for one in _fields(of)) for name, of in self._models.items()}
        locks = connections[self._store].features.has_select_for_update  # a file is locked by the transaction
        return self._written.format(**names, lock=f"FOR UPDATE OF {next(iter(names))}" if locks else "")

    @cached_property
    def _parts(self) -> list[tuple[slice, Callable[[_Row], Model | None]]]:
        begins, parts = 0, []
        for model in self._models.values():
            part = slice(begins, begins + len(_fields(model)))
            parts.append((part, _taker(model, connections[self._store])))
            begins = part.stop
        return parts


class Asked(NamedTuple):
    """Something to ask of a store. about: what the `%s` stand for; read: what makes an answer of a row."""

    sql: str
    about: Sequence[object]
    read: Callable[[_Row], _Row] = tuple


def ask(store: str, sql: str, *about: object) -> list[_Row]:
    """Ask a store a question, and give the rows as the database has them."""
    return together(store, Asked(sql, about))[0]


def together(store: str, *asked: Asked) -> list[list[_Row]]:
    """Ask a store several things in this order, and give the answers to each. PostgreSQL is waited for once."""
    connection = connections[store]
    with ExitStack() as stack:
        cursors = [stack.enter_context(connection.cursor()) for _ in asked]
        stack.enter_context(connection.wrap_database_errors)
        with _in_one_go(connection) if len(asked) > 1 else nullcontext():
            for cursor, one in zip(cursors, asked, strict=True):
                cursor.execute(one.sql, [_as_asked(value, connection) for value in one.about])
        return [
            [one.read(row) for row in cursor.fetchall()] if cursor.description else []
            for cursor, one in zip(cursors, asked, strict=True)
        ]


def _in_one_go(connection: BaseDatabaseWrapper) -> AbstractContextManager[object]:
    """Send all before waiting for the first answer (https://www.psycopg.org/psycopg3/docs/advanced/pipeline.html)."""
    return connection.connection.pipeline() if connection.vendor == "postgresql" else nullcontext()


def add(store: str, row: Model, *then: Asked) -> None:
    """Add a row to a store, as `save(force_insert=True)` would, but no signal is sent; and ask something with it."""
    connection = connections[store]
    values = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in _fields(type(row))]
    together(store, Asked(_adding(type(row)), values), *then)
    row._state.db, row._state.adding = store, False


@cache
def _adding(model: type[Model]) -> str:
    columns = [f'"{one.column}"' for one in _fields(model)]
    places = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({places})'  # noqa: S608  no value in it


def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)


def _taker(model: type[Model], connection: BaseDatabaseWrapper) -> Callable[[_Row], Model | None]:
    """Give what makes an object of the part of a row that is about it."""
    names, at_key = [one.attname for one in _fields(model)], _fields(model).index(model._meta.pk)
    converted = [(place, how) for place, one in enumerate(_fields(model)) if (how := _converters(one, connection))]

    def take(part: _Row) -> Model | None:
        if part[at_key] is None:
            return None
        values = list(part)
        for place, how in converted:
            for convert in how:
                values[place] = convert(values[place], None, connection)
        return model.from_db(connection.alias, names, values)

    return take


def _converters(field: Field[Any, Any], connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
    column = field.get_col(field.model._meta.db_table)  # what is elsewhere has the kind of what it points at
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _as_asked(value: object, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  whatever a database takes
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
