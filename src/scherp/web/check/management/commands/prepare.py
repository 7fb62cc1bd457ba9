"""`manage.py public prepare`: gather everything that the site serves as a file, the engine for the browser included."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from scherp.web.check.assets import NoPyodide, prepare

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Make the static files ready."""

    requires_system_checks = ()  # it makes the folder that they look for
    help = "Gather the static files: the engine for the browser, Pyodide, styles and scripts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where npm put its packages."""
        parser.add_argument("--modules", default="node_modules", help="the folder of npm's packages")

    def handle(self, *_: Any, **options: Any) -> None:
        """Make them ready."""
        try:
            prepare(Path(options["modules"]))
        except NoPyodide as missing:
            raise CommandError(f"There is no Pyodide in {missing}. Run: npm ci") from missing
        style = Path(str(files("scherp.report"))) / "page.css"
        shutil.copyfile(style, Path(settings.STATICFILES_DIRS[0]) / "report.css")
        call_command("collectstatic", interactive=False, verbosity=0)
        if options["verbosity"]:
            self.stdout.write(f"Static files are ready in {settings.STATIC_ROOT}.")
