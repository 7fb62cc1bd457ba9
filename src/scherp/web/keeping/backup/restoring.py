"""How stores are made again from a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey

from scherp.web.audit import chain
from scherp.web.audit.recording import Actor, record_in
from scherp.web.keeping.actions import KEEPER
from scherp.web.keeping.backup.erased_meanwhile import erase_again
from scherp.web.keeping.backup.making import way
from scherp.web.keeping.backup.manifest import KEYS_TABLE, LEFT_OUT, Part, read
from scherp.web.keeping.backup.refusals import BackupRefused
from scherp.web.keeping.events import Happened
from scherp.web.sealing.models import Key
from scherp.web.stores import NAMES, stores

if TYPE_CHECKING:
    from pathlib import Path

    from scherp.web.keeping.backup.manifest import Kept, Manifest


def restore(folder: Path, keys_folder: Path, *, by: Actor = KEEPER) -> int:
    """Fill both stores, which are empty, and give how many talks and cases had been erased since it was saved.

    keys_folder: the keys of this backup, or of a later one: what was erased in between stays erased.
    Raises BackupRefused; before anything is touched, unless the files turn out not to hold what the manifest says.
    """
    data, keys = read(folder, Part.DATA), read(keys_folder, Part.KEYS)
    _may_begin(data, keys)
    for store in stores():
        kept = data.stores[NAMES[store]]
        way(store).load(store, folder / kept.file, keys_folder / keys.stores[NAMES[store]].file, _holders())
        _compare(store, kept, keys.stores[NAMES[store]])
    _up_to_date()
    return _finish(data, by=by)


def _may_begin(data: Manifest, keys: Manifest) -> None:
    """Raise BackupRefused when something is in the way."""
    if keys.made_at < data.made_at:
        raise BackupRefused("keys-older")
    for store in stores():
        name = NAMES[store]
        if name not in data.stores or name not in keys.stores:
            raise BackupRefused("store-missing", store=name)
        if not way(store).is_empty(store):
            raise BackupRefused("not-empty", store=name)
        if {part.stores[name].holds.kind for part in (data, keys)} != {way(store).KIND}:
            raise BackupRefused("other-kind", store=name)
        if unknown := set(data.stores[name].holds.migrations) - _known():
            raise BackupRefused("newer", migration=min(unknown))


def _known() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}


def _holders() -> list[tuple[str, str]]:
    """Every table and column that names a key."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return [(one.model._meta.db_table, str(one.column)) for one in fields if _names_a_key(one)]


def _names_a_key(field: object) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is Key


def _compare(store: str, data: Kept, keys: Kept) -> None:
    """Look whether every row is there that was counted, and whether the chain ends where it did."""
    now = way(store).ask(store)
    expected = {table: n for table, n in data.holds.counts.items() if table not in LEFT_OUT}
    found = {table: now.counts.get(table) for table in expected}
    if found != expected or now.head != data.holds.head or now.counts[KEYS_TABLE] != keys.holds.counts[KEYS_TABLE]:
        raise BackupRefused("other-rows", store=NAMES[store])


def _up_to_date() -> None:
    """Bring the tables to the version of this code."""
    for store in stores():
        connections[store].close()
        call_command("migrate", database=store, verbosity=0, interactive=False)


def _finish(data: Manifest, *, by: Actor) -> int:
    for store in stores():
        if not chain.verify(store).whole:
            raise BackupRefused("chain", store=NAMES[store])
    erased = erase_again(by=by)
    for store in stores():
        kept = data.stores[NAMES[store]]
        with transaction.atomic(using=store):
            detail: dict[str, Any] = {
                "sha256": kept.sha256,
                "made_at": data.made_at.isoformat(),
                "head": kept.holds.head[0],
            }
            record_in(store, Happened.RESTORED, by=by, **detail)
    return erased
