"""What is in a store: the same questions to both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.web.audit.links import BEGIN
from scherp.web.keeping.backup.manifest import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def snapshot(kind: str, tables: Iterable[str], ask: Callable[[str], Sequence[Sequence[Any]]]) -> Snapshot:
    """Count the rows of each table, and give the migrations and the chain's head. ask: gives the rows of a query."""
    counts = {table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for table in tables}  # noqa: S608  our tables
    migrations = tuple(f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id"))
    newest = ask("SELECT number, digest FROM audit_link ORDER BY number DESC LIMIT 1")
    return Snapshot(kind, counts, migrations, (int(newest[0][0]), str(newest[0][1])) if newest else (0, BEGIN))
