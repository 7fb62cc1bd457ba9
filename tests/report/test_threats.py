"""A threat is never ordinary: what to do about it is said, however little else there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_by_hand import chat

from scherp.advice import Audience, words
from scherp.conversation import Level
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.scoring import score
from scherp.texts import Language

THREAT = (("Kim", "hoi"), ("Lotte", "hoi"), ("Kim", "als je niet antwoord stuur ik alles door naar je klas"))


@pytest.fixture(params=[Level.NONE, Level.ATTEND])
def explained(request):
    """The report of a short chat with one threat, as if it had been judged no higher than this."""
    conversation = chat(*THREAT)
    scored = replace(score(conversation), level=request.param)
    return explain(conversation, scored, View(Audience.YOUNG_PERSON, Language.NL))


def test_it_is_not_called_ordinary_nor_too_little_to_warn(explained):
    assert "nooit gewoon" in explained.meaning
    assert "gewone gesprekken" not in explained.meaning
    assert "te weinig om te waarschuwen" not in explained.level_word


def test_the_steps_for_who_is_threatened_are_given(explained):
    said = " ".join(words(key, Language.NL) for key in explained.advice.do_now)
    assert said.index("Betaal niet") < said.index("Bewaar")
    assert "Weet je zeker wie de ander is" not in said
    assert {"helpwanted", "zelfmoordpreventie"} <= {line.id for line in explained.advice.lines}


def test_without_a_threat_nothing_is_said_of_one():
    conversation = chat(("Kim", "hoi"), ("Lotte", "hoi"), ("Kim", "leest je moeder je appjes eigenlijk"))
    scored = replace(score(conversation), level=Level.ATTEND)
    explained = explain(conversation, scored, View(Audience.YOUNG_PERSON, Language.NL))
    assert "dreigen" not in explained.meaning
