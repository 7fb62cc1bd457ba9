"""Commands that answer whoever runs them in Dutch or English, by the words of `texts/keeping.toml`."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scherp.texts import Language, language_of, say
from scherp.web.stores import NAMES

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


class Spoken(BaseCommand):
    """A command of the sites that speaks the language of who runs it: `--lang`, else the machine's, else Dutch."""

    language = Language.NL

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let every command take a language."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--lang", choices=[*Language], help="the language of the answer")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Choose the language, then do as asked."""
        self.language = Language(options["lang"]) if options.get("lang") else language_of(_locale())
        return super().execute(*args, **options)

    def tell(self, key: str, **values: object) -> None:
        """Say something on the terminal."""
        self.stdout.write(self.words(key, **values))

    def words(self, key: str, **values: object) -> str:
        """Give words of `texts/keeping.toml`."""
        return say(f"keeping.{key}", self.language, **values)

    def refusal(self, key: str, **values: object) -> CommandError:
        """Give the error that ends the command with code 1: what is wrong, and what to do."""
        return CommandError(self.words(key, **values))

    def name(self, store: str) -> str:
        """Give a store as a person calls it."""
        return self.words(f"stores.{NAMES[store]}")

    def span(self, time: timedelta) -> str:
        """Give how long something took or waited."""
        seconds = round(time.total_seconds())
        unit, size = next((unit, size) for unit, size in _UNITS if seconds >= 2 * size or size == 1)
        return self.words(f"time.{unit}", n=seconds // size)


def parts(parser: CommandParser, **about: str) -> dict[str, CommandParser]:
    """Give a command parts of its own (`audit verify`), each with its help."""
    ways = parser.add_subparsers(dest="what", required=True, metavar="|".join(about))
    found = {name: ways.add_parser(name, help=said, description=said) for name, said in about.items()}
    for part in found.values():
        part.add_argument("--lang", choices=[*Language], default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return found


def _locale() -> str | None:
    return next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)


def new_file(path: Path) -> TextIO:
    """Open a new file that nobody but who runs the command can read. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600), "w", encoding="ascii")
