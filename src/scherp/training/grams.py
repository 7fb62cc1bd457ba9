"""Words and two words in a row: which of them may carry a weight."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from scherp.signs.known import is_masked
from scherp.training.said import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scherp.training.said import Said

LEAST_PEOPLE = 20
"""Different people who must have said it, where it comes from outside: no name, handle or phrase of a person."""
LEAST_OURS = 3
"""Different conversations or examples of our own that must hold it."""


def grams(words: Sequence[str]) -> list[str]:
    """Give the words, and each two in a row."""
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def chosen(said: Iterable[Said]) -> tuple[frozenset[str], frozenset[str]]:
    """Give what enough outside people said, and what stands often enough in our own text."""
    people: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for one in said:
        counted = people[one.source not in OUTSIDE]
        for gram in set(grams(one.words)):
            counted.setdefault(gram, set()).add(one.person)
    outside, ours = people
    return (
        frozenset(gram for gram, who in outside.items() if len(who) >= LEAST_PEOPLE and may_weigh(gram)),
        frozenset(gram for gram, who in ours.items() if len(who) >= LEAST_OURS and may_weigh(gram)),
    )


def may_weigh(gram: str) -> bool:
    """Tell whether it may carry a weight: nothing about who somebody is, and no sexual vocabulary (a sign of its own).

    A number carries none either: it is somebody's age, house or year.
    """
    words = gram.split()
    return not any(word in identity_terms() or is_masked(word) or word.isdigit() for word in words)


@cache
def identity_terms() -> frozenset[str]:
    """Give the words about orientation, faith and origin: they never weigh, in any language."""
    text = (files(__package__) / "identity_terms.toml").read_text(encoding="utf-8")
    return frozenset(word for terms in tomllib.loads(text).values() for word in terms)
