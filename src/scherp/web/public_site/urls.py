"""Every address of the public site. None of them says what a page is about."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, register_converter

from scherp.texts import Language
from scherp.web.public_site import views


class _Languages:
    regex = "nl|en"

    def to_python(self, value: str) -> Language:
        return Language(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(_Languages, "language")

urlpatterns = [
    path("", views.which_language, name="start"),
    path("weg/", views.leave, name="leave"),
    path("gezond/", views.healthy, name="healthy"),
    path(".well-known/security.txt", views.security, name="security"),
    path("robots.txt", views.robots, name="robots"),
    path("<language:language>/", views.front, name="front"),
    path("<language:language>/", include("scherp.web.check.urls")),
    path("<language:language>/", include("scherp.web.guidance.urls")),
]
if settings.HAS_LINE:
    urlpatterns.append(path("<language:language>/", include("scherp.web.helpchat.urls")))
handler400 = "scherp.web.public_site.views.bad_request"
handler404 = "scherp.web.public_site.views.not_found"
handler500 = "scherp.web.public_site.views.broken"
