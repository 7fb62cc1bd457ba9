"""What `step` makes of a conversation, one behaviour a test."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scherp.conversation import Kind, Level, Message
from scherp.scoring import START, packaged_model, step
from scherp.scoring.run import score_messages
from scherp.scoring.state import MOST_SPEAKERS

SECRECY = "zeg dit tegen niemand, ons geheim"
PHOTO = "stuur eens een foto van jezelf"
AGE = "hoe oud ben je?"
HURT = "bewijs het, doe jezelf pijn"
BEGIN = datetime(2024, 3, 13, 15, 0)  # noqa: DTZ001  a phone's local time


def chat(*lines: str, minutes: float | None = 10) -> list[Message]:
    """Lines such as "Kim: hoi"; "Kim>2: nee" answers message 2; "-" is a system line."""
    messages = []
    for number, line in enumerate(lines):
        time = None if minutes is None else BEGIN + timedelta(minutes=minutes * number)
        if line == "-":
            messages.append(Message(number, None, time, "", Kind.SYSTEM))
            continue
        head, _, text = line.partition(": ")
        name, _, reply = head.partition(">")
        messages.append(Message(number, name or None, time, text, Kind.TEXT, int(reply) if reply else None))
    return messages


def strengths(messages: list[Message], sign: str) -> list[int]:
    return [e.strength for e in score_messages(messages).evidence if e.sign == sign]


def test_four_messages_without_a_strong_sign_are_too_little_to_say_anything():
    assert score_messages(chat("Kim: hoi", "Kim: hoe gaat t", "Kim: wat doe je", f"Kim: {AGE}")).level is None


def test_the_fifth_message_of_a_speaker_is_enough():
    lines = ["Kim: hoi", "Kim: hoe gaat t", "Kim: wat doe je", "Kim: ok", "Kim: leuk"]
    assert score_messages(chat(*lines)).level is Level.NONE


def test_a_strong_sign_counts_at_once():
    assert score_messages(chat(f"Kim: {SECRECY}")).level is not None


def test_nothing_is_known_of_an_empty_conversation():
    scored = score_messages([])
    assert (scored.level, scored.risk, scored.steering) == (None, None, None)


def test_who_shows_the_signs_is_said_to_steer():
    scored = score_messages(chat("Lotte: hoi", f"Kim: {PHOTO}", "Lotte: nee", f"Kim: {SECRECY}"))
    assert scored.steering == "Kim"


def test_saying_it_often_is_not_showing_more():
    found = strengths(chat(*[f"Kim: {SECRECY}"] * 6), "secrecy_request")
    assert found == sorted(found, reverse=True)
    assert found[-1] < found[0] / 3


def test_the_same_request_weighs_more_after_the_other_said_no():
    refused = strengths(chat(f"Kim: {PHOTO}", "Lotte: nee", f"Kim: {PHOTO}"), "image_request")
    not_refused = strengths(chat(f"Kim: {PHOTO}", "Lotte: morgen toets", f"Kim: {PHOTO}"), "image_request")
    assert refused[1] > not_refused[1]


def test_a_refusal_by_the_one_who_asks_changes_nothing():
    own = strengths(chat(f"Kim: {PHOTO}", "Kim: nee", f"Kim: {PHOTO}"), "image_request")
    none = strengths(chat(f"Kim: {PHOTO}", "Kim: morgen toets", f"Kim: {PHOTO}"), "image_request")
    assert own == none


def test_a_request_weighs_more_once_the_other_has_said_to_be_a_minor():
    told = strengths(chat("Lotte: ik ben 13", f"Kim: {PHOTO}"), "image_request")
    claimed = strengths(chat("Kim: ik ben 13", f"Kim: {PHOTO}"), "image_request")
    assert told[0] > claimed[0]


def test_in_a_group_a_refusal_counts_only_for_whom_it_answers():
    group = ["Sem: hoi", "Lotte: hoi", f"Kim: {PHOTO}"]
    answered = strengths(chat(*group, "Lotte>2: nee", f"Kim: {PHOTO}"), "image_request")
    to_nobody = strengths(chat(*group, "Lotte: nee", f"Kim: {PHOTO}"), "image_request")
    assert answered[1] > to_nobody[1]


def test_a_request_cut_into_pieces_is_seen():
    scored = score_messages(chat("Kim: stuur eens", "Kim: een foto", "Kim: van jezelf", minutes=0.2))
    assert "image_request" in {e.sign for e in scored.evidence}


def test_pieces_an_hour_apart_are_not_put_together():
    scored = score_messages(chat("Kim: stuur eens", "Kim: een foto", "Kim: van jezelf", minutes=60))
    assert "image_request" not in {e.sign for e in scored.evidence}


def test_two_speakers_words_are_not_put_together():
    scored = score_messages(chat("Kim: stuur eens", "Lotte: een foto van jezelf", minutes=0.2))
    assert not [e for e in scored.evidence if e.sign == "image_request" and e.speaker == "Kim"]


def test_the_tempo_is_the_time_from_first_contact_to_the_first_request():
    scored = score_messages(chat("-", "Lotte: hoi", f"Kim: {AGE}", f"Kim: {SECRECY}", f"Kim: {PHOTO}", minutes=60))
    assert scored.steering == "Kim"
    assert scored.tempo_hours == pytest.approx(3.0)


def test_one_missing_time_and_no_tempo_is_given():
    messages = chat("Lotte: hoi", f"Kim: {SECRECY}", f"Kim: {PHOTO}", f"Kim: {PHOTO}")
    messages[1] = messages[1]._replace(time=None)
    assert score_messages(messages).tempo_hours is None


def test_time_that_runs_backwards_counts_as_no_time():
    messages = chat("Lotte: hoi", f"Kim: {SECRECY}", f"Kim: {PHOTO}", minutes=-60)
    assert score_messages(messages).tempo_hours == 0


def test_evidence_fades_over_harmless_weeks_but_the_peak_stays():
    state, risk = START, None
    for message in chat(f"Kim: {SECRECY}", f"Kim: {PHOTO}"):
        state, risk = step(state, message)
    later = Message(2, "Lotte", BEGIN + timedelta(days=90), "ok")
    _, after = step(state, later)
    assert after.now < risk.now
    assert after.peak == risk.peak


def test_a_demand_to_hurt_oneself_is_urgent_whatever_went_before():
    assert score_messages(chat(f"Kim: {HURT}")).level is Level.URGENT


def test_a_picture_is_counted_as_unseen_and_its_caption_is_read():
    message = Message(0, "Kim", BEGIN, PHOTO, Kind.IMAGE)
    state, risk = step(START, message)
    assert state.speakers[0].unseen == 1
    assert [e.sign for e in risk.evidence] == ["image_request"]


def test_a_deleted_message_is_not_read():
    _, risk = step(START, Message(0, "Kim", BEGIN, PHOTO, Kind.DELETED))
    assert risk.evidence == ()


def test_marks_of_text_taken_out_of_a_corpus_say_nothing():
    scored = score_messages(chat(*["Kim: [explicit] [url] [email] [number]"] * 6))
    assert scored.evidence == ()
    assert scored.level is Level.NONE


def test_the_ninth_speaker_lets_the_quietest_go():
    lines = [f"Kim: {SECRECY}", *(f"P{n}: hoi" for n in range(MOST_SPEAKERS))]
    state = score_messages(chat(*lines)).state
    names = [s.name for s in state.speakers]
    assert "Kim" in names
    assert "P0" not in names
    assert (len(names), state.pooled) == (MOST_SPEAKERS, 1)


def test_every_sign_of_steering_has_a_weight_with_a_reason():
    import tomllib
    from importlib.resources import files

    weights = tomllib.loads((files("scherp.scoring") / "weights.toml").read_text(encoding="utf-8"))
    assert all(entry["why"] and (entry.get("urgent") or entry["strength"] > 0) for entry in weights["sign"].values())
    steering = {sign.id for sign in packaged_model().signs if sign.strength}
    assert set(weights["sign"]) == steering


def test_the_curve_never_falls_and_the_levels_rise():
    model = packaged_model()
    assert list(model.curve) == sorted(model.curve)
    assert [level for _, level in model.thresholds] == [Level.URGENT, Level.CONCERN, Level.ATTEND]
    assert [least for least, _ in model.thresholds] == sorted((t for t, _ in model.thresholds), reverse=True)
