"""The list of long words that everybody knows holds no word that nothing uses."""

from __future__ import annotations

from easy_dutch import EASY, long_words
from scherp.advice import Audience, words
from scherp.texts import Language, keys, say
from scherp.web.guidance.pages import pages


def test_the_list_holds_no_word_that_is_not_used():
    readers = [f"advice.{audience}." for audience in (Audience.YOUNG_PERSON, Audience.PARENT)]
    said = [words(key, Language.NL) for key in keys() if key.startswith(tuple(readers))]
    said += [say(key, Language.NL) for key in keys() if key.startswith(("helpchat.", "talk."))]
    said += [f"{page.title} {page.summary} {page.body}" for page in pages().values() if page.language is Language.NL]
    assert sorted(EASY - {word for text in said for word in long_words(text)}) == []
