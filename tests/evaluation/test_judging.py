"""Cases judged once: whole, in pieces, by the published rule, and as a stream."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases_by_hand import PUSHY, harmless_case, risky_case, said

from scherp.conversation import Level
from scherp.evaluation.figures import Miss
from scherp.evaluation.judging import judge, judge_all, stream, warnings_at
from scherp.evaluation.leaving_out import model_without
from scherp.evaluation.metrics import LAST, WINDOW, warned_at
from scherp.evaluation.registers import Register
from scherp.scoring import START, step
from scherp.scoring.run import score_messages

ALL_SIGNS = frozenset()


@pytest.fixture
def model():
    return model_without(ALL_SIGNS)


def test_a_risky_case_is_judged_as_the_terminal_would(model):
    case = risky_case()
    (judged,) = judge(case, model=model)
    scored = score_messages(case.messages)
    assert judged.trajectory == scored.trajectory
    assert (judged.alarm_at, judged.urgent_at) == (scored.alarm_at, scored.urgent_at)
    assert judged.steers is True


def test_nothing_that_is_judged_holds_a_text_or_a_name(model):
    text = repr([judge(case, model=model) for case in (risky_case(), harmless_case())])
    assert "Kim" not in text
    assert "moeder" not in text


def test_a_harmless_case_is_cut_in_pieces_of_150(model):
    judged = judge(harmless_case(count=306), model=model)
    assert [len(piece.trajectory) for piece in judged] == [150, 150, 6]


def test_lead_is_from_the_alarm_to_the_request_in_messages_and_hours(model):
    (judged,) = judge(risky_case(first_request=18), model=model)
    assert not judged.self_graded
    assert judged.lead.messages == 18 - judged.alarm_at
    assert judged.lead.hours == pytest.approx(judged.lead.messages / 6)


def test_where_nobody_marked_the_request_the_engine_does_and_that_is_said(model):
    (judged,) = judge(risky_case(), model=model)
    assert judged.self_graded
    assert judged.request_at == 10  # the first that asks for a picture


def test_what_went_wrong_has_a_cause(model):
    quiet = judge(harmless_case(count=20, source="h"), model=model)[0]
    assert quiet.error is None
    assert judge(replace(harmless_case(count=20), risky=True), model=model)[0].error == Miss.NOTHING_SHOWN
    assert judge(replace(harmless_case(count=2), risky=True), model=model)[0].error == Miss.CANNOT_SAY
    (loud,) = judge(replace(risky_case(), risky=False), model=model)
    assert loud.error in {"device_oversight_question", "secrecy_request", "image_request"}


def test_a_case_without_times_has_a_lead_without_hours(model):
    case = risky_case(first_request=18)
    messages = tuple(m._replace(time=None) for m in case.messages)
    object.__setattr__(case.conversation, "messages", messages)
    (judged,) = judge(case, model=model)
    assert judged.lead.hours is None


def decisions_as_written(messages):
    """The published rule, word for word and slowly: the last 50 messages, from a fresh state, at every message."""
    found = []
    for t in range(len(messages)):
        state, risk = START, None
        for message in messages[max(0, t + 1 - WINDOW) : t + 1]:
            state, risk = step(state, message)
        found.append(risk.now is not None and risk.now >= 0.5)
    return found


@pytest.mark.parametrize("quiet", [0, 60])
def test_warnings_are_those_of_the_rule_as_written(model, quiet):
    lines = ["hoi", "hey"] * (quiet // 2) + [line for ask in PUSHY * 8 for line in (ask, "nee", "ok")]
    messages = said(*lines)
    at = warnings_at(messages, model)
    assert at == warned_at(decisions_as_written(messages))
    assert at is not None


def test_a_short_flare_does_not_warn(model):
    assert warnings_at(said("hoi", "hey", "stuur eens een foto", "nee"), model) is None
    assert LAST == 10


def test_a_stream_starts_afresh_after_an_alarm(model):
    lines = [*PUSHY * 10]
    one_sided = [("a", message._replace(author="Kim")) for message in said(*lines)]
    count, alarms, sources = stream(one_sided, model, joined=True)
    assert (count, sources) == (30, 1)
    assert alarms > 1


def test_a_stream_that_is_not_joined_starts_afresh_at_each_source(model):
    first = score_messages(tuple(m._replace(author="Kim") for m in said(*PUSHY * 3))).levels
    alarm = next(n for n, level in enumerate(first) if level in {Level.CONCERN, Level.URGENT})
    half = said(*(PUSHY * 3)[:alarm])
    twice = [(source, m._replace(author="Kim")) for source in "ab" for m in half]
    assert stream(twice, model, joined=False)[1] == 0
    assert stream(twice, model, joined=True)[1] > 0


def test_two_processes_find_what_one_finds():
    cases = [risky_case(f"r{n}") for n in range(3)] + [harmless_case(f"h{n}") for n in range(3)]
    told = []
    one = judge_all(cases, processes=1, tick=told.append)
    assert told == [1, 2, 3, 4, 5, 6]
    assert judge_all([*cases, harmless_case("long", count=3000)], processes=2).cases[:6] == one.cases


def test_a_register_that_would_take_too_long_is_sampled_and_that_is_said(monkeypatch):
    monkeypatch.setattr("scherp.evaluation.judging.LATENCY_STEPS", 10_000)
    cases = [harmless_case(f"h{n}", count=150, register=Register.IRC) for n in range(6)]
    judgement = judge_all(cases, processes=1)
    assert judgement.sampled == {Register.IRC}
    assert [bool(judged.segments) for judged in judgement.cases] == [True, False, False, True, False, False]
