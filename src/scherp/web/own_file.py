"""A file in which an organisation says how it wants something; one that comes with Scherp shows how."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Understood = TypeVar("Understood")


def understood(path: Path, make: Callable[[dict[str, Any]], Understood], like: str) -> Understood:
    """Read a file and give what `make` understands of it. Raises ValueError, with the place, and names `like`."""
    try:
        return make(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path}: {wrong!r}; see the file {like} that comes with Scherp") from wrong
