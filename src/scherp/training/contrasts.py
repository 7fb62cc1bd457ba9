"""The message level: weights of words, learned from contrasts within and across registers.

Two linear contrasts over the same words. *Risk*: who steers against everybody else, every register weighted anew so
that none decides by its size. *Steers*: who steers against the other side of the same conversations, which share
register and topic: the one clean signal of who steers. Both are logistic regressions (scikit-learn), so that a
message's score is the sum of its words' weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scherp.texts import Language
from scherp.training.grams import chosen, grams
from scherp.training.said import OUTSIDE, STEERING, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from scherp.training.said import Said

RISK_MASSES: Mapping[tuple[Source, Language], float] = {
    (Source.ADULT, Language.EN): 1.0,
    (Source.DECOY, Language.EN): 0.15,
    (Source.SMS, Language.EN): 0.5,
    (Source.TOPICAL, Language.EN): 0.35,
    (Source.IRC, Language.EN): 0.2,
    (Source.STEERS, Language.EN): 0.12,
    (Source.STEERED, Language.EN): 0.03,
    (Source.HARD, Language.EN): 0.15,
    (Source.EVERYDAY, Language.EN): 0.08,
    (Source.SIGN, Language.EN): 0.08,
    (Source.LOOK_ALIKE, Language.EN): 0.05,
    (Source.STEERS, Language.NL): 0.5,
    (Source.STEERED, Language.NL): 0.1,
    (Source.HARD, Language.NL): 0.35,
    (Source.EVERYDAY, Language.NL): 0.15,
    (Source.SIGN, Language.NL): 0.3,
    (Source.LOOK_ALIKE, Language.NL): 0.2,
}
"""How much each source counts in the risk contrast, whatever its size. The other side of the grooming chats counts for
little: it speaks of the same things; but it does count, so that what merely marks that register weighs less."""
STEERS_MASSES: Mapping[tuple[Source, Language], float] = {
    (Source.ADULT, Language.EN): 1.0,
    (Source.DECOY, Language.EN): 1.0,
    (Source.STEERS, Language.EN): 0.2,
    (Source.STEERED, Language.EN): 0.2,
    (Source.STEERS, Language.NL): 0.3,
    (Source.STEERED, Language.NL): 0.3,
}
SMOOTHNESS = 0.3
"""scikit-learn's C: how far a weight may go on little evidence."""
_STEPS = 300


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights in log-odds, by word or two words in a row. A message of unknown words says nothing: it weighs 0."""

    risk: Mapping[str, float]
    steers: Mapping[str, float]


class Table:
    """The messages as counts of the words and pairs that may weigh; a row a message."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = said
        outside, ours = chosen(said)
        self.columns = {gram: number for number, gram in enumerate(sorted(outside | ours))}
        self._may = {True: outside, False: frozenset(self.columns)}
        self.counts = self._counted()

    def learned(
        self,
        risk: Mapping[tuple[Source, Language], float] = RISK_MASSES,
        steers: Mapping[tuple[Source, Language], float] = STEERS_MASSES,
    ) -> Learned:
        """Fit both contrasts."""
        return Learned(
            dict(zip(self.columns, self._contrast(risk).tolist(), strict=True)),
            dict(zip(self.columns, self._contrast(steers).tolist(), strict=True)),
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

    def _contrast(self, masses: Mapping[tuple[Source, Language], float]) -> NDArray[np.float64]:
        weight = self._weighted(masses)
        kept = weight > 0
        steers = np.array([one.source in STEERING for one in self.said])
        fitted = LogisticRegression(C=SMOOTHNESS, max_iter=_STEPS, fit_intercept=False)
        fitted.fit(self.counts[kept], steers[kept], sample_weight=weight[kept])
        found: NDArray[np.float64] = fitted.coef_[0]
        return found

    def _weighted(self, masses: Mapping[tuple[Source, Language], float]) -> NDArray[np.float64]:
        """A weight a message, so that each source has its mass and the whole as much as there are messages in it."""
        kinds = [(one.source, one.lang) for one in self.said]
        size: dict[tuple[Source, Language], int] = {}
        for kind in kinds:
            size[kind] = size.get(kind, 0) + 1
        weight = np.array([masses.get(kind, 0.0) / size[kind] for kind in kinds])
        whole: NDArray[np.float64] = weight * (np.count_nonzero(weight) / weight.sum())
        return whole
