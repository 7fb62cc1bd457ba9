"""Four questions, then steps: every way through ends in something to do and somebody to call."""

from __future__ import annotations

import itertools
import re

import pytest

from scherp.advice import lines
from scherp.texts import Language
from scherp.web.guidance import finder, notice
from scherp.web.guidance.pages import pages
from scherp.web.guidance.questions import asking

EVERY_WAY = [
    dict(zip((q.name for q in finder.QUESTIONS), chosen, strict=True))
    for chosen in itertools.product(*(q.answers for q in finder.QUESTIONS))
]
EVERY_NOTICE = [
    dict(zip((q.name for q in notice.QUESTIONS), chosen, strict=True))
    for chosen in itertools.product(*(q.answers for q in notice.QUESTIONS))
]


def test_there_are_four_questions_at_most_and_the_first_is_about_danger():
    assert len(finder.QUESTIONS) <= 4
    assert finder.QUESTIONS[0].name == "danger"


@pytest.mark.parametrize("language", list(Language))
def test_every_way_through_ends_in_two_or_three_steps_and_somebody_to_call(language):
    for answers in EVERY_WAY:
        found = finder.found(answers, language)
        assert 2 <= len(found.steps) <= 3, answers
        assert found.advice.lines, answers
        assert all((slug, language, False) in pages() for slug in found.read), answers


def test_who_is_in_danger_hears_112_first():
    for answers in EVERY_WAY:
        if answers["danger"] == "yes":
            found = finder.found(answers, Language.NL)
            assert lines()["emergency"].phone in " ".join((*found.first, *found.steps)), answers


def test_belgian_readers_get_belgian_lines():
    for answers in EVERY_WAY:
        countries = {
            str(country) for line in finder.found(answers, Language.NL).advice.lines for country in line.countries
        }
        assert answers["country"] in countries


def test_questions_come_one_by_one_and_answers_travel_along(visitor):
    page = visitor.post("/nl/wat-nu/", {"danger": "no", "who": "parent"}).content.decode()
    assert "Vraag 3 van 4" in page
    assert '<input type="hidden" name="danger" value="no">' in page
    assert '<input type="hidden" name="who" value="parent">' in page


def test_who_says_there_is_danger_sees_112_on_every_next_question(visitor):
    page = visitor.post("/nl/wat-nu/", {"danger": "yes"}).content.decode()
    assert "Bel eerst" in page


@pytest.mark.parametrize("odd", ["", "maybe", "<script>", "yes\x00", "Y" * 10_000])
def test_an_answer_that_may_not_be_given_is_asked_again_and_not_repeated(visitor, odd):
    answer = visitor.post("/nl/wat-nu/", {"danger": odd})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Vraag 1 van 4" in page
    assert "<script>" not in page.replace("<script src=", "")
    assert "Kies een antwoord" in page


def test_an_answer_out_of_order_is_not_taken():
    asked = asking(finder.QUESTIONS, {"what": "death", "country": "NL"})
    assert asked.answers == {}
    assert asked.number == 1


def test_lines_that_nobody_called_to_check_are_not_said_to_be_open(visitor):
    page = visitor.post("/nl/wat-nu/", EVERY_WAY[0]).content.decode()
    assert "hebben we nog niet nagebeld" in page
    # 112 is open by law, and needs no check
    assert re.search(r"Alarmnummer.*?Nu open", page, re.DOTALL)


def test_answers_are_not_in_the_address(visitor):
    answer = visitor.post("/nl/wat-nu/", EVERY_WAY[0])
    assert answer.status_code == 200
    assert answer.wsgi_request.get_full_path() == "/nl/wat-nu/"


# the notice to a platform: article 16(2) of the Digital Services Act


@pytest.mark.parametrize("language", list(Language))
def test_a_notice_has_what_the_law_asks_for(language):
    for answers in EVERY_NOTICE:
        text = notice.notice(answers, language)
        where, faith = ("link", "te goeder trouw") if language is Language.NL else ("link", "good faith")
        assert "16" in text
        assert where in text
        assert faith in text


def test_a_name_is_asked_for_except_where_a_minor_is_abused():
    for answers in EVERY_NOTICE:
        text = notice.notice(answers, Language.EN)
        abused = answers["age"] == "yes" and answers["what"] != "threat"
        assert ("My name and e-mail address" in text) == (not abused)
        assert ("sexual abuse of a minor" in text) == abused


def test_a_notice_asks_for_no_picture_and_sends_nothing(visitor):
    page = visitor.post("/nl/melden/", EVERY_NOTICE[0]).content.decode()
    assert "Stuur geen naaktfoto mee" in page
    assert 'type="file"' not in page
    assert not re.search(r"<form", page)
    for helper in ("helpwanted.nl", "takeitdown.ncmec.org", "report-remove"):
        assert helper in page


def test_whose_photo_goes_round_is_not_told_that_one_may_say_no():
    answers = {"danger": "no", "who": "young-person", "what": "online", "country": "NL"}
    assert "nee" not in " ".join(finder.found(answers, Language.NL).steps).lower().split()


def test_who_worries_about_a_friend_finds_a_page():
    answers = {"danger": "no", "who": "young-person", "what": "threatened", "country": "NL"}
    assert "voor-een-vriend" in finder.found(answers, Language.NL).read
