"""The signs as data: one readable file each, in `vocabulary/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scherp.signs.pattern import BadPattern, Pattern, compile_pattern
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.conversation import SignId


class Group(StrEnum):
    """What the speaker is doing. The order here is for reading only: real conversations keep none."""

    APPROACH = "approach"
    WINNING_OVER = "winning_over"
    SHIELDING = "shielding"
    PUSHING = "pushing"
    FORCING = "forcing"
    MEETING = "meeting"
    EXPLOITING = "exploiting"
    OTHER_SIDE = "other_side"
    SAFE_CONTEXT = "safe_context"


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A sign in one language.

    patterns: any of these shows the sign (see `pattern`).
    unless: a match that overlaps one of these does not count.
    yes, no: messages that must, and must not, show it: spec, test and documentation at once.
    """

    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of `signs.md`.

    what: a phrase that follows a name: "Kim" + "asks who else reads the phone".
    strong: counts at once, also before five messages, and no safe context lowers it.
    """

    id: SignId
    group: Group
    strong: bool
    what: Mapping[Language, str]
    spoken: Mapping[Language, InLanguage]


class BadSign(ValueError):
    """A sign file that cannot be read; says which and why."""


@cache
def signs() -> Mapping[SignId, Sign]:
    """Give all signs by id, in the order of their groups; their place in it is their number."""
    folder = files(__package__) / "vocabulary"
    found = [
        _sign(path.name, path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml") and not path.name.startswith("_")
    ]
    order = list(Group)
    return {sign.id: sign for sign in sorted(found, key=lambda s: (order.index(s.group), s.id))}


@cache
def word_lists() -> Mapping[str, tuple[str, ...]]:
    """Give the named lists of words that patterns share."""
    text = (files(__package__) / "vocabulary" / "_words.toml").read_text(encoding="utf-8")
    return {name: tuple(items) for name, items in tomllib.loads(text).items()}


def _sign(name: str, text: str) -> Sign:
    try:
        data = tomllib.loads(text)
        return Sign(
            id=data["id"],
            group=Group(data["group"]),
            strong=data["strong"],
            what={Language(code): phrase for code, phrase in data["what"].items()},
            spoken={language: _in_language(data[language.value]) for language in Language},
        )
    except (KeyError, ValueError, BadPattern) as problem:
        raise BadSign(f"signs/vocabulary/{name}: {problem}") from problem


def _in_language(data: Mapping[str, Any]) -> InLanguage:
    lists = word_lists()
    return InLanguage(
        patterns=tuple(compile_pattern(p, lists) for p in data["patterns"]),
        unless=tuple(compile_pattern(p, lists) for p in data.get("unless", ())),
        yes=tuple(data["yes"]),
        no=tuple(data["no"]),
    )
