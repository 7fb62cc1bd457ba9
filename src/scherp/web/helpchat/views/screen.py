"""The first question, always: whether somebody else can see the screen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Screen(StrEnum):
    """Who can see the screen."""

    ONLY_ME = "no"
    SOMEBODY = "yes"
    NOT_SURE = "unsure"


def screen_asked(request: HttpRequest) -> HttpResponse | None:
    """Give the question, or how to come back later; None when the answer is that nobody else can see."""
    answer = request.POST.get("screen", "")
    if answer == Screen.ONLY_ME:
        return None
    if answer in set(Screen):
        return render(request, "helpchat/later.html")
    return render(request, "helpchat/screen.html", {"missing": request.method == "POST"})
