"""The answers of the form before a talk. Whatever is no answer of ours is left out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from scherp.texts import Language, say
from scherp.web.talks.models import NAME_LENGTH
from scherp.web.talks.opening import TOPICS, AgeBand, Opening, Tick

if TYPE_CHECKING:
    from django.http import QueryDict


class Choice(NamedTuple):
    """Something to tick."""

    value: str
    label: str


def opening_told(answers: QueryDict) -> Opening:
    """Give what somebody told; nothing, when they skipped it all."""
    if "skip" in answers:
        return Opening()
    age = answers.get("age", "")
    ticks = frozenset(Tick(tick) for tick in answers.getlist("tick") if tick in set(Tick))
    return Opening(_nickname(answers.get("nickname", "")), AgeBand(age) if age in set(AgeBand) else None, ticks)


def ages(language: Language) -> list[Choice]:
    """Give the ages to choose from."""
    return [Choice(age.value, say(f"helpchat.age.{age}", language)) for age in AgeBand]


def topics(language: Language) -> list[Choice]:
    """Give what it can be about."""
    return [Choice(tick.value, say(f"helpchat.topic.{tick}", language)) for tick in TOPICS]


def _nickname(typed: str) -> str:
    shown = "".join(letter for letter in typed if unicodedata.category(letter)[0] != "C")
    return " ".join(shown.split())[:NAME_LENGTH]
