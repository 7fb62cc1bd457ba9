"""TikTok's own export: the chats are found wherever they stand, and times are UTC."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options
from scherp.reading.tiktok import READER

CHAT = [
    {"Date": "2024-03-13 14:31:00", "From": "noor_x", "Content": "hoi"},
    {"Date": "2024-03-13 14:30:00", "From": "sam.dans", "Content": "hey"},
]


def document(whole):
    return Document("user_data_tiktok.json", whole if isinstance(whole, str) else json.dumps(whole))


def read(whole):
    assert READER.recognises(document(whole))
    return READER.read([document(whole)], Options())


@pytest.mark.parametrize(
    "whole",
    [
        {"Direct Messages": {"Chat History": {"ChatHistory": {"Chat History with sam.dans:": CHAT}}}},
        {"Direct Message": {"Direct Messages": {"ChatHistory": {"Chat History with sam.dans:": CHAT}}}},
        {"Activity": {}, "DirectMessages": {"ChatHistory": {"Chat History with sam.dans": CHAT}}},
    ],
)
def test_a_chat_is_found_however_deep_it_stands_and_turned_oldest_first(whole):
    (conversation,) = read(whole).conversations
    assert conversation.name == "sam.dans"
    assert [m.author for m in conversation.messages] == ["sam.dans", "noor_x"]
    assert conversation.messages[0].time == datetime(2024, 3, 13, 14, 30, tzinfo=UTC)


def test_small_letters_and_a_time_with_utc_behind_it():
    chat = [{"date": "2024-03-13 14:30:00 UTC", "from": "sam.dans", "content": "hey"}]
    export = read({"direct messages": {"chathistory": {"Chat History with sam.dans::": chat}}})
    assert export.conversations[0].messages[0].time == datetime(2024, 3, 13, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("hoi", Kind.TEXT),
        ("https://www.tiktokv.com/share/video/1/", Kind.VIDEO),
        ("[https://example.invalid/a]", Kind.STICKER),
        ("https://example.invalid/a.webp?x=1", Kind.STICKER),
        ("kijk https://www.tiktokv.com/share/video/1/", Kind.TEXT),
        ("", Kind.OTHER),
        (None, Kind.OTHER),
    ],
)
def test_what_a_message_is(content, kind):
    chat = [{**CHAT[0], "Content": content}, CHAT[1]]
    messages = (
        read({"Direct Messages": {"ChatHistory": {"Chat History with sam.dans:": chat}}}).conversations[0].messages
    )
    assert messages[1].kind is kind


def test_broken_records_are_counted_and_the_rest_is_read():
    broken = [3, {}, {"Date": "x", "From": "a", "Content": "b"}, {**CHAT[0], "Content": []}, {**CHAT[0], "From": 3}]
    export = read({"Direct Messages": {"ChatHistory": {"Chat History with sam.dans:": [*CHAT, *broken]}}})
    assert (export.unreadable, len(export.conversations[0].messages)) == (5, 2)


def test_cut_off_is_damaged_and_the_line_is_told_but_no_words():
    whole = json.dumps({"Direct Messages": {"ChatHistory": {"Chat History with sam.dans:": CHAT}}}, indent=1)
    with pytest.raises(errors.Damaged) as damage:
        read(whole[:150])
    assert damage.value.values["line"] > 1
    assert "hoi" not in str(damage.value)


def test_an_export_without_chats_says_so():
    with pytest.raises(errors.NoMessages):
        read({"Direct Messages": {"Chat History": {"ChatHistory": {}}}})


@pytest.mark.parametrize("text", ["", "{}", "[]", "Chat History with sam", '{"messages": []}'])
def test_something_else_is_refused(text):
    assert not READER.recognises(document(text))
    with pytest.raises(NotThisFormat):
        READER.read([document(text)], Options())
