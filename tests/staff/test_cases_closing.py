"""The closing form: choices and never words, with its version, with or without a case."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.forms.closing_questions import Kind, form
from scherp.web.cases.models import ClosingForm
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
ANSWERS = {
    "age_at_start": "13",
    "first_contact_when": "2026-03",
    "first_contact_where": "snapchat",
    "first_coercion_when": "two-days",
    "channel": ["snapchat", "whatsapp"],
    "lever": "threat",
    "where": "online",
    "who": "unknown",
}
SENT = {**ANSWERS, "first_contact_when_month": "2026-03", "who": ["unknown"]} | {"first_contact_when": ""}


def test_the_form_asks_what_the_trends_need_in_both_languages():
    asked = form()
    assert {q.id for q in asked.questions} == set(ANSWERS)
    for question in asked.questions:
        for words in (question.words, *question.options.values(), *asked.always.values()):
            assert all(words[language] for language in Language)
        assert bool(question.options) == (question.kind != Kind.MONTH)


@pytest.mark.parametrize("question", ANSWERS)
@pytest.mark.parametrize("answer", ["not-asked", "unknown"])
def test_not_asked_and_unknown_are_answers_to_every_question(talk_of_fenna, fenna, question, answer):
    kept = actions.fill_in(answers={**ANSWERS, question: answer}, talk=talk_of_fenna.pk, by=fenna)
    assert ClosingForm.objects.get().answers[question] == kept.answers[question] == answer


@pytest.mark.parametrize(
    "wrong",
    [
        {"lever": "hij zei dat hij het zou doorsturen"},
        {"first_contact_when": "in maart"},
        {"first_contact_when": "2026-13"},
        {"channel": []},
        {"channel": ["snapchat", "unknown"]},
        {"channel": "snapchat"},
        {"age_at_start": ["13"]},
        {"more": "words"},
    ],
)
def test_words_are_never_kept(talk_of_fenna, fenna, wrong):
    with pytest.raises(actions.NoSuchAnswer):
        actions.fill_in(answers=ANSWERS | wrong, talk=talk_of_fenna.pk, by=fenna)
    assert not ClosingForm.objects.exists()


def test_a_question_that_is_left_open_is_no_answer(talk_of_fenna, fenna):
    some = {name: answer for name, answer in ANSWERS.items() if name != "lever"}
    with pytest.raises(actions.NoSuchAnswer):
        actions.fill_in(answers=some, talk=talk_of_fenna.pk, by=fenna)


def test_it_stands_without_a_case_and_keeps_its_version(talk_of_fenna, fenna, signed_in):
    address = reverse("closing-form", args=[talk_of_fenna.pk])
    assert signed_in(fenna).get(address).status_code == 200
    answer = signed_in(fenna).post(address, SENT)
    assert (answer.status_code, answer.url) == (302, reverse("desk-after", args=[talk_of_fenna.pk]))
    kept = ClosingForm.objects.get()
    assert (kept.talk, kept.case, kept.version, kept.answers) == (talk_of_fenna.pk, None, "closing-1", ANSWERS)


def test_it_is_joined_to_the_case_of_the_same_talk(talk_of_fenna, fenna):
    case = actions.open_case(about="uit gesprek", talk=talk_of_fenna.pk, by=fenna)
    assert actions.fill_in(answers=ANSWERS, talk=talk_of_fenna.pk, by=fenna).case == case


def test_a_case_that_is_opened_later_gets_the_form_of_its_talk(talk_of_fenna, fenna):
    actions.fill_in(answers=ANSWERS, talk=talk_of_fenna.pk, by=fenna)
    case = actions.open_case(about="uit gesprek", talk=talk_of_fenna.pk, by=fenna)
    assert ClosingForm.objects.get().case == case


def test_a_corrected_form_takes_the_place_of_the_first(talk_of_fenna, fenna):
    actions.fill_in(answers=ANSWERS, talk=talk_of_fenna.pk, by=fenna)
    actions.fill_in(answers={**ANSWERS, "lever": "both"}, talk=talk_of_fenna.pk, by=fenna)
    assert ClosingForm.objects.count() == 2
    assert ClosingForm.objects.get(replaced_at=None).answers["lever"] == "both"


def test_an_answer_that_is_missing_is_asked_for_and_nothing_is_kept(talk_of_fenna, fenna, signed_in):
    sent = {name: answer for name, answer in SENT.items() if name != "first_contact_when_month"}
    answer = signed_in(fenna).post(reverse("closing-form", args=[talk_of_fenna.pk]), sent)
    assert answer.status_code == 422
    assert "niet gevraagd, of: onbekend" in answer.content.decode()
    assert not ClosingForm.objects.exists()


def test_a_colleague_s_talk_has_no_form_and_asking_is_on_record(talk_of_fenna, bram, signed_in):
    answer = signed_in(bram).get(reverse("closing-form", args=[talk_of_fenna.pk]))
    assert answer.status_code == 404
    assert Event.objects.using(LINE).filter(kind="talk.refused", by=f"staff:{bram.pk}").exists()


def test_a_talk_that_never_was_has_no_form(fenna, signed_in):
    assert signed_in(fenna).get(reverse("closing-form", args=[uuid.uuid4()])).status_code == 404


def test_a_legal_hold_stops_the_clock_of_the_forms_of_its_case_and_of_no_other(case_of_fenna, fenna, kees):
    actions.fill_in(answers=ANSWERS, case=case_of_fenna, by=fenna)
    other = actions.open_case(about="een ander", by=fenna)
    actions.fill_in(answers=ANSWERS, case=other, by=fenna)
    held = actions.hold(case=case_of_fenna, reason="strafzaak", by=kees)
    ClosingForm.objects.update(filled_at=timezone.now() - timedelta(days=400))
    actions.forget()
    assert set(ClosingForm.objects.values_list("case", flat=True)) == {case_of_fenna.pk, None}
    actions.lift_hold(held=held, by=kees)
    actions.forget()
    assert set(ClosingForm.objects.values_list("case", flat=True)) == {None}
