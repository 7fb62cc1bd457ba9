"""The words of `texts/site.toml` for templates: `{{ say.front.title }}`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static

from scherp.texts import Language

if TYPE_CHECKING:
    from django.http import HttpRequest


def in_language(request: HttpRequest) -> dict[str, Any]:
    """Give a template the words of the page's language, that language, and what the frame of a page holds."""
    language = Language.EN if request.path.startswith("/en/") else Language.NL
    return {
        "say": spoken(language),
        "language": language.value,
        "other_language": _other(language).value,
        "leave_to": settings.LEAVE_TO,
        "card": request.build_absolute_uri(static("public_site/card.png")),
    }


@cache
def spoken(language: Language) -> dict[str, Any]:
    """Give the words of the site in one language, nested as in the file."""
    text = (files("scherp.texts") / "site.toml").read_text(encoding="utf-8")
    return _in(tomllib.loads(text), language)


def _in(table: dict[str, Any], language: Language) -> dict[str, Any]:
    return {
        name: entry[language.value] if language.value in entry else _in(entry, language)
        for name, entry in table.items()
    }


def _other(language: Language) -> Language:
    return Language.EN if language is Language.NL else Language.NL
