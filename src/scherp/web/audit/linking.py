"""The process that links: every second, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections

from scherp.web.audit.chain import link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Linker:
    """Links the events of some stores, again and again. A database that is away is tried again later."""

    def __init__(self, stores: Sequence[str], away: Callable[[str], None], back: Callable[[str], None]) -> None:
        self._stores, self._away, self._back = stores, away, back
        self._gone: set[str] = set()
        self._stop = threading.Event()

    def stop_on_signals(self) -> None:
        """Stop after the round that is going on, when the process is asked to end."""
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: self._stop.set())

    def run(self, every: float) -> None:
        """Link until told to stop. every: seconds between two rounds."""
        while not self._stop.is_set():
            for store in self._stores:
                self._round(store)
            self._stop.wait(every)

    def _round(self, store: str) -> None:
        try:
            link(store)
        except DatabaseError:
            connections[store].close()
            if store not in self._gone:
                self._away(store)
            self._gone.add(store)
        else:
            if store in self._gone:
                self._gone.remove(store)
                self._back(store)
