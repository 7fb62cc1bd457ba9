"""What is quoted: the strongest first, and the same words of the same person once."""

from __future__ import annotations

import pytest
from made_by_hand import as_words, chat, found

from scherp.advice import Audience
from scherp.report.as_html import as_html
from scherp.report.as_json import as_json
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.texts import Language

NAGGING = "stuur nou eens een foto"


@pytest.fixture
def nagging():
    return chat(
        ("Kim", NAGGING), ("Lotte", "nee"), ("Kim", "Stuur  nou eens een FOTO"), ("Lotte", NAGGING),
        ("Kim", NAGGING), ("Kim", "stuur nou eens twee foto's"),
    )  # fmt: skip


def explained(conversation, *shown, language=Language.NL, audience=Audience.PROFESSIONAL, child=None):
    scored = found(conversation, *shown, steering="Kim")
    return explain(conversation, scored, View(audience, language, child))


def for_signs(explanation):
    return [quote for quote in explanation.quotes if len(quote.why) > 1 or "lijken op" not in quote.why[0]]


@pytest.mark.parametrize(("language", "three"), [(Language.NL, "(3 keer)"), (Language.EN, "(3 times)")])
def test_the_same_words_for_the_same_sign_are_quoted_once_and_counted(nagging, language, three):
    asked = [("image_request", number) for number in (0, 2, 4, 5)]
    explanation = explained(nagging, *asked, language=language)
    shown = {quote.number: quote.times for quote in explanation.quotes}
    assert (shown[1], shown[6]) == (3, 1)
    head = next(row for row in as_words(explanation).splitlines() if row.startswith(("bericht 1 ", "message 1 ")))
    assert head.endswith(f"Kim {three}")
    assert three in as_html(explanation)
    assert as_json(explanation, nagging)["quotes"][0]["times"] == 3


def test_what_another_says_or_what_shows_another_sign_is_not_counted_along(nagging):
    # Given that Lotte said it too, and that once it showed something else besides
    asked = [("image_request", 0), ("image_request", 3), ("image_request", 4), ("guilt_or_pressure", 4)]
    shown = {quote.number: quote.times for quote in for_signs(explained(nagging, *asked))}
    assert shown == {1: 1, 5: 1}


def test_only_what_is_not_shown_is_counted_as_not_shown():
    # Given one thing said twenty times and nine other things
    rows = [("Kim", NAGGING)] * 20 + [("Kim", f"stuur foto {n} van jou") for n in "abcdefghi"]
    explanation = explained(chat(*rows), *(("image_request", n) for n in range(len(rows))))
    shown = sum(quote.times for quote in for_signs(explanation))
    assert shown == 27
    assert explanation.quotes_note == "Berichten met signalen die hier niet staan: 2."


def test_a_parent_gets_no_repeat_of_the_childs_counted(nagging):
    asked = [("image_request", number) for number in (0, 2, 3, 4)]
    explanation = explained(nagging, *asked, audience=Audience.PARENT, child="Lotte")
    assert {quote.number: quote.times for quote in for_signs(explanation)} == {1: 3}
