"""What every page of the desk shares: its words, and how a refusal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.shortcuts import render

from scherp.texts import Language, say, spoken
from scherp.web.desk.actions import DeskRefuses, seen
from scherp.web.talks.actions import AlreadyTaken, NothingToSay, TalkIsOver, TalkRefuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from scherp.web.accounts.models import Member

REFUSALS = (DeskRefuses, TalkRefuses)
_KEYS: dict[type[Exception], str] = {AlreadyTaken: "taken", NothingToSay: "nothing_to_say", TalkIsOver: "over"}


def who(request: HttpRequest) -> Member:
    """Give who is signed in; the door let nobody else through."""
    return cast("Member", request.user)


def language_of(request: HttpRequest) -> Language:
    """Give the language of who is signed in."""
    return Language(who(request).language)


def show(request: HttpRequest, template: str, **about: Any) -> HttpResponse:
    """Render a page of the desk with its words, and keep that its reader is at the desk."""
    seen(by=who(request))
    words = spoken("desk", language_of(request))
    return render(request, f"desk/{template}.html", {"desk": words} | about, status=about.pop("status", 200))


def tell(request: HttpRequest, key: str, **values: object) -> None:
    """Have the next page say something at its top: an entry of `texts/desk.toml`."""
    messages.info(request, say(f"desk.{key}", language_of(request), **values))


def refusal(refused: Exception, language: Language) -> str:
    """Say why something was refused, and what to do."""
    key = refused.key if isinstance(refused, DeskRefuses) else _KEYS.get(type(refused), "otherwise")
    return say(f"desk.refused.{key}", language)


def attempt(request: HttpRequest, do: Callable[[], object]) -> bool:
    """Do something; when it is refused have the next page say why. Tells whether it was done."""
    try:
        do()
    except REFUSALS as refused:
        messages.warning(request, refusal(refused, language_of(request)))
        return False
    return True
