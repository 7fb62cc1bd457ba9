"""What argues against a warning, what only a person can answer, and what a parent is not told of it."""

from __future__ import annotations

import pytest
from made_by_hand import chat, found

from scherp.advice import Audience
from scherp.conversation import Level
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.texts import Language, say

READERS = [(audience, "Lotte" if audience is Audience.PARENT else None) for audience in Audience]
OTHERS = [reader for reader in READERS if reader[0] is not Audience.PARENT]


def against(conversation, scored, audience, child=None, language=Language.NL):
    return explain(conversation, scored, View(audience, language, child)).against


def known(audience, language=Language.NL):
    return say(f"report.against.known.{audience}", language)


LEFT_OUT = {language: say("report.against.left_out", language) for language in Language}
NOTHING = {language: say("report.against.nothing", language) for language in Language}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("audience", "child"), READERS)
def test_a_person_is_asked_what_a_text_cannot_tell(kim_and_lotte, kim_steers, audience, child, language):
    said = against(kim_and_lotte, kim_steers, audience, child, language)
    assert known(audience, language) in said
    question = "in het echt?" if language is Language.NL else "in real life?"
    assert question in known(audience, language)


@pytest.mark.parametrize("context", ["family_context", "class_or_team_context", "peer_context", "care_context"])
@pytest.mark.parametrize(("audience", "child"), OTHERS)
def test_nobody_is_asked_what_the_talk_shows_itself(kim_and_lotte, context, audience, child):
    scored = found(kim_and_lotte, ("image_request", 2), (context, 3), steering="Kim")
    assert known(audience) not in against(kim_and_lotte, scored, audience, child)


@pytest.mark.parametrize(("audience", "child"), OTHERS)
def test_whoever_steers_cannot_answer_it_for_them(kim_and_lotte, audience, child):
    # Given that Kim, and nobody else, speaks of school
    scored = found(kim_and_lotte, ("image_request", 2), ("class_or_team_context", 0), steering="Kim")
    assert known(audience) in against(kim_and_lotte, scored, audience, child)


def test_a_parent_is_asked_all_the_same_whatever_the_child_said(kim_and_lotte):
    # Given that only what the child wrote shows that they know each other, Then a parent cannot tell from the report
    plain = found(kim_and_lotte, ("image_request", 2), ("threat_to_share", 4), steering="Kim")
    of_school = found(
        kim_and_lotte, ("image_request", 2), ("class_or_team_context", 3), ("threat_to_share", 4), steering="Kim"
    )
    told = [against(kim_and_lotte, scored, Audience.PARENT, "Lotte") for scored in (plain, of_school)]
    assert told[0] == told[1]
    assert told[0] == (known(Audience.PARENT), LEFT_OUT[Language.NL])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("child", ["Lotte", "Kim", None])
@pytest.mark.parametrize("level", [Level.ATTEND, Level.CONCERN, Level.URGENT])
def test_a_parent_is_told_that_something_is_left_out_and_never_that_there_is_nothing(
    kim_and_lotte, level, child, language
):
    scored = found(kim_and_lotte, ("image_request", 2), ("threat_to_share", 4), steering="Kim", level=level)
    said = against(kim_and_lotte, scored, Audience.PARENT, child, language)
    assert said[-1] == LEFT_OUT[language]
    assert NOTHING[language] not in said


@pytest.mark.parametrize("child", ["Kim", None])
def test_a_parent_who_may_not_know_who_steers_is_told_no_more_than_that(kim_and_lotte, kim_steers, child):
    assert against(kim_and_lotte, kim_steers, Audience.PARENT, child) == (LEFT_OUT[Language.NL],)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("audience", "child"), OTHERS)
def test_nobody_else_hears_that_something_is_left_out(kim_and_lotte, kim_steers, audience, child, language):
    said = against(kim_and_lotte, kim_steers, audience, child, language)
    assert LEFT_OUT[language] not in said
    assert said[0] == NOTHING[language]


@pytest.mark.parametrize("level", [Level.NONE, None])
@pytest.mark.parametrize(("audience", "child"), READERS)
def test_without_a_finding_there_is_nothing_to_argue_against(kim_and_lotte, level, audience, child):
    assert against(kim_and_lotte, found(kim_and_lotte, level=level), audience, child) == ()


def test_that_signs_stand_in_one_message_is_not_said_of_the_words_that_weigh_beside_them():
    conversation = chat(("Kim", "stuur eens een foto"), ("Lotte", "nee"))
    said = against(conversation, found(conversation, ("image_request", 0), steering="Kim"), Audience.PROFESSIONAL)
    assert "Alle signalen staan in één bericht." in said
