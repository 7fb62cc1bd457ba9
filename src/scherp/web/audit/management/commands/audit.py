"""Keep the record: link it, verify it, sign its heads, give it out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from scherp.errors import ScherpError
from scherp.handover.keys import fingerprint, load_key
from scherp.web.audit import chain, heads, on_paper
from scherp.web.audit.events import Happened
from scherp.web.audit.linking import Linker
from scherp.web.audit.links import walk
from scherp.web.audit.recording import Actor, record_in
from scherp.web.stores import NAMES, stores
from scherp.web.stores.terminal import Spoken, new_file, parts
from scherp.web.surroundings import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

    from scherp.web.audit.links import Head

_SHOWN = 10
"""Numbers that are named one by one, at most."""


class Command(Spoken):
    """The record of both stores."""

    help = "Link, verify, sign or export the record of who did what."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        part = parts(
            parser,
            link="Link what is not in the chain yet. With --every it goes on until it is stopped.",
            verify="Look at the whole chain again. Code 1 when it is broken, or when an event waits over a minute.",
            head="Give the newest link of each store, signed; with --check, hold old ones against the chain of today.",
            export="Write the record as JSON lines, to be verified without the database (keep-the-record.md).",
        )
        part["link"].add_argument("--every", type=float, metavar="SECONDS", help="go on, with this long in between")
        part["head"].add_argument("--key", type=Path, metavar="FILE", help="the organisation's private key (PEM)")
        part["head"].add_argument("--check", type=Path, nargs="+", metavar="FILE", help="heads of earlier days")
        part["head"].add_argument("--signed-by", type=Path, metavar="FILE", help="the organisation's public key (PEM)")
        part["export"].add_argument("store", choices=[*NAMES.values()], help="whose record")
        part["export"].add_argument("file", type=Path, help="where to write it; must not exist yet")

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it."""
        getattr(self, f"_{options['what']}")(options)

    def _link(self, options: dict[str, Any]) -> None:
        if options["every"] is None:
            for store in stores():
                self.tell("audit.linked", store=self.name(store), n=chain.link(store))
            return
        linker = Linker(stores(), lambda store: self._said("away", store), lambda store: self._said("back", store))
        linker.stop_on_signals()
        linker.run(options["every"])

    def _said(self, entry: str, store: str) -> None:
        self.tell(f"audit.{entry}", store=self.name(store))
        self.stdout.flush()

    def _verify(self, _options: dict[str, Any]) -> None:
        found = {store: chain.verify(store) for store in stores()}
        for store, verdict in found.items():
            self._tell_verdict(store, verdict)
        if not all(verdict.whole and verdict.up_to_date for verdict in found.values()):
            raise self.refusal("audit.does-not-hold")

    def _tell_verdict(self, store: str, verdict: chain.Verdict) -> None:
        name = self.name(store)
        if verdict.whole:
            self.tell("audit.whole", store=name, n=verdict.head.number)
        else:
            some = ", ".join(map(str, verdict.broken_at[:_SHOWN]))
            self.tell("audit.broken", store=name, n=len(verdict.broken_at), numbers=some)
        if verdict.unlinked:
            self.tell("audit.tail", store=name, n=verdict.unlinked, span=self.span(verdict.waiting))

    def _head(self, options: dict[str, Any]) -> None:
        try:
            self._check(options) if options["check"] else self._sign(options)
        except ScherpError as wrong:
            raise self.refusal("audit.key", what=wrong.say(self.language)) from wrong

    def _sign(self, options: dict[str, Any]) -> None:
        if options["key"] is None:
            raise self.refusal("audit.which-key")
        passphrase = told("SCHERP_ORGANISATION_PASSPHRASE").encode() or None
        key = load_key(self._bytes(options["key"]), options["key"].name, passphrase)
        newest = {NAMES[store]: chain.head(store) for store in stores()}
        self.stdout.write(heads.sign(heads.Heads(timezone.now(), newest), key), ending="")

    def _check(self, options: dict[str, Any]) -> None:
        if options["signed_by"] is None:
            raise self.refusal("audit.which-public-key")
        trusted = fingerprint(self._bytes(options["signed_by"]), options["signed_by"].name)
        old = {path: self._old(path, trusted) for path in options["check"]}
        if sum(self._held(store, _of(store, old)) for store in stores()):
            raise self.refusal("audit.does-not-hold")

    def _old(self, path: Path, trusted: str) -> heads.Heads:
        try:
            return heads.read(self._bytes(path).decode("utf-8", "replace"), trusted)
        except heads.HeadsRefused as refused:
            raise self.refusal(f"audit.{refused.why}", file=path) from refused

    def _held(self, store: str, old: dict[Path, Head]) -> int:
        """Hold old heads of a store against its chain, and give how many do not hold."""
        found = walk(chain.linked(store), [one.number for one in old.values()])
        wrong = [path for path, one in old.items() if not found.holds(one)]
        for path, one in old.items():
            self.tell(f"audit.{'other' if path in wrong else 'same'}", store=self.name(store), n=one.number, file=path)
        return len(wrong)

    def _export(self, options: dict[str, Any]) -> None:
        store = next(store for store, name in NAMES.items() if name == options["store"])
        try:
            with new_file(options["file"]) as file, chain.still(store):
                file.writelines(_rows(store))
        except OSError as wrong:
            raise self.refusal("files.cannot-write", file=options["file"], why=wrong.strerror) from wrong
        record_in(store, Happened.EXPORTED, by=Actor("system", "manage.py"))
        self.tell("audit.exported", store=self.name(store), file=options["file"])

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes() if str(path) != "-" else sys.stdin.buffer.read()
        except OSError as wrong:
            raise self.refusal("files.cannot-read", file=path, why=wrong.strerror) from wrong


def _rows(store: str) -> Iterator[str]:
    unlinked = map(chain.said, chain.unlinked(store))
    return on_paper.written(NAMES[store], timezone.now().isoformat(), chain.linked(store), unlinked)


def _of(store: str, old: dict[Path, heads.Heads]) -> dict[Path, Head]:
    return {path: one.of[NAMES[store]] for path, one in old.items() if NAMES[store] in one.of}
