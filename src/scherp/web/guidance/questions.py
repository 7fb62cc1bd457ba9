"""A few questions, one a page, with given answers; what was answered travels in the form and is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the answers that may be given to it."""

    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """How far somebody is. answers: what was answered. question: what to ask now; None when all is answered."""

    answers: Mapping[str, str]
    question: Question | None
    number: int
    total: int


def asking(questions: Sequence[Question], given: Mapping[str, str]) -> Asking:
    """Take the answers in their order, up to the first that is missing or is none of those that may be given."""
    answers: dict[str, str] = {}
    for number, question in enumerate(questions, 1):
        answer = given.get(question.name, "")
        if answer not in question.answers:
            return Asking(answers, question, number, len(questions))
        answers[question.name] = answer
    return Asking(answers, None, len(questions), len(questions))
