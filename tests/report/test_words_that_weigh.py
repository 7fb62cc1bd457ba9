"""What a report says where learned words weigh: in which messages, and never of strong signs that are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scherp.advice import Audience
from scherp.conversation import Conversation, Level, Message
from scherp.report.as_json import as_json
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.scoring import packaged_model, score
from scherp.texts import Language

TALK = ["hoe oud ben je schatje", "ben je alleen thuis", "stuur eens een foto van jezelf", "ik vind je echt mooi"]


@pytest.fixture
def chat():
    lines = [(("Kim", TALK[n // 2 % 4]) if n % 2 else ("Lotte", "ik moet nog huiswerk maken")) for n in range(16)]
    return Conversation("chat", "test", tuple(Message(n, who, None, text) for n, (who, text) in enumerate(lines)))


def explained(chat, audience=Audience.PROFESSIONAL, child=None, **changed):
    scored = replace(score(chat), **changed)
    return explain(chat, scored, View(audience, Language.EN, child))


def test_the_messages_whose_words_weigh_most_are_named(chat):
    said = explained(chat).manner
    assert said is not None
    assert "Kim" in said
    model = packaged_model()
    for number in (int(n) for n in said.partition("In message ")[2].partition(", Kim")[0].split(", ")):
        assert chat.messages[number - 1].author == "Kim"
        assert model.weigh(model.matcher.find(chat.messages[number - 1].text))[0] >= 500


def test_a_parent_is_not_pointed_at_a_message(chat):
    assert explained(chat, Audience.PARENT, child="Lotte").manner is None


def test_nothing_is_said_of_words_where_nobody_is_named(chat):
    assert explained(chat, steering=None).manner is None


@pytest.mark.parametrize("level", [Level.CONCERN, Level.URGENT])
def test_without_a_strong_sign_none_is_spoken_of(chat, level):
    scored = score(chat)
    strong = explained(chat, level=level).meaning
    weak = explained(chat, level=level, evidence=tuple(e for e in scored.evidence if e.sign == "age_question")).meaning
    assert strong != weak
    assert "strong signs of force" not in weak


def test_of_force_is_only_spoken_where_somebody_forces(chat):
    scored = score(chat)
    asked = tuple(e for e in scored.evidence if e.sign == "image_request")
    assert asked
    assert "force" not in explained(chat, level=Level.URGENT, evidence=asked).meaning
    forced = tuple(replace(e, sign="threat_to_share") for e in asked)
    assert "force" in explained(chat, level=Level.URGENT, evidence=forced).meaning


def test_programs_get_it_too(chat):
    assert as_json(explained(chat), chat)["words"]["manner"]
