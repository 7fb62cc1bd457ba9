"""The addresses of cases. A reference says nothing of anybody; nothing else that somebody wrote is in an address."""

from __future__ import annotations

from django.urls import path

from scherp.web.cases.views import cases, closing, evidence, parts, people

_CASE = "casussen/<str:reference>/"

urlpatterns = [
    path("casussen/", cases.overview, name="cases"),
    path("casussen/nieuw/", cases.new, name="new-case"),
    path("afsluiten/<uuid:talk>/", closing.after_talk, name="closing-form"),
    path(_CASE, cases.show, name="case"),
    path(f"{_CASE}json/", cases.as_json, name="case-export"),
    path(f"{_CASE}afsluiten/", closing.of_case, name="case-closing-form"),
    path(f"{_CASE}erbij/<slug:kind>/", parts.add, name="case-add"),
    path(f"{_CASE}intrekken/<slug:kind>/<uuid:part>/", parts.withdraw, name="case-withdraw"),
    path(f"{_CASE}taak/<uuid:part>/klaar/", parts.finish_task, name="case-task-done"),
    path(f"{_CASE}wie/<uuid:person>/", people.identity, name="case-identity"),
    path(f"{_CASE}verdachten/", people.suspects, name="case-suspects"),
    path(f"{_CASE}verdachten/erbij/", people.new_suspect, name="case-new-suspect"),
    path(f"{_CASE}bestand/<uuid:item>/", evidence.show, name="case-evidence"),
    path(f"{_CASE}bestand/<uuid:item>/opslaan/", evidence.take_out, name="case-evidence-out"),
    path(f"{_CASE}gesprek/<uuid:copy>/", evidence.transcript, name="case-transcript"),
]
