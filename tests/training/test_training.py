"""Learning: what may weigh, that each source counts as meant, and that the numbers that ship are plain."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from scherp.evaluation.registers import Register, is_for_training
from scherp.scoring.words import key
from scherp.signs.vocabulary import Group
from scherp.texts import Language
from scherp.training import packing, said, whole
from scherp.training.contrasts import Table, dutch_or_english, learned
from scherp.training.grams import LEAST_OURS, LEAST_PEOPLE, chosen, grams, may_weigh
from scherp.training.levels import exceeded_by, worst
from scherp.training.said import Said, Source

CORPUS = Path(__file__).parents[2] / "corpus"
NL, EN = Language.NL, Language.EN


def said_by(people, words, source=Source.ADULT, lang=EN):
    return [Said(source, f"{source}-{n}", lang, words.split()) for n in range(people)]


def test_grams_are_words_and_two_in_a_row():
    assert grams(["hoe", "oud", "ben"]) == ["hoe", "oud", "ben", "hoe oud", "oud ben"]


def test_what_too_few_people_said_never_weighs():
    outside, _ = chosen([*said_by(LEAST_PEOPLE - 1, "rare handle"), *said_by(LEAST_PEOPLE, "common talk")])
    assert outside == {"common", "talk", "common talk"}


def test_one_person_saying_it_often_is_still_one_person():
    outside, _ = chosen([Said(Source.ADULT, "one", EN, ["handle"])] * 100)
    assert outside == frozenset()


def test_our_own_text_needs_several_conversations():
    _, ours = chosen([*said_by(LEAST_OURS, "stuur eens", Source.STEERS, NL), *said_by(1, "ooit", Source.STEERS, NL)])
    assert ours == {"stuur", "eens", "stuur eens"}


@pytest.mark.parametrize("gram", ["gay", "moslim", "marokkaanse jongen", "ben 14", "13"])
def test_who_somebody_is_and_numbers_never_weigh(gram):
    assert not may_weigh(gram)


def test_who_steers_weighs_more_than_who_does_not():
    rows = [
        *said_by(30, "are you alone"), *said_by(30, "my mom is home", Source.DECOY),
        *said_by(30, "see you at practice", Source.SMS),
    ]  # fmt: skip
    found = Table(rows).contrasts(EN)
    assert found.risk["alone"] > 0 > found.risk["practice"]
    assert found.steers["alone"] > 0 > found.steers["mom"]


def test_a_hundred_times_as_much_text_does_not_make_a_source_count_a_hundred_times():
    few, many = said_by(30, "see you", Source.SMS), said_by(3000, "see you", Source.SMS)
    one, other = (Table([*said_by(30, "are you"), *said_by(30, "i am", Source.DECOY), *sms]) for sms in (few, many))
    assert 4 * one.contrasts(EN).risk["see"] < other.contrasts(EN).risk["see"] < 0


def test_a_word_of_two_languages_is_learned_in_each_apart():
    rows = [
        *said_by(30, "we chat"), *said_by(30, "is fun", Source.SMS), *said_by(30, "what", Source.DECOY),
        *said_by(30, "is leuk", Source.STEERS, NL), *said_by(30, "we eten", Source.STEERED, NL),
    ]  # fmt: skip
    nl, en = (learned(rows).by_language[lang].risk for lang in (NL, EN))
    assert nl["is"] > 0 > nl["we"]
    assert en["we"] > 0 > en["is"]


def test_a_language_is_known_by_the_words_that_only_it_has():
    said = {EN: said_by(30, "is that you"), NL: said_by(30, "is dat jouw", Source.STEERS, NL)}
    weighed = ["is", "that", "you", "dat", "jouw"]
    assert dutch_or_english(said, weighed) == {"dat": 1, "jouw": 1, "that": -1, "you": -1}


def test_the_tables_that_ship_hold_hashes_and_whole_numbers():
    rows = [*said_by(30, "are you alone"), *said_by(30, "my mom is home", Source.DECOY)]
    tables = packing.tables(learned(rows))
    assert key("alone") in tables.en
    assert not tables.nl
    numbers = [number for weight in tables.en.values() for number in weight]
    assert all(isinstance(number, int) and abs(number) <= packing.MOST for number in numbers)


def test_the_same_data_give_the_same_weights():
    rows = [*said_by(30, "are you alone"), *said_by(30, "my mom is home", Source.DECOY)]
    assert packing.tables(learned(rows)) == packing.tables(learned(list(rows)))


def test_the_development_part_is_never_learned_from():
    trained = {one.person for one in said.ours(CORPUS)}
    assert trained == {written.id for written in said.training_part(CORPUS)}
    assert all(written.split == "train" for written in said.training_part(CORPUS))


@pytest.fixture
def collections(tmp_path):
    """Two tiny collections in the shared form, written here."""
    sides = {"adult": ["hi", "how old"], "decoy": ["13"]}
    lines = [{"person": "p", "role": role, "lines": told} for role, told in sides.items()]
    chats = [{"id": f"c{n}", "messages": [{"author": "a", "text": "see you"}]} for n in range(40)]
    for name, rows in ((said.LINES, lines), *((name, chats) for name in said.HARMLESS.values())):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_only_half_of_a_harmless_collection_is_learned_from(collections):
    used = {one.person for one in said.outside(collections) if one.source is Source.SMS}
    assert used == {f"c{n}" for n in range(40) if is_for_training(f"c{n}")}
    assert 5 < len(used) < 35


def test_the_two_sides_of_a_person_are_dealt_in_their_own_order(collections):
    [(person, lines)] = said.interleaved(collections)
    assert person == "p"
    assert [line for role, line in lines if role == "adult"] == ["hi", "how old"]


def test_what_is_learned_of_whole_conversations_is_never_below_nothing():
    risky = whole.Whole(Register.CHATS, "a", (), "x")
    harmless = whole.Whole(Register.SMS, "b", (), None)
    rows = [(risky, [whole.Seen("x", 5.0, (0.0,) * 7)]), (harmless, [whole.Seen("y", 0.5, (3.0,) * 7)])] * 20
    found = whole.joined(rows)
    assert min(found.groups.values()) >= 0
    assert found.groups[Group.FORCING] >= whole.LEAST[Group.FORCING]
    assert found.probability(8000) > 0.5 > found.probability(0)


def test_the_tail_of_harmless_evidence_is_read_from_many_and_not_from_the_one_largest():
    peaks = [*range(100), 100_000]
    assert 99 < exceeded_by(peaks, 0.005) < 100_000
    assert exceeded_by(peaks, 0.001) > exceeded_by(peaks, 0.005)


def test_the_worst_register_sets_the_level_and_a_tiny_one_does_not():
    peaks = {Register.SMS: range(100), Register.IRC: range(50), Register.ROOMS: [10**6] * 3}
    assert worst(peaks, peaks, 0.005) == exceeded_by(range(100), 0.005)
