"""Dutch for young people and parents is easy: short sentences, short words, and no long word nobody knows."""

from __future__ import annotations

import re

import pytest

from easy_dutch import EASY, flesch_douma, long_words, sentences, syllables
from scherp.advice import Audience, lines, words
from scherp.texts import Language, keys

READERS = [f"advice.{audience}." for audience in (Audience.YOUNG_PERSON, Audience.PARENT)]
TEXTS = [key for key in keys() if key.startswith(tuple(READERS))]
A2 = [
    f"advice.young-person.{name}"
    for name in (
        "not_your_fault", "safe_now", "pay_nothing", "already_sent", "keep_first", "block_after", "no_copies",
        "helpwanted", "child_focus", "thinking_of_death", "thinking_of_death_be", "danger_now", "hurt_now",
    )
]  # fmt: skip


def dutch(key: str) -> str:
    return words(key, Language.NL)


# the measure itself


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("chat", 1), ("geen", 1), ("schuld", 1), ("meer", 1), ("iets", 1), ("nieuw", 1), ("kwijt", 1),
        ("jouw", 1), ("moeite", 2), ("foto's", 2), ("berichten", 3), ("wachtwoorden", 3), ("account", 2),
        ("video", 3), ("idee", 2), ("beëindigen", 4), ("signalen", 3), ("verantwoordelijkheid", 6), ("tv", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_groups_of_vowels(word, count):
    assert syllables(word) == count


def test_the_formula_is_that_of_douma():
    # Given eight words of one syllable in two sentences: 206.84 - 0.77 x 100 - 0.93 x 4
    assert flesch_douma("Bel de man nu. Kom niet meer thuis.") == pytest.approx(126.12)


def test_a_letter_from_an_office_does_not_pass():
    office = (
        "Ingevolge de vigerende wettelijke bepalingen dient u onverwijld contact op te nemen met de bevoegde "
        "autoriteiten teneinde aangifte te doen van de onrechtmatige verspreiding van beeldmateriaal."
    )
    assert flesch_douma(office) < 30
    assert not set(long_words(office)) <= EASY


# our texts


@pytest.mark.parametrize("key", TEXTS)
def test_each_text_is_easy(key):
    assert flesch_douma(dutch(key)) >= 65


@pytest.mark.parametrize("reader", READERS)
def test_all_that_one_reader_can_be_told_is_very_easy(reader):
    assert flesch_douma(" ".join(dutch(key) for key in TEXTS if key.startswith(reader))) >= 90


@pytest.mark.parametrize("key", TEXTS)
def test_no_sentence_is_long(key):
    assert max(map(len, sentences(dutch(key)))) <= 15


@pytest.mark.parametrize("key", A2)
def test_the_steps_for_somebody_under_threat_are_the_easiest(key):
    assert flesch_douma(dutch(key)) >= 80
    assert max(map(len, sentences(dutch(key)))) <= 11


@pytest.mark.parametrize("key", TEXTS)
def test_long_words_are_words_that_everybody_knows(key):
    assert sorted(set(long_words(dutch(key))) - EASY) == []


@pytest.mark.parametrize(
    "entry", [entry for entry in lines().values() if entry.audiences != {Audience.PROFESSIONAL}], ids=lambda e: e.id
)
def test_a_line_says_in_easy_words_for_whom_it_is(entry):
    assert flesch_douma(entry.for_whom[Language.NL]) >= 65


@pytest.mark.parametrize("key", TEXTS)
def test_english_is_as_short_as_dutch(key):
    said = [part.split() for part in re.split(r"[.?!]+(?:\s|$)", words(key, Language.EN)) if part.strip()]
    assert max(map(len, said)) <= 17
