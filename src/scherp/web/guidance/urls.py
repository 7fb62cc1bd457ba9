"""The addresses of the advice. `who` is a kind of reader, `slug` a page."""

from __future__ import annotations

from django.urls import path

from scherp.web.guidance import views

urlpatterns = [
    path("jongeren/", views.overview, {"audience": "young-person"}, name="young-person"),
    path("ouders/", views.overview, {"audience": "parent"}, name="parent"),
    path("professionals/", views.overview, {"audience": "professional"}, name="professional"),
    path("lezen/<slug:slug>/", views.page, name="page"),
    path("lezen/<slug:slug>/makkelijk/", views.page, {"easy": True}, name="easy-page"),
    path("lezen/<slug:slug>.pdf", views.card, name="card"),
    path("wat-nu/", views.what_now, name="what-now"),
    path("melden/", views.notice, name="notice"),
    path("bellen/", views.who_to_call, name="who-to-call"),
]
