"""Fill both stores from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scherp.web.keeping.backup.manifest import Part
from scherp.web.keeping.backup.refusals import BackupRefused
from scherp.web.keeping.backup.restoring import restore
from scherp.web.stores.terminal import Spoken

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(Spoken):
    """Both stores, as they were."""

    help = "Fill both stores, which must be empty, from a backup. Run as the owner; afterwards give the grants again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where from."""
        parser.add_argument("folder", type=Path, help="the folder that `backup` made, or its part `data`")
        parser.add_argument("--keys", type=Path, metavar="FOLDER", help="keys of a later backup (its part `keys`)")

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it."""
        folder: Path = options["folder"]
        data = folder / Part.DATA if (folder / Part.DATA).is_dir() else folder
        try:
            erased = restore(data, options["keys"] or data.parent / Part.KEYS)
        except BackupRefused as refused:
            raise self.refusal(f"backup.{refused.why}", **refused.values) from refused
        self.tell("backup.restored", n=erased)
