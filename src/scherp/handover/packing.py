"""The zip around a package, made in one way only: same files, same bytes.

Nothing is compressed, every time is the first that a zip can say, and the order is fixed. So whoever reads one
can pack its files again and see whether anything else was in it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST = ("LEESMIJ.txt", "README.txt", "handover.pdf", "handover.jsonld")
KEY = "organisation.pem"
MANIFEST = "manifest.sha256"
SIGNATURE = "manifest.sig"
LAST = (KEY, MANIFEST, SIGNATURE)
"""A package holds these, and between them the originals."""
_ONLY_ITS_OWNER = 0o100600
_UNIX = 3


def packed(files: Mapping[str, bytes]) -> bytes:
    """Give the zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in in_order(files):
            archive.writestr(_member(name), files[name])
    return out.getvalue()


def in_order(names: Iterable[str]) -> list[str]:
    """Give the names in the order in which they lie in the zip."""
    there = set(names)
    between = sorted(there.difference(FIRST, LAST))
    return [*(name for name in FIRST if name in there), *between, *(name for name in LAST if name in there)]


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # without a time it is 1980-01-01 00:00
    member.create_system = _UNIX
    member.external_attr = _ONLY_ITS_OWNER << 16
    return member
