"""Sentences that a counsellor can put into the field and change; nothing is ever sent by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from scherp.texts import Language
from scherp.web.own_file import understood

ABOUT = ("begin", "support", "safety", "steps", "honest", "end", "own")
"""What a sentence is for, in the order in which they are shown; `own` are those of the organisation."""


@dataclass(frozen=True, slots=True)
class Canned:
    """One sentence, in each language."""

    id: str
    about: str
    words: dict[Language, str]


def canned() -> tuple[Canned, ...]:
    """Give the sentences that come with Scherp and then the organisation's own. Raises ValueError, with the place."""
    own = settings.CANNED
    return (*read(Path(__file__).with_name("canned.toml")), *(read(own) if own else ()))


@cache
def read(path: Path) -> tuple[Canned, ...]:
    """Read a file such as `canned.toml`."""
    return understood(path, lambda said: tuple(_one(row) for row in said["text"]), like="canned.toml")


def _one(row: dict[str, str]) -> Canned:
    about = row.get("about", "own")
    if about not in ABOUT:
        raise ValueError(f"{row['id']}: about is one of {', '.join(ABOUT)}")
    return Canned(row["id"], about, {language: row[language.value] for language in Language})


def grouped(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the sentences in one language by what they are for: pairs of id and words."""
    found = [(about, [(one.id, one.words[language]) for one in canned() if one.about == about]) for about in ABOUT]
    return [(about, words) for about, words in found if words]


def words_of(canned_id: str, language: Language) -> str:
    """Give one sentence; "" when there is none of that name."""
    return next((one.words[language] for one in canned() if one.id == canned_id), "")
