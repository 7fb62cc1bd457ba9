"""Wrap the keys of talks and cases anew, or look how they are wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.web.keeping.actions import rotate
from scherp.web.keeping.masters import counted
from scherp.web.stores import stores
from scherp.web.stores.terminal import Spoken, parts

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from scherp.web.keeping.masters import Counts


class Command(Spoken):
    """The keys of both stores."""

    help = "Wrap every key with the newest master key, or look which master key wraps how many."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parts(
            parser,
            rotate="Wrap every key with the newest master key. Run as the owner; can be stopped and run again.",
            check="Say how many keys each master key wraps. Code 1 when there are keys that none of them opens.",
        )

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it for both stores."""
        if options["what"] == "rotate":
            for store in stores():
                self._rotate(store)
        found = {store: counted(store) for store in stores()}
        for store, counts in found.items():
            self._tell(store, counts)
        if any(counts.lost for counts in found.values()):
            raise self.refusal("keys.lost")

    def _rotate(self, store: str) -> None:
        done = 0
        for some in rotate(store=store):
            done += some
            if some:
                self.tell("keys.so-far", store=self.name(store), n=done)

    def _tell(self, store: str, counts: Counts) -> None:
        for place, (master, n) in enumerate(counts.by_master.items()):
            self.tell("keys.older" if place else "keys.newest", store=self.name(store), n=n, master=master)
        if counts.lost:
            self.tell("keys.unopened", store=self.name(store), n=counts.lost)
