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
    """One sign of the vocabulary.

    what: a phrase that follows a name: "Kim" + "asks who else reads the phone".
    strong: counts at once, also before five messages, and no safe context lowers it.
    """

    id: SignId
    group: Group
    strong: bool
    what: Mapping[Language, str]

    @property
    def spoken(self) -> Mapping[Language, InLanguage]:
        """Its patterns and examples in each language, read from its file when asked for."""
        return _spoken(self.id)


class BadSign(ValueError):
    """A sign file that cannot be read; says which and why."""


@cache
def signs() -> Mapping[SignId, Sign]:
    """Give all signs by id, in the order of their groups; their place in it is their number.

    From the packaged index (see `index`), for reading fifty files takes longer than checking a chat.
    """
    from scherp.signs.index import packaged_index  # noqa: PLC0415  the index is made from what stands here

    return {row["id"]: _sign(row) for row in packaged_index()["signs"]}


def written_signs() -> Mapping[SignId, Sign]:
    """Give all signs as their files say, for making the index."""
    names = (path.name for path in (files(__package__) / "vocabulary").iterdir())
    ids = [name.removesuffix(".toml") for name in names if name.endswith(".toml") and not name.startswith("_")]
    order = list(Group)
    found = [_sign(_file(sign)) for sign in ids]
    return {sign.id: sign for sign in sorted(found, key=lambda s: (order.index(s.group), s.id))}


@cache
def word_lists() -> Mapping[str, tuple[str, ...]]:
    """Give the named lists of words that patterns share."""
    return {name: tuple(items) for name, items in _file("_words").items()}


def _sign(row: Mapping[str, Any]) -> Sign:
    try:
        what = {Language(code): phrase for code, phrase in row["what"].items()}
        return Sign(row["id"], Group(row["group"]), row["strong"], what)
    except (KeyError, ValueError) as problem:
        raise BadSign(f"{row.get('id', '?')}: {problem}") from problem


@cache
def _spoken(sign: SignId) -> Mapping[Language, InLanguage]:
    data = _file(sign)
    try:
        return {language: _in_language(data[language.value]) for language in Language}
    except (KeyError, BadPattern) as problem:
        raise BadSign(f"signs/vocabulary/{sign}.toml: {problem}") from problem


def _in_language(data: Mapping[str, Any]) -> InLanguage:
    lists = word_lists()
    return InLanguage(
        patterns=tuple(compile_pattern(p, lists) for p in data["patterns"]),
        unless=tuple(compile_pattern(p, lists) for p in data.get("unless", ())),
        yes=tuple(data["yes"]),
        no=tuple(data["no"]),
    )


def _file(name: str) -> dict[str, Any]:
    path = files(__package__) / "vocabulary" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise BadSign(f"signs/vocabulary/{name}.toml: {problem}") from problem
