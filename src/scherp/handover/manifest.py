"""The list of hashes, in the form of `sha256sum`: a hash, two spaces, a name, a line each, sorted by name."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = re.compile(r"(?:originals/)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9]+)*")
"""A name that every device can write, in the package itself or in the one folder that it has."""
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<name>.+)")


def written(files: Mapping[str, bytes]) -> bytes:
    """Give the manifest of these files."""
    lines = (f"{sha256(data)}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode("ascii")


def read(data: bytes) -> dict[str, str] | None:
    """Give each name's hash; None if it is not in the form in which we write it."""
    lines = data.decode("ascii", "replace").split("\n")
    found = [_LINE.fullmatch(line) for line in lines[:-1]]
    listed = {match["name"]: match["sha256"] for match in found if match and NAME.fullmatch(match["name"])}
    whole = len(listed) == len(lines) - 1 and lines[-1] == "" and list(listed) == sorted(listed)
    return listed if whole and listed else None


def sha256(data: bytes) -> str:
    """Give the SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
