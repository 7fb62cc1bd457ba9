"""The words of `texts/staff.toml` for templates: `{{ say.all.name }}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.texts import Language, spoken
from scherp.web.staff_site.places import places

if TYPE_CHECKING:
    from django.http import HttpRequest


def in_language(request: HttpRequest) -> dict[str, Any]:
    """Give a template the words of the member's language, that language, and where the member can go."""
    language = language_of(request)
    return {"say": spoken("staff", language), "language": language.value, "places": places(request, language)}


def language_of(request: HttpRequest) -> Language:
    """Give the language of who is signed in; of the browser, for who is not."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Language(user.language)
    return Language.EN if request.headers.get("Accept-Language", "").startswith("en") else Language.NL
