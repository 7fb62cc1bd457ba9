"""Which originals go along, and under which names: only text, unchanged since it came in, never a picture."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from scherp import errors
from scherp.reading.archive import size
from scherp.reading.encoding import decode, is_web_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.handover.nouns import Enclosure

FOLDER = "originals/"
MOST = 80_000_000
"""Bytes of all originals together; the verifier reads no more than a little over this."""
_MOST_FILES = 500
_ENDINGS = frozenset({".txt", ".text", ".log", ".json", ".jsonl", ".csv", ".tsv"})
_HELD_WITHIN = re.compile(r"data:(?:image|video|audio)/", re.IGNORECASE)
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def checked(enclosures: Sequence[Enclosure]) -> dict[str, bytes]:
    """Give the originals by their names in the package.

    Raises EnclosureChanged, EnclosureNotText or EnclosuresTooLarge.
    """
    together = sum(len(one.data) for one in enclosures)
    if together > MOST or len(enclosures) > _MOST_FILES:
        raise errors.EnclosuresTooLarge(size=size(together), limit=size(MOST), count=len(enclosures), most=_MOST_FILES)
    for one in enclosures:
        _check(one)
    return {path(number, one): one.data for number, one in enumerate(enclosures, 1)}


def path(number: int, enclosure: Enclosure) -> str:
    """Give its name in the package: a number, and what is safe of its own name on any device."""
    stem, _, _ = enclosure.name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem or enclosure.name).encode("ascii", "ignore").decode().lower()
    safe = _OTHER.sub("-", plain)[:_LONGEST].strip("-")
    return f"{FOLDER}{number:03}{'-' if safe else ''}{safe}{_ending(enclosure)}"


def _ending(enclosure: Enclosure) -> str:
    _, dot, ending = enclosure.name.rpartition(".")
    return f"{dot}{ending}".lower()


def _check(enclosure: Enclosure) -> None:
    if hashlib.sha256(enclosure.data).hexdigest() != enclosure.sha256:
        raise errors.EnclosureChanged(name=enclosure.name)
    try:
        text = decode(enclosure.data, enclosure.name)
    except errors.ScherpError as problem:
        raise errors.EnclosureNotText(name=enclosure.name) from problem
    if _ending(enclosure) not in _ENDINGS or is_web_page(text) or _HELD_WITHIN.search(text):
        raise errors.EnclosureNotText(name=enclosure.name)
