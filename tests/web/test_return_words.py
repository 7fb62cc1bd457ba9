"""The words of a return code: easy to write down, hard to mix up, and dull to whoever finds the note."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from string import ascii_lowercase

import pytest

LINES = files("scherp.web.talks").joinpath("return_words_nl.txt").read_text(encoding="ascii").splitlines()
WORDS = frozenset(LINES)

# Somebody else may find the note. None of this may be read in it, not even inside a longer word.
FORBIDDEN_ANYWHERE = (
    *("wapen", "geweer", "pistool", "moord", "vecht", "schiet", "bloed", "dood", "sterf"),
    *("seks", "naakt", "bloot", "borst", "mager", "drugs", "wiet", "alcohol"),
    *("koorts", "griep", "kanker", "dokter", "kerk", "bijbel", "moskee", "duivel"),
    *("blank", "zwart", "neger", "jood", "politie", "agent", "dief", "gevang"),
    *("mama", "broer", "zus", "tante", "neef", "nicht", "moeder", "vader", "baby"),
    *("thuis", "school", "leraar", "telefoon", "mobiel", "bericht", "hulp", "geheim", "bang", "angst"),
    *("foto", "camera", "film", "video", "geld", "euro", "prijs", "cadeau", "geschenk"),
)
# These are also part of harmless words (graf in grafiek, help in schelp), so only the whole word is refused.
FORBIDDEN_WHOLE = frozenset(
    "app bed bel bier chat cent code dik dom engel film god graf help hoer homo kamer kind kist klas kus lichaam"
    " lijk meisje mes munt nood oma oom opa ouder papa pijn pil ras slaap stem vet vuist wijn ziek".split()
)
ENDINGS_OF_ONE_NOUN = ("en", "n", "s", "je", "tje", "pje", "etje")


def one_typing_error(word: str) -> set[str]:
    """Return all that WORD becomes by one letter too few, too many, wrong, or swapped with the next."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    fewer = {left + right[1:] for left, right in cuts}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    more = {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    return (fewer | swapped | wrong | more) - {word}


def sound(word: str) -> str:
    """Return WORD as it is heard, so that two words which sound the same become one."""
    heard = word
    for written, said in (
        ("ij", "ei"),
        ("ou", "au"),
        ("auw", "au"),
        ("ch", "g"),
        ("th", "t"),
        ("ph", "f"),
        ("ie", "i"),
    ):
        heard = heard.replace(written, said)
    heard = heard.translate(str.maketrans("cyzv", "kisf"))
    return re.sub(r"d$", "t", re.sub(r"(.)\1", r"\1", heard))


def stems(word: str) -> set[str]:
    """Return what WORD may be the plural or the small form of: bomen of boom, duiven of duif, tasje of tas."""
    bare = {word.removesuffix(ending) for ending in ENDINGS_OF_ONE_NOUN if word.endswith(ending)}
    single = {re.sub(r"(.)\1$", r"\1", stem) for stem in bare}
    long = {re.sub(r"([aeou])([^aeiou])$", r"\1\1\2", stem) for stem in bare}
    hard = {re.sub(r"z$", "s", re.sub(r"v$", "f", stem)) for stem in bare | long}
    return bare | single | long | hard


def test_there_are_2048_words_so_that_four_of_them_hold_44_bits():
    assert len(LINES) == 2048


def test_no_word_is_there_twice_and_all_stand_in_order():
    assert sorted(WORDS) == LINES


def test_a_word_is_three_to_nine_plain_small_letters():
    assert [word for word in LINES if not re.fullmatch(r"[a-z]{3,9}", word)] == []


def test_one_typing_error_never_turns_a_word_into_another_word():
    assert {word: found for word in LINES if (found := one_typing_error(word) & WORDS)} == {}


def test_no_two_words_sound_the_same():
    assert len({sound(word) for word in LINES}) == len(LINES)


def test_no_word_is_the_beginning_of_another():
    assert [pair for pair in pairwise(LINES) if pair[1].startswith(pair[0])] == []


def test_no_word_is_the_plural_or_the_small_form_of_another():
    assert {word: found for word in LINES if (found := stems(word) & WORDS - {word})} == {}


def test_whoever_finds_the_note_reads_nothing_about_what_happened():
    assert [word for word in LINES if any(stem in word for stem in FORBIDDEN_ANYWHERE)] == []
    assert sorted(WORDS & FORBIDDEN_WHOLE) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tlup", ["tulp"]), ("kanno", ["kano"]), ("wlk", ["wolk"]), ("fietz", ["fiets"]), ("bloom", ["bloem", "boom"])],
)
def test_a_typing_error_leads_back_to_the_words_that_may_be_meant(typed, meant):
    assert [word for word in LINES if typed in one_typing_error(word)] == meant


def test_a_typing_error_leads_back_to_one_word_98_times_in_100():
    typed = Counter(error for word in LINES for error in one_typing_error(word))
    assert sum(1 for words in typed.values() if words == 1) > 0.98 * typed.total()


@pytest.mark.parametrize(("one", "other"), [("leiden", "lijden"), ("rauw", "rouw"), ("lied", "liet"), ("lach", "lag")])
def test_words_that_sound_the_same_would_be_found(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("plural", "noun"), [("bomen", "boom"), ("duiven", "duif"), ("ballen", "bal"), ("tasje", "tas")]
)
def test_a_plural_or_a_small_form_would_be_found(plural, noun):
    assert noun in stems(plural)
