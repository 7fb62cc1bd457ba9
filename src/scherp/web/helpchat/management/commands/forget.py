"""`manage.py public forget`: erase what has been kept as long as it may be. Run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from scherp.web.helpchat.actions import forget_addresses
from scherp.web.talks import actions


class Command(BaseCommand):
    """Forget."""

    help = "Erase talks, return codes and hashes of addresses whose time has come. Run it every hour."

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it, and say how many talks went."""
        erased = actions.forget()
        forget_addresses()
        if options["verbosity"]:
            self.stdout.write(f"Erased talks: {erased}.")
