"""`manage.py staff forget_cases`: what was kept as long as `cases/retention.toml` says, goes. For a daily timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from scherp.web.cases import actions


class Command(BaseCommand):
    """Acts on the clocks of cases."""

    help = "Erase closed cases, suspects and links of closing forms whose time has come. Run it every day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it, and say how many cases went."""
        self.stdout.write(f"Erased cases: {actions.forget()}.")
