"""`manage.py staff forget_beside`: what the desk keeps goes with the talk. For a timer of a few minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from scherp.web.desk import actions


class Command(BaseCommand):
    """Erases notes and shared conversations of talks that are erased, and those without consent any more."""

    help = "Erase what the desk keeps of talks that are erased, and shared conversations without consent any more."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Erase, and say how much."""
        self.stdout.write(f"erased: {actions.forget()}")
