"""The addresses of cases. A reference says nothing of anybody; nothing else that somebody wrote is in an address."""

from __future__ import annotations

from django.urls import path

from scherp.web.cases.views import cases, closing, deciding, emergency, evidence, handover, parts, people, requests

_CASE = "casussen/<str:reference>/"

urlpatterns = [
    path("casussen/", cases.overview, name="cases"),
    path("casussen/nieuw/", cases.new, name="new-case"),
    path("casussen/besluiten/", deciding.overview, name="case-decisions"),
    path("casussen/noodtoegang/", emergency.break_glass, name="case-emergency"),
    path("casussen/noodtoegang/nakijken/", emergency.to_review, name="case-to-review"),
    path("casussen/noodtoegang/nakijken/<uuid:opened>/", emergency.review, name="case-review"),
    path("afsluiten/<uuid:talk>/", closing.after_talk, name="closing-form"),
    path(_CASE, cases.show, name="case"),
    path(f"{_CASE}json/", cases.as_json, name="case-export"),
    path(f"{_CASE}afsluiten/", closing.of_case, name="case-closing-form"),
    path(f"{_CASE}erbij/<slug:kind>/", parts.add, name="case-add"),
    path(f"{_CASE}intrekken/<slug:kind>/<uuid:part>/", parts.withdraw, name="case-withdraw"),
    path(f"{_CASE}taak/<uuid:part>/klaar/", parts.finish_task, name="case-task-done"),
    path(f"{_CASE}stap/<slug:step>/", deciding.step, name="case-step"),
    path(f"{_CASE}plan/besluit/", deciding.plan, name="case-plan-approval"),
    path(f"{_CASE}besluit/<uuid:proposal>/", deciding.decide, name="case-decide"),
    path(f"{_CASE}besluit/<uuid:proposal>/terug/", deciding.take_back, name="case-take-back"),
    path(f"{_CASE}verzoek/", requests.new, name="case-new-request"),
    path(f"{_CASE}verzoek/<uuid:asked>/", requests.show, name="case-request"),
    path(f"{_CASE}vasthouden/", requests.hold, name="case-hold"),
    path(f"{_CASE}vasthouden/<uuid:held>/weg/", requests.lift, name="case-lift-hold"),
    path(f"{_CASE}overdracht/", handover.new, name="case-new-handover"),
    path(f"{_CASE}overdracht/<uuid:handover>/", handover.show, name="case-handover"),
    path(f"{_CASE}overdracht/<uuid:handover>/verteld/", handover.informed, name="case-handover-informed"),
    path(f"{_CASE}overdracht/<uuid:handover>/pakket/", handover.offer, name="case-handover-offer"),
    path(f"{_CASE}overdracht/<uuid:handover>/ophalen/", handover.take, name="case-handover-take"),
    path(f"{_CASE}overdracht/<uuid:handover>/antwoord/", handover.answered, name="case-handover-answer"),
    path(f"{_CASE}wie/<uuid:person>/", people.identity, name="case-identity"),
    path(f"{_CASE}verdachten/", people.suspects, name="case-suspects"),
    path(f"{_CASE}verdachten/erbij/", people.new_suspect, name="case-new-suspect"),
    path(f"{_CASE}bestand/<uuid:item>/", evidence.show, name="case-evidence"),
    path(f"{_CASE}bestand/<uuid:item>/opslaan/", evidence.take_out, name="case-evidence-out"),
    path(f"{_CASE}gesprek/<uuid:copy>/", evidence.transcript, name="case-transcript"),
]
