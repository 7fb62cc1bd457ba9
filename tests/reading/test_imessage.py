"""imessage-exporter's text: a block for each message, answers indented under what they answer."""

# ruff: noqa: DTZ001  times without a zone are what is written in these files

from __future__ import annotations

from datetime import datetime

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options, Unplaced
from scherp.reading.imessage import READER


def read(text, name="export/Sam.txt"):
    document = Document(name, text)
    assert READER.recognises(document)
    return READER.read([document], Options())


def block(clock, sender, *lines):
    return "\n".join((f"May 17, 2022  {clock}", sender, *lines)) + "\n\n"


def test_a_conversation_is_named_by_its_file_and_the_owner_is_me():
    text = block("5:29:42 PM (Read by you after 1 hour, 49 seconds)", "Sam", "hoi", "", "alles goed?")
    text += block("12:05:01 PM".replace("12:05", "6:05"), "Me", "ja")
    (conversation,) = read(text).conversations
    assert conversation.name == "Sam"
    assert [(m.author, m.text, m.line) for m in conversation.messages] == [
        ("Sam", "hoi\n\nalles goed?", 1),
        ("Me", "ja", 7),
    ]
    assert conversation.messages[0].time == datetime(2022, 5, 17, 17, 29, 42)


@pytest.mark.parametrize(("clock", "hour"), [("12:05:01 AM", 0), ("12:05:01 PM", 12), ("1:05:01 PM", 13)])
def test_noon_and_midnight(clock, hour):
    assert read(block(clock, "Sam", "hoi")).conversations[0].messages[0].time.hour == hour


def test_an_answer_stands_once_in_its_own_place_and_knows_what_it_answers():
    # Given an answer that the exporter writes twice: under its message, and in order of time
    text = block("5:29:42 PM", "Sam", "hoi", "    May 17, 2022  5:40:00 PM", "    Me", "    ja?")
    text += block("5:35:00 PM", "Sam", "ben je daar")
    text += block("5:40:00 PM", "Me", "ja?", "This message responded to an earlier message.")
    messages = read(text).conversations[0].messages
    assert [(m.author, m.text, m.reply_to) for m in messages] == [
        ("Sam", "hoi", None),
        ("Sam", "ben je daar", None),
        ("Me", "ja?", 0),
    ]


def test_an_answer_that_stands_only_under_its_message_is_kept():
    text = block("5:29:42 PM", "Sam", "hoi", "    May 17, 2022  5:40:00 PM", "    Me", "    ja?")
    messages = read(text).conversations[0].messages
    assert [(m.author, m.text, m.reply_to) for m in messages] == [("Sam", "hoi", None), ("Me", "ja?", 0)]


@pytest.mark.parametrize(
    ("lines", "kind", "text"),
    [
        (["/Users/noor/Library/Messages/Attachments/a/IMG_1.heic"], Kind.IMAGE, ""),
        (["attachments/12/34.mov", "kijk"], Kind.VIDEO, "kijk"),
        (["Attachment missing!"], Kind.IMAGE, ""),
        (["They unsent this message part 12 seconds after sending!"], Kind.DELETED, ""),
        (["hoi", "Tapbacks:", "Loved by Me", "Liked by Sam"], Kind.TEXT, "hoi"),
        (["hoi", "Sent with Invisible Ink"], Kind.TEXT, "hoi"),
        (["May 17, 2022  5:29:42 PM eerst dit", "Edited 12 seconds later: toen dat"], Kind.TEXT, "toen dat"),
        ([], Kind.OTHER, ""),
    ],
)
def test_what_a_message_is(lines, kind, text):
    found = read(block("5:29:42 PM", "Sam", *lines) + block("5:30:00 PM", "Me", "ja")).conversations[0].messages[0]
    assert (found.kind, found.text) == (kind, text)


def test_an_announcement_is_a_system_line():
    text = block("5:29:42 PM", "Sam", "hoi") + "May 17, 2022  5:31:00 PM You renamed the conversation to dans\n\n"
    found = read(text).conversations[0].messages[1]
    assert (found.kind, found.author) == (Kind.SYSTEM, None)


def test_a_time_without_a_sender_is_counted_with_its_line():
    export = read(block("5:29:42 PM", "Sam", "hoi") + "May 17, 2022  5:31:00 PM\n\n" + block("5:32:00 PM", "Me", "ja"))
    assert (export.unreadable, export.unplaced) == (1, (Unplaced("export/Sam.txt", 5),))
    assert len(export.conversations[0].messages) == 2


def test_a_day_that_does_not_exist_is_no_time_and_the_times_are_not_trusted():
    (conversation,) = read(block("5:29:42 PM", "Sam", "hoi").replace("May 17", "Feb 30")).conversations
    assert (conversation.messages[0].time, conversation.times_trusted) == (None, False)


def test_announcements_alone_hold_no_message():
    with pytest.raises(errors.NoMessages):
        read("May 17, 2022  5:31:00 PM You renamed the conversation to dans\n\n")


@pytest.mark.parametrize(
    "text", ["", "hoi", "May 17, 2022", "May 17, 2022  5:29:42 PM\n", "17 mei 2022 17:29\nSam\nhoi"]
)
def test_something_else_is_refused(text):
    assert not READER.recognises(Document("Sam.txt", text))
    with pytest.raises(NotThisFormat):
        READER.read([Document("Sam.txt", text)], Options())
