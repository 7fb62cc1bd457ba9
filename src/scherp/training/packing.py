"""From weights in log-odds to the whole numbers that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.scoring.words import Weight, key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.training.contrasts import Learned

LEAST = 20
"""Thousandths: a pair of weights that are both smaller is left out."""
MOST = 4000
"""Thousandths: no word weighs more."""


def table(learned: Learned, scale: float = 1.0) -> Mapping[int, Weight]:
    """Give the packaged table: hashed keys, whole thousandths. Where two words share a key, the heavier stays."""
    found: dict[int, Weight] = {}
    for gram in sorted(learned.risk, key=lambda g: abs(learned.risk[g]) + abs(learned.steers[g])):
        weight = Weight(_thousandths(learned.risk[gram] * scale), _thousandths(learned.steers[gram]))
        if max(abs(weight.risk), abs(weight.steers)) >= LEAST:
            found[key(gram)] = weight
    return found


def _thousandths(weight: float) -> int:
    return max(-MOST, min(MOST, round(1000 * weight)))
