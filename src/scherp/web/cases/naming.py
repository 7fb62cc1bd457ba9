"""Names that say nothing: the reference of a case, and pseudonyms."""

from __future__ import annotations

import secrets
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scherp.web.cases.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_DIGITS = 1_000_000


def new_reference(at: datetime) -> str:
    """Give a reference that no case has, such as S-2026-004217. It is drawn, and not counted."""
    while True:
        drawn = f"S-{at.year}-{secrets.randbelow(_DIGITS):06}"
        if not Case.objects.filter(reference=drawn).exists():
            return drawn


def new_pseudonym(kind: str, taken: Iterable[str]) -> str:
    """Give a name that nobody in the case has. kind: `people` or `suspects`."""
    used = set(taken)
    free = [name for name in _names(kind) if name not in used]
    return secrets.choice(free) if free else f"{secrets.choice(_names(kind))}-{len(used) + 1}"


@cache
def _names(kind: str) -> tuple[str, ...]:
    said = tomllib.loads(files(__package__).joinpath("pseudonyms.toml").read_text(encoding="utf-8"))
    return tuple(said[kind].split())
