"""From weights in log-odds to the whole numbers that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.scoring.words import Tables, Weight, key
from scherp.texts import Language

if TYPE_CHECKING:
    from scherp.training.contrasts import Contrasts, Learned

LEAST = 20
"""Thousandths: a pair of weights that are both smaller is left out."""
MOST = 4000
"""Thousandths: no word weighs more."""


def tables(learned: Learned) -> Tables:
    """Give the packaged tables: hashed keys, whole thousandths. Where two words share a key, the heavier stays."""
    nl, en = (table(learned.by_language[lang]) for lang in (Language.NL, Language.EN))
    return Tables(nl, en, {key(word): dutch for word, dutch in learned.dutch.items()})


def table(learned: Contrasts) -> dict[int, Weight]:
    """Give the packaged table of one language."""
    found: dict[int, Weight] = {}
    for gram in sorted(learned.risk, key=lambda g: abs(learned.risk[g]) + abs(learned.steers[g])):
        weight = Weight(_thousandths(learned.risk[gram]), _thousandths(learned.steers[gram]))
        if max(abs(weight.risk), abs(weight.steers)) >= LEAST:
            found[key(gram)] = weight
    return found


def _thousandths(weight: float) -> int:
    return max(-MOST, min(MOST, round(1000 * weight)))
