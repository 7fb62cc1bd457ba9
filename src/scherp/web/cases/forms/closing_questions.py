"""The closing form as data: `closing-N.toml`, one file a version, never changed once it is in use."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

NEWEST = "closing-1"
"""The version that is asked today."""

Answer = str | list[str]


class Kind(StrEnum):
    """How a question is answered: one choice, several, or a month such as 2026-03."""

    ONE = "one"
    SEVERAL = "several"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. options: what can be chosen beside the answers that are always there, with their words."""

    id: str
    kind: Kind
    words: Mapping[Language, str]
    options: Mapping[str, Mapping[Language, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """One version. always: the answers that every question has: not asked, and unknown."""

    version: str
    questions: tuple[Question, ...]
    always: Mapping[str, Mapping[Language, str]]

    def is_answered(self, answers: Mapping[str, Answer]) -> bool:
        """Tell whether every question has an answer that it knows, and there is nothing else."""
        return {q.id for q in self.questions} == set(answers) and all(
            self.fits(q, answers[q.id]) for q in self.questions
        )

    def in_words(self, answers: Mapping[str, Answer], language: Language) -> list[tuple[str, str]]:
        """Give each question with its answer, in words."""
        return [(q.words[language], self._word(q, answers[q.id], language)) for q in self.questions]

    def fits(self, question: Question, answer: Answer) -> bool:
        """Tell whether an answer is one that the question knows."""
        if isinstance(answer, list):
            chosen = set(answer)
            return question.kind == Kind.SEVERAL and bool(chosen) and chosen <= set(question.options)
        if answer in self.always:
            return True
        if question.kind == Kind.MONTH:
            return bool(_MONTH.fullmatch(answer))
        return question.kind == Kind.ONE and answer in question.options

    def _word(self, question: Question, answer: Answer, language: Language) -> str:
        known = {**question.options, **self.always}
        chosen = answer if isinstance(answer, list) else [answer]
        return ", ".join(known[one][language] if one in known else one for one in chosen)


_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


@cache
def form(version: str = NEWEST) -> Form:
    """Give a version of the form. Raises KeyError when there is none."""
    path = files(__package__).joinpath(f"{version}.toml")
    if not re.fullmatch(r"closing-\d+", version) or not path.is_file():
        raise KeyError(version)
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    questions = tuple(_question(one) for one in said["questions"])
    return Form(said["version"], questions, {name: _words(one) for name, one in said["always"].items()})


def _question(said: dict[str, Any]) -> Question:
    options = {one["id"]: _words(one) for one in said.get("options", [])}
    return Question(said["id"], Kind(said["kind"]), _words(said), options)


def _words(said: dict[str, Any]) -> dict[Language, str]:
    return {language: said[language.value] for language in Language}
