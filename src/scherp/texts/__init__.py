"""Everything that a person reads, in Dutch and English side by side: one catalogue, no string twice.

A key is `file.table.entry`, for instance `report.level.none`; its first part names the file. Each entry
holds `nl` and `en`; both are complete (tested).
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Language(StrEnum):
    """A language that Scherp speaks; Dutch first."""

    NL = "nl"
    EN = "en"


def language_of(locale: str | None) -> Language:
    """Give the language for a locale such as `nl_BE.UTF-8`; Dutch when it is unknown."""
    return Language.EN if (locale or "").lower().startswith("en") else Language.NL


def say(key: str, language: Language, /, **values: object) -> str:
    """Give the text of `key` in `language`, with `{name}` places filled in; KeyError if there is none."""
    text: str = _entry(key)[language.value]
    return text.format(**values) if values else text


@cache
def spoken(name: str, language: Language) -> dict[str, Any]:
    """Give a whole file of the catalogue in one language, nested as in the file: for templates."""
    return _in(_domain(name), language)


def has(key: str) -> bool:
    """Tell whether the catalogue knows `key`."""
    try:
        _entry(key)
    except KeyError:
        return False
    return True


def keys() -> list[str]:
    """Give every key of the catalogue, for the tests that keep it whole."""
    found: list[str] = []
    for path in files(__package__).iterdir():
        if path.name.endswith(".toml"):
            domain = path.name.removesuffix(".toml")
            found += [f"{domain}.{entry}" for entry in _flat(_domain(domain))]
    return sorted(found)


@cache
def _domain(name: str) -> dict[str, Any]:
    path = files(__package__) / f"{name}.toml"
    if not path.is_file():
        raise KeyError(name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _entry(key: str) -> dict[str, str]:
    domain, *path = key.split(".")
    found: Any = _domain(domain)
    for part in path:
        found = found[part]
    if "nl" not in found:
        raise KeyError(key)
    return dict(found)


def _flat(table: dict[str, Any], prefix: str = "") -> list[str]:
    entries: list[str] = []
    for name, value in table.items():
        if isinstance(value, dict) and "nl" not in value:
            entries += _flat(value, f"{prefix}{name}.")
        else:
            entries.append(f"{prefix}{name}")
    return entries


def _in(table: dict[str, Any], language: Language) -> dict[str, Any]:
    return {name: entry[language.value] if "nl" in entry else _in(entry, language) for name, entry in table.items()}
