"""The page that checks a chat in the browser. It takes no POST: there is no way to send it anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from scherp.advice import Audience, Country, before_reading, words
from scherp.texts import Language, say
from scherp.web.check.assets import assets

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def check(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the page; its policy lets the engine run (`SafeToVisit`)."""
    readers = [
        (audience, say(f"site.check.{audience}", language), [words(key, language) for key in before_reading(audience)])
        for audience in Audience
    ]
    countries = [(country, say(f"site.what_now.country.{country}", language)) for country in Country]
    return render(request, "check/check.html", {"assets": assets(), "readers": readers, "countries": countries})
