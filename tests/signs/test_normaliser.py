"""How a message is read: nothing hides a word, and reading twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scherp.signs.matcher import matcher
from scherp.signs.normaliser import abbreviations, folding, normalise, words

CHATTY = st.text(
    alphabet=st.sampled_from("abcdefghijklmnoprstuvwz aeiou 0134578 ?!.,'@$*-_\u200b\u200eéèöаеоßİſ📷🤫👻\n"),
    max_size=60,
)


def read(text: str) -> str:
    return normalise(text, matcher().speller)


@given(st.text(max_size=80) | CHATTY)
@example("14j k l")
@example("6wn")
@example("ffff")
@example("İI ſ ß")
@example("s n a p")
def test_reading_twice_changes_nothing(text):
    once = read(text)
    assert read(once) == once


@given(st.text(max_size=80) | CHATTY)
def test_only_plain_letters_digits_and_question_marks_are_left(text):
    assert set(read(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789? ")


@given(st.text(max_size=80) | CHATTY)
@example("[explicit] stuur een f0t0")
@example("a\u0301b c@t $nap")
def test_the_words_with_their_places_are_the_words_without(text):
    placed = words(text, matcher().speller)
    assert " ".join(word.text for word in placed) == read(text)
    assert all(0 <= word.start < word.end <= len(text) for word in placed)
    assert [w.start for w in placed] == sorted(w.start for w in placed)


def test_a_word_keeps_its_place_in_the_original():
    text = "ja… stuur eens een F\u200b0T0 van jezelf"
    foto = next(word for word in words(text, matcher().speller) if word.text == "foto")
    assert text[foto.start : foto.end] == "F\u200b0T0"


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("f0t0", "foto"),
        ("FOTOOOO", "foto"),
        ("fötó", "foto"),
        ("f\u200bo\u200dt\u2060o", "foto"),
        ("fоtо", "foto"),  # Cyrillic o
        ("𝓯𝓸𝓽𝓸", "foto"),
        ("ｆｏｔｏ", "foto"),
        ("om 14u", "om 14 uur"),
        ("4u of 8u30", "4 uur of 8 uur 30"),
        ("echt ?:?", "echt ?"),
        ("s n a p", "snap"),
        ("s.n.a.p", "snap"),
        ("s-n-a-p", "snap"),
        ("$nap", "snap"),
        ("sn@p", "snap"),
        ("👻", "snap"),
        ("📷", "foto"),
        ("gwn", "gewoon"),
        ("wrm", "waarom"),
        ("ftje", "foto"),
        ("ff", "even"),
        ("14jr", "14 jaar"),
        ("klas2", "klas 2"),
        ("€50", "euro 50"),
        ("what's ur pw", "what is your password"),
    ],
)
def test_what_hides_a_word_does_not(written, is_read):
    assert read(written) == is_read


@pytest.mark.parametrize("mark", ["[explicit]", "[url]", "[email]", "[number]", "[EXPLICIT]"])
def test_marks_of_taken_out_text_are_not_read(mark):
    assert read(f"kijk {mark} eens") == "kijk eens"


def test_ordinary_words_and_numbers_stay_as_they_are():
    text = "morgen om 14 uur training en daarna naar oma in 2 auto s"
    assert read(text) == text


def test_no_abbreviation_stands_for_another():
    short = set(abbreviations())
    assert [key for key, full in abbreviations().items() if short & set(full)] == []


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_for_plain_text_reads_the_same(text):
    assert text.lower().replace("'", "").replace("`", "") == text.translate(folding())


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("s t u u r f o t o", "stuur foto"),
        ("r u a girl", "are you a girl"),
        ("x q z w", "x q z w"),
        ("p l a n a of b", "plan a of b"),
    ],
)
def test_letters_apart_are_joined_where_they_make_words(written, is_read):
    assert read(written) == is_read
