"""Errors have one cause each: the first that holds, of readings made by hand; and the readings themselves."""

from __future__ import annotations

import pytest
from cases_by_hand import PUSHY, said

from scherp.evaluation.causes import (
    Late,
    Missed,
    Outcome,
    Read,
    Seen,
    Way,
    Wrong,
    WrongPerson,
    late,
    missed,
    wrong,
    wrong_person,
)
from scherp.evaluation.ways import read_in_every_way
from scherp.scoring.run import score_messages

QUIET = Outcome(says_from=4)
ASKS = (Seen(8, "image_request"),)


def alarm(at):
    return Outcome(says_from=4, attend_at=at, alarm_at=at)


def read(shipped, *, risky=True, shows=ASKS, **given):
    """A case that stays quiet in every other way but those given; not marked, unless `marked` is."""
    ways = {way: given.pop(way, QUIET) for way in Way if way in given or way not in {Way.SHIPPED, Way.MARKED}}
    return Read(risky, {Way.SHIPPED: shipped} | ways, shows, **given)


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (read(alarm(9)), None),
        (read(QUIET, risky=False), None),
        (read(Outcome(), marked=alarm(9)), Missed.CANNOT_SAY),
        (read(QUIET, marked=alarm(9), words_add=alarm(9)), Missed.PATTERNS),
        (read(QUIET, shows=(), words_add=alarm(9)), Missed.NO_SIGN),
        (read(QUIET, marked=QUIET, no_contexts=alarm(9), words_add=alarm(9)), Missed.CONTEXTS),
        (read(QUIET, no_fading=alarm(9)), Missed.FADING),
        (read(QUIET, words_add=alarm(9)), Missed.WORDS),
        (read(Outcome(says_from=4, attend_at=9), marked=QUIET), Missed.THRESHOLD),
        (read(QUIET, marked=QUIET), Missed.WEIGHTS),
    ],
)
def test_a_missed_conversation(case, cause):
    assert missed(case) is cause


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (read(alarm(9), request=10), None),
        (read(QUIET, request=10), None),
        (read(alarm(9)), None),
        (read(alarm(9), request=3, marked=alarm(2)), Late.EARLY),
        (read(Outcome(says_from=10, alarm_at=12), request=10), Late.CANNOT_SAY),
        (read(alarm(12), request=10, marked=alarm(9)), Late.PATTERNS),
        (read(alarm(12), request=8, words_add=alarm(7)), Late.NO_SIGN),
        (read(alarm(12), request=10, no_contexts=alarm(9)), Late.CONTEXTS),
        (read(alarm(12), request=10, no_fading=alarm(9)), Late.FADING),
        (read(alarm(12), request=10, marked=alarm(10), words_add=alarm(9)), Late.WORDS),
        (read(alarm(12), request=10, marked=alarm(10)), Late.AT_REQUEST),
        (read(alarm(10), request=10, marked=alarm(11)), Late.AT_REQUEST),
        (read(Outcome(says_from=4, attend_at=9, alarm_at=12), request=10), Late.THRESHOLD),
        (read(alarm(12), request=10, marked=alarm(11)), Late.WEIGHTS),
    ],
)
def test_a_late_alarm(case, cause):
    assert late(case) is cause


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (read(QUIET, risky=False), None),
        (read(alarm(9)), None),
        (read(alarm(7), risky=False, found=ASKS, marked=QUIET), Wrong.WORDS_ALONE),
        (read(alarm(9), risky=False, found=ASKS, marked=QUIET), Wrong.MISREAD),
        (read(alarm(9), risky=False, found=(Seen(8, "debt_claim"),), marked=alarm(9)), Wrong.ONE_STRONG),
        (read(alarm(9), risky=False, found=ASKS * 2, signs_alone=alarm(9)), Wrong.SIGNS),
        (read(alarm(9), risky=False, found=ASKS * 2, marked=alarm(9)), Wrong.HARD),
        (read(alarm(9), risky=False, found=ASKS * 2), Wrong.TOGETHER),
    ],
)
def test_a_false_alarm(case, cause):
    assert wrong(case) is cause


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (read(Outcome(steering="Noor")), None),
        (read(Outcome(steering="Kim"), steering="Kim"), None),
        (read(Outcome(by_signs="Kim"), steering="Kim"), WrongPerson.NOBODY),
        (read(Outcome(steering="Noor"), steering="Kim", marked=Outcome(steering="Kim")), WrongPerson.PATTERNS),
        (read(Outcome(steering="Noor", by_signs="Kim"), steering="Kim"), WrongPerson.WORDS),
        (read(Outcome(steering="Noor", by_words="Kim"), steering="Kim"), WrongPerson.SIGNS),
        (read(Outcome(steering="Noor"), steering="Kim", marked=Outcome(steering="Noor")), WrongPerson.BOTH),
    ],
)
def test_a_wrong_person(case, cause):
    assert wrong_person(case) is cause


def test_as_shipped_a_case_comes_out_as_the_terminal_would():
    messages = said(*PUSHY * 3)
    scored, found = score_messages(messages), read_in_every_way(messages, risky=True).shipped
    assert (found.alarm_at, found.peak, found.steering) == (scored.alarm_at, scored.risk, scored.steering)


def test_what_a_reader_marked_takes_the_place_of_what_was_found():
    # Given words that no pattern knows, and a reader who marks threats by Kim in them, and a fear of Noor's
    messages = said(*["hoi", "hey"] * 6)
    force = frozenset({"payment_demand", "threat_to_share"})
    marks = [force if m.author == "Kim" else frozenset({"fear_or_distress"}) for m in messages]
    # When it is read, Then only the reading as marked warns, and only Kim's signs of steering are shown
    found = read_in_every_way(messages, risky=True, marks=marks, steering="Kim")
    assert [way for way in found.ways if found.warns(way)] == [Way.MARKED]
    assert found.shows == tuple(Seen(number, sign) for number in range(0, 12, 2) for sign in sorted(force))
    assert missed(found) is Missed.PATTERNS


def test_without_marks_there_is_no_reading_as_marked():
    found = read_in_every_way(said(*PUSHY), risky=False)
    assert Way.MARKED not in found.ways
    assert found.shows == found.found
    assert [seen.sign for seen in found.found] == ["device_oversight_question", "secrecy_request", "image_request"]
