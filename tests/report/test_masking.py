"""Sexual vocabulary is never shown. The real words are known by their hashes only, so an invented one stands in."""

from __future__ import annotations

import hashlib

import pytest
from made_by_hand import all_three, chat, found

from scherp.advice import Audience
from scherp.report.view import View
from scherp.signs import known
from scherp.texts import Language, say

WORD = "flurbelwok"


@pytest.fixture(autouse=True)
def one_masked_word(monkeypatch):
    hashes = frozenset({hashlib.blake2b(WORD.encode(), digest_size=6).hexdigest()})
    monkeypatch.setattr(known, "_masked_hashes", lambda: hashes)
    known.is_masked.cache_clear()
    yield
    known.is_masked.cache_clear()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("audience", "child"), [(a, "Lotte" if a is Audience.PARENT else None) for a in Audience])
@pytest.mark.parametrize(
    "text",
    [
        f"stuur eens een foto van je {WORD} nu",
        f"{WORD.upper()}! stuur eens een foto",
        f"stuur eens een foto {WORD} {WORD}",
        "stuur eens een foto van je flürbelwök",
        f"{'haha ' * 60} stuur eens een foto van je {WORD} {'haha ' * 60}",
        WORD,
    ],
)
def test_a_masked_word_is_in_no_quote(language, audience, child, text):
    conversation = chat(("Kim", text), ("Lotte", "nee"))
    scored = found(conversation, ("image_request", 0), ("sexual_talk", 0), steering="Kim")
    told = all_three(conversation, scored, View(audience, language, child))
    for place, output in told.items():
        assert "flurbel" not in output.lower(), place
        assert "flürbel" not in output.lower(), place
        assert say("report.masked", language) in output, place


def test_without_a_masked_word_nothing_is_hidden():
    conversation = chat(("Kim", "stuur eens een foto"), ("Lotte", "nee"))
    scored = found(conversation, ("image_request", 0), steering="Kim")
    for output in all_three(conversation, scored, View(Audience.YOUNG_PERSON, Language.NL)).values():
        assert "stuur eens een foto" in output
        assert say("report.masked", Language.NL) not in output
