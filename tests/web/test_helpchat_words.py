"""The words of the help chat: easy, kind, and promising nothing that cannot be kept."""

from __future__ import annotations

import re

import pytest

from easy_dutch import EASY, flesch_douma, long_words, sentences
from scherp.texts import Language, keys, say, spoken
from scherp.web.talks.opening import AgeBand, Tick

TABLES = [("helpchat", table) for table in spoken("helpchat", Language.NL)] + [("talk", "fixed")]
ALL = [key for key in keys() if key.startswith(("helpchat.", "talk."))]


def read(domain, table, language):
    said = (words.replace("{name}", "naam") for words in spoken(domain, language)[table].values())
    return " ".join(one if one[-1] in ".?!:" else f"{one}." for one in said)


@pytest.mark.parametrize(("domain", "table"), TABLES)
def test_dutch_is_easier_than_easy(domain, table):
    text = read(domain, table, Language.NL)
    assert flesch_douma(text) >= 80
    assert max(map(len, sentences(text))) <= 15
    assert sorted(set(long_words(text)) - EASY) == []


@pytest.mark.parametrize(("domain", "table"), TABLES)
def test_english_has_short_sentences(domain, table):
    said = [part.split() for part in re.split(r"[.?!:]+(?:\s|$)", read(domain, table, Language.EN)) if part.strip()]
    assert max(map(len, said)) <= 20


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_blamed_or_labelled_and_nothing_is_called_safe_or_anonymous(key, language):
    said = say(key, language).lower()
    forbidden = ("waarom heb je", "why did you", "slachtoffer", "victim", "eigen schuld", "your own fault")
    forbidden += ("anoniem", "anonymous", "helemaal veilig", "completely safe", "geheim blijft", "stays secret")
    assert not [words for words in forbidden if words in said]


def test_every_answer_has_its_words():
    for language in Language:
        assert [say(f"helpchat.age.{age}", language) for age in AgeBand]
        assert [say(f"helpchat.topic.{tick}", language) for tick in Tick if tick is not Tick.DANGER_NOW]
