"""What is asked or added with every message: the SQL is written by hand, and once.

Django compiles a question each time that it is asked, which costs more than the answer: for who sits at a talk 1.4 ms
of processor in place of 0.3. Whatever is asked less often is asked of the models.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable

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
        return [tuple(take(row[part]) for part, take in self._parts) for row in ask(self._store, self._sql, *about)]

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


def ask(store: str, sql: str, *about: object) -> list[_Row]:
    """Ask a store a question, and give the rows as the database has them."""
    with connections[store].cursor() as cursor:
        cursor.execute(sql, [_as_asked(one, connections[store]) for one in about])
        return list(cursor.fetchall())


def add(store: str, row: Model) -> None:
    """Add a row to a store, as `save(force_insert=True)` would, but no signal is sent."""
    connection = connections[store]
    values = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in _fields(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(_adding(type(row)), values)
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
    column = field.cached_col
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _as_asked(value: object, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  whatever a database takes
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
