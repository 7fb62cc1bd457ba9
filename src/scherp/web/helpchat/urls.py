"""Addresses of the help chat; none of them says what it is about."""

from __future__ import annotations

from django.urls import path

from scherp.web.helpchat.views import deciding, entering, returning, talking

urlpatterns = [
    path("praten/", entering.start, name="talk-start"),
    path("praten/begin/", entering.begin, name="talk-begin"),
    path("praten/gesprek/", talking.talk, name="talk"),
    path("praten/gesprek/lezen/", talking.reading, name="talk-reading"),
    path("praten/gesprek/nieuws/", talking.heard, name="talk-news"),
    path("praten/gesprek/bericht/", talking.said, name="talk-sent"),
    path("praten/gesprek/keuze/", deciding.decided, name="talk-decided"),
    path("praten/gesprek/woorden/", deciding.code, name="talk-code"),
    path("praten/gesprek/wissen/", deciding.erase, name="talk-erase"),
    path("praten/terug/", returning.back, name="talk-back"),
    path("praten/terug/woorden/", returning.with_code, name="talk-with-code"),
]
