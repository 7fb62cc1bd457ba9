"""`scherp verify`: a package of a case handed over, verified on this machine; nothing is sent or fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scherp import errors
from scherp.cli.draw import draw
from scherp.errors import ExitCode
from scherp.handover import (
    FileState,
    KeyState,
    SignatureState,
    Verdict,
    Verification,
    as_fingerprint,
    extract,
    fingerprint,
    verify,
)
from scherp.handover.as_json import as_json
from scherp.handover.moments import written
from scherp.handover.verifying import LIMITS
from scherp.reading.archive import bounded, size
from scherp.reading.sources import shown
from scherp.report.as_text import Look, Run, TextLine
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODES = {
    Verdict.VERIFIED: ExitCode.FINE,
    Verdict.KEY_NOT_COMPARED: ExitCode.KEY_NOT_COMPARED,
    Verdict.NOT_VERIFIED: ExitCode.NOT_VERIFIED,
}
_LOOKS = {
    Verdict.VERIFIED: Look.HEADING,
    Verdict.KEY_NOT_COMPARED: Look.LEVEL_CONCERN,
    Verdict.NOT_VERIFIED: Look.LEVEL_URGENT,
}
_LARGEST_KEY = 10_000
"""Bytes of a file that holds a key."""
_IN_A_LINE = 8
"""Groups of a fingerprint, as one reads them aloud."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked for. key: a fingerprint, or a file that holds a public key."""

    key: str | None = None
    extract: Path | None = None
    json: bool = False


def run(package: str, asked: Asked, language: Language) -> ExitCode:
    """Verify, say what was found, and unpack only what was verified."""
    trusted = None if asked.key is None else _trusted(asked.key)
    found = verify(_package(package), shown(Path(package).name), trusted=trusted)
    unpack = asked.extract if found.verdict is Verdict.VERIFIED else None
    if unpack is not None:
        extract(found, unpack)
    clock = datetime.now(UTC)
    if asked.json:
        extracted = None if unpack is None else str(unpack)
        click.echo(json.dumps(as_json(found, clock) | {"extracted": extracted}, ensure_ascii=False))
    else:
        draw([*_lines(found, clock, language), *_unpacked(asked.extract, unpack, language)])
    return _CODES[found.verdict]


def _trusted(key: str) -> str:
    """The fingerprint of the key that the person trusts, typed or in a file."""
    typed = as_fingerprint(key)
    if typed is not None:
        return typed
    if not Path(key).is_file():
        raise errors.NotAKey(name=shown(key))
    try:
        return fingerprint(_bytes(Path(key), _LARGEST_KEY), shown(Path(key).name))
    except errors.TooLarge as problem:
        raise errors.NotAKey(name=shown(Path(key).name)) from problem


def _package(package: str) -> bytes:
    try:
        return _bytes(Path(package), LIMITS.total)
    except errors.TooLarge as problem:
        raise errors.PackageTooLarge(name=shown(Path(package).name), limit=size(LIMITS.total)) from problem


def _bytes(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return bounded(file, shown(path.name), limit)
    except OSError as problem:
        raise errors.NotFound(name=shown(str(path))) from problem


def _lines(found: Verification, clock: datetime, language: Language) -> Iterator[TextLine]:
    yield TextLine((Run(say(f"handover.verdict.{found.verdict}", language), _LOOKS[found.verdict]),))
    yield from _section("key", _key(found, language), language)
    yield from _section("signature", _signature(found, language), language)
    yield from _section("files", _files(found, language), language)
    yield from _section("told", _told(found, clock, language), language)


def _section(part: str, lines: Iterator[TextLine], language: Language) -> Iterator[TextLine]:
    told = [line._replace(indent=2) for line in lines]
    if told:
        yield TextLine()
        yield TextLine((Run(say(f"handover.heading.{part}", language), Look.HEADING),))
        yield from told


def _key(found: Verification, language: Language) -> Iterator[TextLine]:
    groups = (found.fingerprint or "").split()
    for start in range(0, len(groups), _IN_A_LINE):
        yield TextLine((Run(" ".join(groups[start : start + _IN_A_LINE]), Look.STRONG),))
    look = Look.PLAIN if found.key is KeyState.AS_GIVEN else Look.STRONG
    if found.key is not KeyState.NOT_COMPARED or found.whole:
        yield TextLine((Run(say(f"handover.key.{found.key}", language), look),))


def _signature(found: Verification, language: Language) -> Iterator[TextLine]:
    look = Look.PLAIN if found.signature is SignatureState.GOOD else Look.STRONG
    yield TextLine((Run(say(f"handover.signature.{found.signature}", language), look),))
    if not found.list_in_form:
        yield TextLine((Run(say("handover.manifest.not_in_form", language), Look.STRONG),))


def _files(found: Verification, language: Language) -> Iterator[TextLine]:
    for one in found.files:
        fine = one.state is FileState.IN_ORDER
        state = Run(say(f"handover.file.{one.state}", language), Look.PLAIN if fine else Look.STRONG)
        yield TextLine((Run(f"{one.name}: "), state), bullet="- " if fine else "! ")
    if not found.as_packed:
        yield TextLine((Run(say("handover.packing.otherwise", language), Look.STRONG),))


def _told(found: Verification, clock: datetime, language: Language) -> Iterator[TextLine]:
    told = found.told
    if told is None:
        return
    for key, values in (
        ("case", {"case": told.case}),
        ("sender", {"sender": told.sender}),
        ("to", {"to": told.to}),
        ("made_at", {"at": written(told.made_at, language)}),
    ):
        yield TextLine((Run(say(f"handover.told.{key}", language, **values)),))
    ended = told.expired(clock)
    words = say(f"handover.told.{'expired' if ended else 'expires'}", language, at=written(told.expires, language))
    yield TextLine((Run(words, Look.STRONG if ended else Look.PLAIN),))


def _unpacked(wanted: Path | None, folder: Path | None, language: Language) -> Iterator[TextLine]:
    if wanted is None:
        return
    yield TextLine()
    words = say("handover.not_extracted", language)
    if folder is not None:
        words = say("handover.extracted", language, name=str(folder))
    yield TextLine((Run(words, Look.STRONG),))
