"""From evidence to levels: how much evidence harmless conversations of one register reach, and how seldom more.

The most evidence in a harmless piece has a tail that falls about exponentially, so the evidence that so many in a
thousand exceed is read from a line through the upper tenth (peaks over threshold: Pickands 1975, Annals of
Statistics 3) and not from the one or two largest, of which there is always one more.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scherp.evaluation.registers import Register

UPPER = 0.1
"""The share of the pieces that the line is drawn through."""
FEWEST = 20
"""Pieces of a register; with fewer nothing is read from it."""


def exceeded_by(peaks: Sequence[float], share: float) -> float:
    """Give the evidence that a `share` of harmless pieces exceeds; never less than the upper tenth begins at."""
    ordered = sorted(peaks, reverse=True)
    count = max(5, int(len(ordered) * UPPER))
    begins = ordered[count]
    excess = sum(peak - begins for peak in ordered[:count]) / count
    return begins + max(0.0, excess * math.log(count / len(ordered) / share))


def worst(peaks: Mapping[Register, Sequence[float]], registers: Iterable[Register], share: float) -> float:
    """Give the most of these registers' evidence that a `share` of their pieces exceeds."""
    return max(exceeded_by(peaks[r], share) for r in registers if len(peaks.get(r, ())) >= FEWEST)
