"""Back up both stores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scherp.web.keeping.backup.making import back_up
from scherp.web.keeping.backup.manifest import KEYS_TABLE, LEFT_OUT, Part
from scherp.web.keeping.backup.refusals import BackupRefused
from scherp.web.stores import NAMES, stores
from scherp.web.stores.terminal import Spoken

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(Spoken):
    """A backup in two parts: data, and keys."""

    help = "Back up both stores to a new folder: everything but the keys in FOLDER/data, the keys in FOLDER/keys."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to."""
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or is empty")

    def handle(self, *_args: str, **options: Any) -> None:
        """Make it."""
        folder: Path = options["folder"]
        try:
            made = back_up(folder)
        except BackupRefused as refused:
            raise self.refusal(f"backup.{refused.why}", **refused.values) from refused
        except OSError as wrong:
            raise self.refusal("files.cannot-write", file=folder, why=wrong.strerror) from wrong
        for store in stores():
            counts = made.stores[NAMES[store]].holds.counts
            rows = sum(n for table, n in counts.items() if table not in LEFT_OUT)
            self.tell("backup.made", store=self.name(store), rows=rows, keys=counts[KEYS_TABLE])
        self.tell("backup.apart", data=folder / Part.DATA, keys=folder / Part.KEYS)
