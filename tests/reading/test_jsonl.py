"""The bulk form: what goes out comes back, a bad line is told without its words, and a long file is quick."""

# ruff: noqa: DTZ001  times without a zone are what is written in these files

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scherp import errors
from scherp.conversation import Conversation, Kind, Message
from scherp.reading.export import Document, NotThisFormat, Options, Unplaced
from scherp.reading.jsonl import READER, BadLine, parse_line, to_line

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = {
    "naive": st.datetimes(),
    "aware": st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES),
}


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    moments = MOMENTS[draw(st.sampled_from(sorted(MOMENTS)))]
    kinds = draw(st.lists(st.sampled_from(Kind), max_size=6))
    messages = [
        Message(
            number,
            draw(st.none() | st.text(min_size=1)) if kind is not Kind.SYSTEM else None,
            draw(st.none() | moments),
            draw(st.text()),
            kind,
            draw(st.none() | st.integers(0, len(kinds) - 1)),
        )
        for number, kind in enumerate(kinds)
    ]
    return Conversation("x", "jsonl", tuple(messages), times_trusted=draw(st.booleans()))


def line_of(*messages: object, **fields: object) -> str:
    return json.dumps({"id": "gesprek 1", "messages": list(messages), **fields})


@given(conversations(), st.none() | st.text() | st.integers(-(10**15), 10**15))
def test_what_is_written_comes_back(conversation, conversation_id):
    line = to_line(conversation, conversation_id)
    record = parse_line(line)
    assert "\n" not in line
    assert (record.id, record.conversation.messages) == (conversation_id, conversation.messages)


def test_a_doubt_about_dates_outlives_being_written_down():
    times = [datetime(2024, 3, 4, 14, 30), datetime(2024, 3, 4, 14, 31)]
    messages = tuple(Message(n, "Noor", time, "hoi") for n, time in enumerate(times))
    doubted = Conversation("x", "whatsapp", messages, times_trusted=False)
    sure = Conversation("x", "whatsapp", messages)
    assert not parse_line(to_line(doubted)).conversation.times_trusted
    assert parse_line(to_line(sure)).conversation.times_trusted


def test_fields_that_are_missing_are_nothing_and_an_unknown_kind_is_other():
    record = parse_line(line_of({"text": "hoi"}, {"text": "", "kind": "hologram", "author": "Sam", "reply_to": 0}))
    assert record.conversation.messages == (
        Message(0, None, None, "hoi"),
        Message(1, "Sam", None, "", Kind.OTHER, 0),
    )
    assert (record.lang, record.conversation.times_trusted) == (None, False)


def test_nobody_wrote_a_system_line_and_an_empty_name_is_nobody():
    record = parse_line(line_of({"text": "toegevoegd", "author": "Sam", "kind": "system"}, {"text": "a", "author": ""}))
    assert [m.author for m in record.conversation.messages] == [None, None]


def test_zulu_time_is_read_and_a_time_of_day_alone_is_no_time():
    record = parse_line(line_of({"text": "a", "time": "2024-03-13T14:30:00Z"}, {"text": "b", "time": "half drie"}))
    assert [m.time for m in record.conversation.messages] == [datetime(2024, 3, 13, 14, 30, tzinfo=UTC), None]
    assert not record.conversation.times_trusted


def test_times_with_and_without_a_zone_together_are_read_as_utc_and_not_trusted():
    record = parse_line(
        line_of({"text": "a", "time": "2024-03-13T14:30:00Z"}, {"text": "b", "time": "2024-03-13T14:31:00"})
    )
    assert [m.time.tzinfo for m in record.conversation.messages] == [UTC, UTC]
    assert not record.conversation.times_trusted


def test_times_that_run_backwards_keep_their_order_and_are_not_trusted():
    record = parse_line(
        line_of({"text": "later", "time": "2024-03-13T14:31:00"}, {"text": "eerder", "time": "2024-03-13T14:30:00"})
    )
    assert [m.text for m in record.conversation.messages] == ["later", "eerder"]
    assert not record.conversation.times_trusted


def test_an_answer_to_a_message_that_is_not_there_is_no_answer():
    record = parse_line(line_of({"text": "a", "reply_to": 7}, {"text": "b", "reply_to": -1}))
    assert [m.reply_to for m in record.conversation.messages] == [None, None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "not a JSON object"),
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"id": "1"}', "messages is not a list"),
        ('{"id": 1.5, "messages": []}', "id is neither text nor a whole number"),
        ('{"id": true, "messages": []}', "id is neither text nor a whole number"),
        ('{"id": "1", "lang": 3, "messages": []}', "lang is not text"),
        (line_of("geheim"), "message 0: not an object"),
        (line_of({"text": "a"}, {"author": "Sam"}), "message 1: text is missing or not text"),
        (line_of({"text": 3}), "message 0: text is missing or not text"),
        (line_of({"text": "geheim", "author": 4}), "message 0: author is neither text nor null"),
        (line_of({"text": "geheim", "time": 4}), "message 0: time is neither text nor null"),
        (line_of({"text": "geheim", "kind": []}), "message 0: kind is neither text nor null"),
        (line_of({"text": "geheim", "reply_to": "4"}), "message 0: reply_to is neither a whole number nor null"),
        (line_of({"text": "geheim", "reply_to": True}), "message 0: reply_to is neither a whole number nor null"),
    ],
)
def test_a_bad_line_says_which_message_and_field_and_never_what_was_written(line, reason):
    with pytest.raises(BadLine) as refused:
        parse_line(line)
    assert str(refused.value) == reason
    assert "geheim" not in repr(refused.value.__cause__)


def test_a_bad_line_still_tells_its_id():
    with pytest.raises(BadLine) as refused:
        parse_line(line_of({"text": 3}))
    assert refused.value.id == "gesprek 1"


def test_half_a_character_becomes_a_mark_that_a_file_can_hold():
    record = parse_line(r'{"messages": [{"text": "a\ud83d b\ud83d\ude00 \\ud83d"}]}')
    assert record.conversation.messages[0].text == "a\ufffd b\U0001f600 \\ud83d"


def document(text: str) -> Document:
    return Document("bulk.jsonl", text)


def test_the_reader_gives_a_conversation_per_line_and_the_number_of_a_bad_line():
    # Given a good line, a damaged one and another good one, with a line separator inside a text
    lines = [line_of({"text": "hoi\u2028daar", "author": "Noor"}), '{"id": 2, "mess', line_of({"text": "dag"}, id=3)]
    export = READER.read([document("\n".join(lines) + "\n\n")], Options())
    assert [c.name for c in export.conversations] == ["gesprek 1", "3"]
    assert (export.unreadable, export.unplaced) == (1, (Unplaced("bulk.jsonl", 2),))


def test_the_same_object_spread_over_lines_is_read_and_cut_off_is_damaged():
    spread = json.dumps(json.loads(line_of({"text": "hoi", "author": "Noor"})), indent=2)
    assert READER.recognises(document(spread))
    assert READER.read([document(spread)], Options()).conversations[0].speakers == ("Noor",)
    with pytest.raises(errors.Damaged) as damage:
        READER.read([document(spread[:-6])], Options())
    assert "hoi" not in str(damage.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoi",
        "[]",
        '{"messages": 3}',
        '{"messages": []}',
        '{"messages": [{"author": "Sam"}]}',
        '{"messages": [{"text": "a", "from": "Sam", "date": "2024-03-13"}]}',
        '{"messages": [' + "[" * 100_000,
    ],
)
def test_other_json_is_left_to_other_readers(text):
    assert not READER.recognises(document(text))
    with pytest.raises(NotThisFormat):
        READER.read([document(text)], Options())


def test_a_file_without_messages_says_so():
    with pytest.raises(errors.NoMessages):
        READER.read([document('{"id": "1", "messages": []}')], Options())
