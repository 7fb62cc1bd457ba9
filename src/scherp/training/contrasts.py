"""The message level: weights of words, learned from contrasts within and across registers.

Two linear contrasts over the same words. *Risk*: who steers against everybody else, every register weighted anew so
that none decides by its size. *Steers*: who steers against the other side of the same conversations, which share
register and topic: the one clean signal of who steers. Both are logistic regressions (scikit-learn), so that a
message's score is the sum of its words' weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scherp.texts import Language
from scherp.training.grams import chosen, grams
from scherp.training.said import OUTSIDE, STEERING, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from scherp.training.said import Said

RISK_MASSES: Mapping[Language, Mapping[Source, float]] = {
    Language.EN: {
        Source.ADULT: 1.0,
        Source.DECOY: 0.15,
        Source.SMS: 1.0,
        Source.TOPICAL: 0.5,
        Source.IRC: 0.2,
        Source.STEERS: 0.6,
        Source.STEERED: 0.06,
        Source.HARD: 0.8,
        Source.EVERYDAY: 0.2,
        Source.SIGN: 0.08,
        Source.LOOK_ALIKE: 0.05,
    },
    Language.NL: {
        Source.STEERS: 0.5,
        Source.STEERED: 0.06,
        Source.HARD: 0.65,
        Source.EVERYDAY: 0.15,
        Source.SIGN: 0.3,
        Source.LOOK_ALIKE: 0.2,
    },
}
"""How much each source counts in a language's risk contrast, whatever its size. The other side of the grooming chats
counts for little: it speaks of the same things; but it does count, so that what merely marks that register weighs
less. Chosen on our own conversations of writers of whom nothing was learned; in English against development data too.
"""
STEERS_MASSES: Mapping[Language, Mapping[Source, float]] = {
    Language.EN: {Source.ADULT: 1.0, Source.DECOY: 1.0, Source.STEERS: 0.2, Source.STEERED: 0.2},
    Language.NL: {Source.STEERS: 1.0, Source.STEERED: 1.0},
}
SMOOTHNESS = 0.5
"""scikit-learn's C: how far a weight may go on little evidence."""
_STEPS = 300
ONE_LANGUAGE = 5.0
"""A word is of one language only if it is so many times as common there as in the other."""


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Weights in log-odds, by word or two words in a row. A message of unknown words says nothing: it weighs 0."""

    risk: Mapping[str, float]
    steers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """What is learned in each language, apart: a word that two share means something else in each.

    dutch: words that are of one language only: 1 for Dutch, -1 for English.
    """

    by_language: Mapping[Language, Contrasts]
    dutch: Mapping[str, int]


def learned(said: Sequence[Said]) -> Learned:
    """Learn both contrasts in each language, and which words are of one language only."""
    own = {lang: [one for one in said if one.lang is lang] for lang in Language}
    apart = {lang: Table(rows).contrasts(lang) if rows else Contrasts({}, {}) for lang, rows in own.items()}
    weighed = {gram for found in apart.values() for gram in found.risk if " " not in gram}
    return Learned(apart, dutch_or_english(own, weighed))


def dutch_or_english(said: Mapping[Language, Sequence[Said]], weighed: Iterable[str]) -> dict[str, int]:
    """Give which of the words that weigh in either language are of one only."""
    counts = {lang: Counter(word for one in rows for word in one.words) for lang, rows in said.items()}
    size = {lang: 1 + counted.total() for lang, counted in counts.items()}
    found = {}
    for word in sorted(weighed):
        nl, en = ((counts[lang][word] + 0.5) / size[lang] for lang in (Language.NL, Language.EN))
        if max(nl / en, en / nl) >= ONE_LANGUAGE:
            found[word] = 1 if nl > en else -1
    return found


class Table:
    """The messages as counts of the words and pairs that may weigh; a row a message."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = said
        outside, ours = chosen(said)
        self.columns = {gram: number for number, gram in enumerate(sorted(outside | ours))}
        self._may = {True: outside, False: frozenset(self.columns)}
        self.counts = self._counted()

    def contrasts(self, lang: Language) -> Contrasts:
        """Fit both contrasts, each source with the mass that it has in this language."""
        return Contrasts(
            dict(zip(self.columns, self._contrast(RISK_MASSES[lang]).tolist(), strict=True)),
            dict(zip(self.columns, self._contrast(STEERS_MASSES[lang]).tolist(), strict=True)),
        )

    def _counted(self) -> csr_matrix:
        begins, places = [0], []
        for one in self.said:
            may = self._may[one.source in OUTSIDE]
            places += [self.columns[gram] for gram in grams(one.words) if gram in may]
            begins.append(len(places))
        ones = np.ones(len(places), dtype=np.float32)
        counts = csr_matrix((ones, places, begins), shape=(len(self.said), len(self.columns)))
        counts.sum_duplicates()
        return counts

    def _contrast(self, masses: Mapping[Source, float]) -> NDArray[np.float64]:
        weight = self._weighted(masses)
        kept = weight > 0
        steers = np.array([one.source in STEERING for one in self.said])
        fitted = LogisticRegression(C=SMOOTHNESS, max_iter=_STEPS, fit_intercept=False)
        fitted.fit(self.counts[kept], steers[kept], sample_weight=weight[kept])
        found: NDArray[np.float64] = fitted.coef_[0]
        return found

    def _weighted(self, masses: Mapping[Source, float]) -> NDArray[np.float64]:
        """A weight a message, so that each source has its mass and the whole as much as there are messages in it."""
        size = Counter(one.source for one in self.said)
        weight = np.array([masses.get(one.source, 0.0) / size[one.source] for one in self.said])
        whole: NDArray[np.float64] = weight * (np.count_nonzero(weight) / weight.sum())
        return whole
