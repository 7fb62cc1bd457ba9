"""The learned words: one table a language, keyed by hash, summed in whole numbers."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scherp.conversation import Message
from scherp.scoring import START, packaged_model, step
from scherp.scoring.words import MOST_DUTCH, NO_WORDS, Tables, Weight, Words, key, packaged_words, packed, unpacked

weights = st.builds(Weight, st.integers(-4000, 4000), st.integers(-4000, 4000))
keys = st.integers(0, 2**32 - 1)
table = st.dictionaries(keys, weights, max_size=20)
tables = st.builds(Tables, table, table, st.dictionaries(keys, st.sampled_from([-1, 1]), max_size=20))
MOST_BYTES = 8_000_000


def weighing(*, nl=(), en=(), dutch=()):
    """Words that weigh in Dutch, in English; and words of one language only."""
    return Words(Tables({key(w): v for w, v in nl}, {key(w): v for w, v in en}, {key(w): n for w, n in dutch}))


@given(tables)
def test_what_is_packed_is_unpacked(tables):
    assert unpacked(packed(tables)) == tables


@pytest.mark.parametrize(
    "written", [b"", b"something else", b"scherp words 1\n", packed(Tables({1: Weight(2, 3)}, {}, {}))[:-1]]
)
def test_another_form_is_refused(written):
    with pytest.raises(ValueError, match="no tables of learned words"):
        unpacked(written)


@given(tables, st.integers(1, 30))
def test_a_file_that_was_cut_off_or_grew_is_refused(tables, count):
    whole = packed(tables)
    for spoiled in (whole[:-count], whole + b"x" * count):
        with pytest.raises(ValueError, match="no tables of learned words"):
            unpacked(spoiled)


def test_a_message_weighs_what_its_words_and_pairs_of_words_weigh():
    words = weighing(nl=[("hoe", Weight(10, 1)), ("oud", Weight(20, 2)), ("hoe oud", Weight(300, 30))])
    assert words.weigh(["hoe", "oud"]) == (330, 33, 0)
    assert words.weigh(["oud", "hoe"]) == (30, 3, 0)
    assert words.weigh([]) == (0, 0, 0)


def test_a_word_of_two_languages_weighs_as_in_the_one_that_its_speaker_writes():
    words = weighing(
        nl=[("is", Weight(5, 0))], en=[("is", Weight(70, 0)), ("are", Weight(1, 0))], dutch=[("het", 1), ("are", -1)]
    )
    assert words.weigh(["is", "het"]) == (5, 0, 1)
    assert words.weigh(["are", "is"]) == (71, 0, -1)
    assert words.weigh(["is"], -1) == (70, 0, -1)
    assert words.weigh(["is"], 0) == (5, 0, 0)


def test_one_english_word_is_no_other_language_and_somebody_who_changes_is_followed():
    words = weighing(dutch=[("het", 1), ("omg", -1)])
    _, _, dutch = words.weigh(["het"] * 40)
    assert dutch == MOST_DUTCH
    _, _, dutch = words.weigh(["omg"], dutch)
    assert dutch == MOST_DUTCH - 1
    _, _, dutch = words.weigh(["omg"] * (MOST_DUTCH + 1), dutch)
    assert dutch < 0


@pytest.mark.parametrize(
    ("text", "english"), [("wat ga jij doen vanavond dan", False), ("what are you doing tonight then", True)]
)
def test_the_language_of_ordinary_talk_is_known(text, english):
    model = packaged_model()
    _, _, dutch = model.weigh(model.matcher.find(text))
    assert (dutch < 0) is english


def test_words_that_nobody_taught_weigh_nothing():
    assert packaged_words().weigh(["zxqwv", "kjhgfd"]) == (0, 0, 0)
    assert NO_WORDS.weigh(["stuur", "eens"]) == (0, 0, 0)


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
