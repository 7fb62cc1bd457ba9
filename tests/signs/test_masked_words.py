"""Words that are never shown, and words that only look like it."""

from __future__ import annotations

import pytest

from scherp.signs.matcher import SEXUAL_TALK, matcher


@pytest.mark.parametrize("word", ["beurt", "muts", "gat", "schatje", "xxx", "matje", "anita", "hol"])
def test_a_word_that_mostly_means_something_else_is_shown_and_is_no_sexual_talk(word):
    found = matcher().find(f"het is jouw {word}")
    assert SEXUAL_TALK not in {matcher().ids[sign] for sign in found.signs}
    assert matcher().masked(f"het is jouw {word}") == []
