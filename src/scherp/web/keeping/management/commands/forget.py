"""Erase whatever has been kept as long as it may be."""

from __future__ import annotations

from typing import Any

from scherp.web.keeping.clocks import run_all
from scherp.web.stores.terminal import Spoken


class Command(Spoken):
    """Every clock of retention, once."""

    help = "Erase what has been kept as long as it may be, in both stores. Run it every few minutes."

    def handle(self, *_args: str, **_options: Any) -> None:
        """Do it, and say how much went."""
        ran = list(run_all())
        for one in ran:
            self.tell("forget.failed" if one.failed else "forget.erased", what=one.what, n=one.erased, why=one.failed)
        if any(one.failed for one in ran):
            raise self.refusal("forget.not-all")
