"""The learned words: one table, keyed by hash, summed in whole numbers."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scherp.conversation import Message
from scherp.scoring import START, packaged_model, step
from scherp.scoring.words import Weight, Words, key, packaged_words, packed, unpacked

weights = st.builds(Weight, st.integers(-4000, 4000), st.integers(-4000, 4000))
tables = st.dictionaries(st.integers(0, 2**32 - 1), weights, max_size=20)
MOST_BYTES = 8_000_000


@given(tables)
def test_what_is_packed_is_unpacked(table):
    assert unpacked(packed(table)) == table


@pytest.mark.parametrize("written", [b"", b"something else", packed({1: Weight(2, 3)})[:-1]])
def test_another_form_is_refused(written):
    with pytest.raises(ValueError, match="no table of learned words"):
        unpacked(written)


def test_a_message_weighs_what_its_words_and_pairs_of_words_weigh():
    words = Words({key("hoe"): Weight(10, 1), key("oud"): Weight(20, 2), key("hoe oud"): Weight(300, 30)})
    assert words.weigh(["hoe", "oud"]) == (330, 33)
    assert words.weigh(["oud", "hoe"]) == (30, 3)
    assert words.weigh([]) == (0, 0)


def test_words_that_nobody_taught_weigh_nothing():
    assert packaged_words().weigh(["zxqwv", "kjhgfd"]) == (0, 0)


def test_the_packaged_table_is_small_and_holds_no_words():
    written = (files("scherp.scoring") / "words.bin").read_bytes()
    assert len(written) < MOST_BYTES
    assert len(packaged_words()) > 1000
    assert b"hoe oud" not in written


def test_no_single_message_decides_by_its_words():
    model = packaged_model()
    talk = "hoe oud ben je schatje stuur eens een foto van jezelf kom naar mij toe alleen niemand hoeft het te weten"
    state, _ = step(START, Message(0, "Kim", None, f"{talk} {talk} {talk}"))
    assert 0 < state.speakers[0].words <= model.words_most


def test_what_others_say_never_adds_to_ones_own_words():
    state, _ = step(START, Message(0, "Kim", None, "stuur eens een foto schatje"))
    before = state.speakers[0]
    for number in range(1, 6):
        state, _ = step(state, Message(number, "Lotte", None, "nee ik moet huiswerk maken"))
    assert (state.speakers[0].words, state.speakers[0].ahead) == (before.words, before.ahead)
