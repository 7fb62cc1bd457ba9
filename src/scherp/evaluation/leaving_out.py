"""The packaged model, as if it knew nothing of some signs; and quick where the same text is judged again and again."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scherp.scoring import packaged_model
from scherp.signs.matcher import Found, Matcher

if TYPE_CHECKING:
    from scherp.conversation import SignId
    from scherp.scoring import Model

_REMEMBERED = 100_000
"""Texts; beyond it all are forgotten, so that memory stays bounded."""


@lru_cache(maxsize=4)
def model_without(without: frozenset[SignId]) -> Model:
    """Give the packaged model as if it knew nothing of some signs; it remembers what texts show, for F-latency."""
    model = packaged_model()
    numbers = frozenset(number for number, sign in enumerate(model.signs) if sign.id in without)
    return replace(model, matcher=_Remembering(model.matcher, numbers))


class _Remembering(Matcher):
    """A matcher that looks at the same text once, and does not tell of some signs."""

    def __init__(self, inner: Matcher, without: frozenset[int]) -> None:  # all else is the inner one's
        vars(self).update(vars(inner))
        self._without = without
        self._seen: dict[tuple[str, str], Found] = {}

    def find(self, text: str, before: str = "") -> Found:
        found = self._seen.get((text, before))
        if found is None:
            found = super().find(text, before)
            if self._without:
                found = found._replace(signs=tuple(sign for sign in found.signs if sign not in self._without))
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[text, before] = found
        return found
