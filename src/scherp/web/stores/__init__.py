"""The two stores: the line's (talks) and the staff's (accounts, cases). Each has its own keys, roles and audit chain.

A store is PostgreSQL (`postgresql://role@host/name`) or, to try it or for one small team, a file (`/srv/line.sqlite3`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connections
from psycopg.conninfo import conninfo_to_dict

LINE = "line"
"""Where talks are kept. Both sites reach it."""

STAFF = "default"
"""Where accounts and cases are kept. The public site does not know where it is."""

NAMES = {LINE: "line", STAFF: "staff"}
"""How files and people call a store."""

_ON_THE_LINE = frozenset({"talks", "helpchat"})
_NONE = "unknown"  # as Django calls the store that is none
_ON_BOTH = frozenset({"audit", "sealing", "stores"})


def stores() -> tuple[str, ...]:
    """Give the stores that this site reaches."""
    return tuple(store for store in NAMES if store in connections and connections[store].vendor != _NONE)


def database(address: str) -> dict[str, Any]:
    """Give Django's settings for the store at an address. Raises ValueError if there is no such address."""
    if address.startswith(("postgresql://", "postgres://")):
        return _postgresql(address)
    if "://" in address or not address:
        raise ValueError("a store is postgresql://... or the name of a file")
    return _file(Path(address))


def _in_a_test(**more: str) -> dict[str, Any]:
    return {"DEPENDENCIES": [], **more}  # neither store waits for the other


def _postgresql(address: str) -> dict[str, Any]:
    parts = conninfo_to_dict(address)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {ours: str(parts.pop(theirs, "")) for theirs, ours in names.items()}
    # What is asked again and again is planned once a connection; so no pooler that shares connections between.
    options = {**parts, "pool": {"min_size": 1, "max_size": 16, "timeout": 10}}
    options |= {"server_side_binding": True, "prepare_threshold": 5}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": options, "TEST": _in_a_test()}


def _file(path: Path) -> dict[str, Any]:
    # Who writes waits for who writes, from the first line of a transaction; readers wait for nobody. Triggers are
    # recursive so that REPLACE is a deletion too (https://www.sqlite.org/lang_conflict.html): rows that are kept stay.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
        "PRAGMA recursive_triggers=ON;",
    }
    in_a_test = _in_a_test(NAME=str(path.absolute().with_name(f"test_{path.name}")))  # a file there as well
    found = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path.absolute())}
    return found | {"OPTIONS": options, "TEST": in_a_test}


class ByApp:
    """Send each app's rows to its own store; what both stores have (audit, keys) goes where the caller says."""

    def db_for_read(self, model: type[Any], **_hints: object) -> str | None:
        """Read talks from the line; the rest from Django's default, which the public site has not."""
        return LINE if model._meta.app_label in _ON_THE_LINE else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Make each app's tables in its own store only."""
        if app_label in _ON_BOTH:
            return True
        return (db == LINE) == (app_label in _ON_THE_LINE)

    def allow_relation(self, one: Any, other: Any, **_hints: object) -> bool:  # noqa: ANN401  any model
        """Relate only what stands in the same store."""
        return bool(one._state.db == other._state.db)
