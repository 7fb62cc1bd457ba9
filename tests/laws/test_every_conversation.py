"""The laws of `step`, on conversations that nobody wrote: they hold for every order, speaker and sign."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scherp.conversation import Kind, Level, Message
from scherp.scoring import START, packaged_model, step
from scherp.scoring.run import score_messages
from scherp.scoring.state import MOST_SPEAKERS, TAIL_CHARACTERS
from scherp.scoring.step import evidence_of
from scherp.signs.matcher import SEXUAL_TALK
from scherp.signs.vocabulary import Group, signs

STEERING = [
    s for s in signs().values() if s.group not in (Group.OTHER_SIDE, Group.SAFE_CONTEXT) and s.id != SEXUAL_TALK
]
CONTEXT = [s for s in signs().values() if s.group is Group.SAFE_CONTEXT]
SAYINGS = [text for s in signs().values() for spoken in s.spoken.values() for text in spoken.yes]
ORDINARY = ["ok", "haha ja", "hoe was gym?", "morgen toets", "lol", "nee joh", "see you at practice", "", "😂😂"]
NAMES = ["Lotte", "Kim", "Sem", "Noor"]
BEGIN = datetime(2024, 3, 13, 15, 0, tzinfo=UTC)

texts = st.sampled_from(ORDINARY) | st.sampled_from(SAYINGS)
kinds = st.sampled_from([Kind.TEXT] * 8 + [Kind.IMAGE, Kind.DELETED, Kind.SYSTEM])


@st.composite
def conversations(draw, names=(*NAMES, None), most=40, timed=None):
    rows = draw(st.lists(st.tuples(st.sampled_from(names), texts, st.integers(-5, 600), kinds), max_size=most))
    has_times = draw(st.booleans()) if timed is None else timed
    now, messages = BEGIN, []
    for number, (author, text, minutes, kind) in enumerate(rows):
        now += timedelta(minutes=minutes)
        name = None if kind is Kind.SYSTEM else author
        messages.append(Message(number, name, now if has_times else None, text, kind))
    return messages


def states(messages):
    state, seen = START, []
    for message in messages:
        state, risk = step(state, message)
        seen.append((state, risk))
    return seen


@given(conversations())
def test_risk_is_none_exactly_when_the_level_is(messages):
    for _, risk in states(messages):
        assert (risk.peak is None) == (risk.level is None)
        assert risk.steering is None or risk.level is not Level.NONE
        assert risk.now is None or 0 <= risk.now <= risk.peak <= 1


@given(conversations())
def test_the_peak_and_the_level_never_fall(messages):
    peaks = [-1.0 if risk.peak is None else risk.peak for _, risk in states(messages)]
    levels = [-1 if risk.level is None else risk.level.rank for _, risk in states(messages)]
    assert peaks == sorted(peaks)
    assert levels == sorted(levels)


@given(conversations(), st.sampled_from(STEERING), st.sampled_from(NAMES))
def test_adding_a_sign_of_steering_never_lowers_the_evidence_of_that_step(messages, sign, name):
    # Given a history, When a message says a thing, or the same thing and a sign of steering
    state = states(messages)[-1][0] if messages else START
    saying = sign.spoken["nl"].yes[0]
    number = len(messages)
    plain, _ = step(state, Message(number, name, None, "morgen toets"))
    steered, _ = step(state, Message(number, name, None, f"morgen toets\n{saying}"))
    # Then there is never less evidence
    assert _evidence(steered, name) >= _evidence(plain, name)


@given(conversations(), st.integers(1, 400))
def test_harmless_length_lets_evidence_fade(messages, length):
    state = states(messages)[-1][0] if messages else START
    before = [evidence_of(s, state, packaged_model()) for s in state.speakers]
    for n in range(length):
        state, _ = step(state, Message(len(messages) + n, "Oma", None, "ok"))
    after = {s.name: evidence_of(s, state, packaged_model()) for s in state.speakers}
    names = [s.name for s in states(messages)[-1][0].speakers] if messages else []
    assert all(after.get(name, 0) <= evidence for name, evidence in zip(names, before, strict=True))


@given(conversations(), st.permutations(NAMES))
def test_other_names_change_nothing(messages, others):
    renamed = dict(zip(NAMES, others, strict=True)) | {None: None}
    again = [m._replace(author=renamed[m.author]) for m in messages]
    one, two = score_messages(messages), score_messages(again)
    assert (one.level, one.risk, one.alarm_at, one.trajectory) == (two.level, two.risk, two.alarm_at, two.trajectory)
    assert two.steering == renamed[one.steering]


@given(conversations())
def test_the_same_conversation_gives_the_same_answer_whether_or_not_it_slept_in_between(messages):
    state = START
    for message, (_, risk) in zip(messages, states(messages), strict=True):
        state, again = step(pickle.loads(pickle.dumps(state)), message)  # noqa: S301  our own bytes
        assert again == risk


@given(conversations(names=[None], timed=True))
def test_without_authors_nobody_is_said_to_steer(messages):
    assert all(risk.steering is None for _, risk in states(messages))


@given(conversations(timed=False))
def test_without_times_no_tempo_is_guessed(messages):
    assert all(risk.tempo_hours is None for _, risk in states(messages))


@given(conversations(timed=True))
def test_tempo_is_never_negative(messages):
    assert all(risk.tempo_hours is None or risk.tempo_hours >= 0 for _, risk in states(messages))


@given(conversations(names=[*NAMES, *"abcdefgh", None], most=60))
def test_there_are_never_more_than_eight_speakers_and_a_short_tail(messages):
    for state, _ in states(messages):
        assert len(state.speakers) <= MOST_SPEAKERS
        assert all(len(s.tail) <= TAIL_CHARACTERS for s in state.speakers)


@given(conversations(names=["Kim"]), st.sampled_from(CONTEXT))
def test_nobody_talks_himself_harmless(messages, context):
    # Given one speaker's evidence, When the same speaker speaks of family or team instead of saying nothing
    state = states(messages)[-1][0] if messages else START
    saying = context.spoken["nl"].yes[0]
    with_context, _ = step(state, Message(len(messages), "Kim", None, saying))
    without, _ = step(state, Message(len(messages), "Kim", None, "", Kind.IMAGE))
    # Then it has not become less
    assert _evidence(with_context, "Kim") >= _evidence(without, "Kim")


@given(conversations(), st.sampled_from(CONTEXT))
@settings(max_examples=60)
def test_safe_contexts_take_at_most_half_and_only_of_weak_signs(messages, context):
    saying = context.spoken["nl"].yes[0]
    talked = [*messages, *(Message(len(messages) + n, "Oma", None, saying) for n in range(6))]
    quiet = [*messages, *(Message(len(messages) + n, "Oma", None, "ok") for n in range(6))]
    one, two = states(talked)[-1][0], states(quiet)[-1][0]
    for name in {m.author for m in messages}:
        assert _evidence(one, name) * 2 >= _evidence(two, name) - 2


@given(conversations(), st.sampled_from(["nl", "en"]))
def test_a_demand_to_hurt_oneself_is_always_urgent(messages, language):
    state = states(messages)[-1][0] if messages else START
    said = signs()["self_harm_demand"].spoken[language].yes[0]
    _, risk = step(state, Message(len(messages), "Kim", None, said))
    assert risk.level is Level.URGENT


@given(conversations())
@settings(max_examples=30)
def test_a_state_stays_small(messages):
    assert all(len(pickle.dumps(state)) < 4096 for state, _ in states(messages))


def _evidence(state, name):
    return next((evidence_of(s, state, packaged_model()) for s in state.speakers if s.name == name), 0)
