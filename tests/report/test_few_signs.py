"""Signs that are too few to warn: said, and never as if there were none, or as if all were well."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from made_by_hand import all_three, as_words, chat, found

from scherp.advice import Audience
from scherp.conversation import Level
from scherp.report.as_json import as_json
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.texts import Language

NOTHING = {Language.NL: "geen signalen", Language.EN: "no signs"}
A_FEW = {Language.NL: "een paar signalen, te weinig om te waarschuwen", Language.EN: "a few signs, too few to warn"}
ASKS_AGE = {Language.NL: "vraagt naar de leeftijd", Language.EN: "asks for the age"}


@pytest.fixture
def lunch():
    return chat(("Noor", "hoe oud ben jij?"), ("Lotte", "ik ben 13"), ("Noor", "zelfde"), ("Lotte", "tot morgen"))


@pytest.fixture
def asked_once(lunch):
    return found(lunch, ("age_question", 0), ("states_minor_age", 1), level=Level.NONE)


def told(conversation, scored, audience, language, child=None):
    return all_three(conversation, scored, View(audience, language, child))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("audience", [Audience.YOUNG_PERSON, Audience.PROFESSIONAL])
def test_a_few_signs_are_named_and_not_called_none(lunch, asked_once, audience, language):
    for output in told(lunch, asked_once, audience, language).values():
        assert A_FEW[language] in output
        assert ASKS_AGE[language] in output
        assert NOTHING[language] not in re.sub("I recognise no signs|herken ik geen signalen", "", output)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("child", [None, "Lotte", "Noor"])
def test_a_parent_hears_that_there_were_some_not_which_and_the_same_whoever_the_child_is(
    lunch, asked_once, child, language
):
    outputs = told(lunch, asked_once, Audience.PARENT, language, child)
    for output in outputs.values():
        assert A_FEW[language] in output
        assert ASKS_AGE[language] not in output
    report = as_json(explain(lunch, asked_once, View(Audience.PARENT, language, child)), lunch)
    assert report["signs"] == report["quotes"] == report["words"]["doing"] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("audience", Audience)
def test_nobody_is_said_to_steer_and_nothing_is_called_safe(lunch, asked_once, audience, language):
    report = as_json(explain(lunch, asked_once, View(audience, language)), lunch)
    assert report["words"]["who"] is None
    assert report["quotes"] == []
    word = f"{report['words']['level']} {report['words']['meaning']}"
    assert not re.search(r"\b(veilig|safe|onschuldig|harmless|gerust)\b", word)
    assert ("niet dat alles goed is" if language is Language.NL else "not mean that all is well") in word


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("audience", Audience)
def test_what_the_other_side_says_is_no_sign_of_steering(lunch, audience, language):
    scored = found(lunch, ("states_minor_age", 1), level=Level.NONE)
    scored = replace(scored, evidence=tuple(e._replace(strength=0) for e in scored.evidence))
    words = as_words(explain(lunch, scored, View(audience, language)))
    assert A_FEW[language] not in words


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("audience", Audience)
def test_that_there_were_none_is_said_once_after_the_level(lunch, audience, language):
    words = as_words(explain(lunch, found(lunch, level=Level.NONE), View(audience, language)))
    begin = "zie ik geen signalen" if language is Language.NL else "I see no signs"
    assert words.count(begin) == 1
    assert words.count("niet dat alles goed is" if language is Language.NL else "not mean that all is well") == 1
