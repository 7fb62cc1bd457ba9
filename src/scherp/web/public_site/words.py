"""The words of `texts/site.toml` for templates: `{{ say.front.title }}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static

from scherp.texts import Language, spoken

if TYPE_CHECKING:
    from django.http import HttpRequest


def in_language(request: HttpRequest) -> dict[str, Any]:
    """Give a template the words of the page's language, that language, and what the frame of a page holds."""
    language = Language.EN if request.path.startswith("/en/") else Language.NL
    return {
        "say": spoken("site", language),
        "language": language.value,
        "other_language": _other(language).value,
        "leave_to": settings.LEAVE_TO,
        "card": request.build_absolute_uri(static("public_site/card.png")),
    }


def _other(language: Language) -> Language:
    return Language.EN if language is Language.NL else Language.NL
