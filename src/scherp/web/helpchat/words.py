"""The words of `texts/helpchat.toml` for templates, `{{ chat.screen.title }}`, and whether the browser is in a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.texts import Language, say, spoken
from scherp.web.helpchat.seats import COOKIE
from scherp.web.talks.line import line

if TYPE_CHECKING:
    from django.http import HttpRequest


def in_language(request: HttpRequest) -> dict[str, Any]:
    """Give a template the words of the help chat, and say that there is one."""
    language = Language.EN if request.path.startswith("/en/") else Language.NL
    return {
        "chat": spoken("helpchat", language),
        "chat_kept": say("helpchat.kept.talk", language, days=line().keep_for.days),
        "has_line": True,
        "in_talk": COOKIE in request.COOKIES,
    }
