"""What a report says where learned words weigh: in which messages, and never of strong signs that are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scherp.advice import Audience
from scherp.conversation import Conversation, Evidence, Level, Message
from scherp.report.as_json import as_json
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.scoring import packaged_model, score
from scherp.texts import Language

TALK = ["hoe oud ben je schatje", "voor jou doe ik alles", "stuur eens een foto van jezelf", "ben je alleen thuis"]
SOUNDS = "its words are like those of somebody who steers another"


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


def test_three_of_them_are_quoted_with_the_reason(chat):
    said = explained(chat, evidence=())
    assert len(said.quotes) == 3
    for quote in said.quotes:
        assert quote.who == "Kim"
        assert quote.why == (SOUNDS,)
        assert f"{quote.number}" in said.manner


def test_one_that_is_quoted_for_its_signs_gets_the_reason_too_and_is_not_quoted_twice(chat):
    numbers = [quote.number for quote in explained(chat).quotes]
    assert len(numbers) == len(set(numbers))
    assert any(SOUNDS in quote.why and len(quote.why) > 1 for quote in explained(chat).quotes)


def test_one_quoted_for_its_words_says_its_signs_too(chat):
    # Given more messages with signs than are quoted, and one of little weight that sounds like it
    rows = [Message(n, "Kim", None, f"bericht {n}") for n in range(9)]
    heavy = chat.messages[9]._replace(number=9)
    evidence = tuple(Evidence("image_request", n, "Kim", 1000) for n in range(9))
    evidence += (Evidence("age_question", 9, "Kim", 1),)
    said = explained(replace(chat, messages=(*rows, heavy)), steering="Kim", level=Level.CONCERN, evidence=evidence)
    assert said.quotes[-1].number == 10
    assert said.quotes[-1].why == ("asks for the age or the school year", SOUNDS)
    assert said.quotes_note == "Messages with signs that are not shown here: 1."


def test_messages_with_signs_are_quoted_first(chat):
    # Given a sign in the last message only, Then it comes before those that merely sound like it
    last = chat.messages[-1]
    said = explained(chat, evidence=(Evidence("image_request", last.number, "Kim", 1000),))
    numbers = [quote.number for quote in said.quotes]
    assert len(numbers) > 1
    assert numbers[0] == last.number + 1
    assert numbers[1:] == sorted(numbers[1:])


def test_a_parent_who_does_not_say_who_the_child_is_gets_none(chat):
    said = explained(chat, Audience.PARENT)
    assert said.manner is None
    assert said.quotes == ()


def test_a_parent_never_gets_those_of_the_child(chat):
    # Given that the one who sounds like it is the child
    said = explained(chat, Audience.PARENT, child="Kim")
    assert said.manner is None
    assert said.quotes == ()


def test_a_parent_gets_those_of_the_other_only(chat):
    said = explained(chat, Audience.PARENT, child="Lotte", evidence=())
    assert said.manner is not None
    assert {quote.who for quote in said.quotes} == {"Kim"}


def test_a_parent_gets_none_that_speaks_of_orientation_or_shows_what_is_withheld(chat):
    # Given a conversation in which each message of Kim's weighs and may not be read by a parent
    rows = tuple(m._replace(text=f"{m.text}, val je op jongens") if m.author == "Kim" else m for m in chat.messages)
    about = replace(chat, messages=rows)
    told = tuple(Evidence("outing_threat", m.number, "Kim", 1000) for m in chat.messages if m.author == "Kim")
    for conversation, evidence in ((about, ()), (chat, told)):
        said = explained(conversation, Audience.PARENT, child="Lotte", steering="Kim", evidence=evidence)
        assert said.manner is None
        assert said.quotes == ()
        assert explained(conversation, steering="Kim", evidence=evidence).manner is not None


def test_nothing_is_quoted_for_its_words_below_a_finding(chat):
    said = explained(chat, level=Level.NONE)
    assert said.manner is None
    assert said.quotes == ()


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
    forced = tuple(e._replace(sign="threat_to_share") for e in asked)
    assert "force" in explained(chat, level=Level.URGENT, evidence=forced).meaning


def test_programs_get_it_too(chat):
    assert as_json(explained(chat), chat)["words"]["manner"]
