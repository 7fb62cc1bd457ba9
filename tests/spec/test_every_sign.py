"""Every sign is spec, test and documentation at once: its examples hold, in both languages."""

from __future__ import annotations

import pytest

from scherp.signs.index import make_index, packaged_index
from scherp.signs.known import FURTHEST
from scherp.signs.matcher import SEXUAL_TALK, Matcher
from scherp.signs.normaliser import abbreviations, normalise
from scherp.signs.pattern import holds
from scherp.signs.vocabulary import written_signs
from scherp.texts import Language

VOCABULARY = written_signs()
INDEX = make_index(VOCABULARY)
MATCHER = Matcher(INDEX)
WRITTEN = [sign for sign in VOCABULARY.values() if sign.id != SEXUAL_TALK]
SPOKEN = [pytest.param(sign, language, id=f"{sign.id}-{language}") for sign in WRITTEN for language in Language]


def shown(text: str) -> set[str]:
    return {MATCHER.ids[number] for number in MATCHER.find(text).signs}


@pytest.mark.parametrize(("sign", "language"), SPOKEN)
def test_its_examples_show_it(sign, language):
    missed = [text for text in sign.spoken[language].yes if sign.id not in shown(text)]
    assert missed == []


@pytest.mark.parametrize(("sign", "language"), SPOKEN)
def test_its_counter_examples_do_not(sign, language):
    wrong = [text for text in sign.spoken[language].no if sign.id in shown(text)]
    assert wrong == []


@pytest.mark.parametrize(("sign", "language"), SPOKEN)
def test_it_has_twelve_different_examples_of_each(sign, language):
    spoken = sign.spoken[language]
    assert len(set(map(str.lower, spoken.yes))) >= 12
    assert len(set(map(str.lower, spoken.no))) >= 12


@pytest.mark.parametrize(("sign", "language"), SPOKEN)
def test_its_patterns_are_written_as_messages_are_read(sign, language):
    spoken = sign.spoken[language]
    odd = {
        word
        for pattern in (*spoken.patterns, *spoken.unless)
        for word in pattern.words
        if word in abbreviations() or normalise(word, MATCHER.speller) != word
    }
    assert odd == set(), "write these out as the normaliser does"


@pytest.mark.parametrize(("sign", "language"), SPOKEN)
def test_every_pattern_is_shown_by_an_example(sign, language):
    read = [normalise(text, MATCHER.speller).split() for text in sign.spoken[language].yes]
    idle = [p.source for p in sign.spoken[language].patterns if not any(holds([p], words) for words in read)]
    assert idle == [], "add an example, or take the pattern out"


def test_the_packaged_index_is_made_from_these_files():
    assert packaged_index() == INDEX, "run: make signs"


def test_no_word_of_a_pattern_stands_further_from_its_rarest_word_than_is_looked():
    reaches = (abs(reach) for _, _, _, *row in INDEX["ways"] for reach in (*row[1::3], *row[2::3]))
    assert max(reaches) < FURTHEST


@pytest.mark.parametrize("sign", WRITTEN, ids=lambda sign: sign.id)
def test_it_says_what_it_is_after_a_name(sign):
    for language in Language:
        phrase = sign.what[language]
        assert phrase[0].islower() or phrase[0].isdigit()
        assert not phrase.endswith(".")
