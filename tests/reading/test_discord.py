"""Discord: the exporter's JSON and CSV, and Discord's own data package."""

# ruff: noqa: DTZ001  times without a zone are what is written in these files

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.discord import READER
from scherp.reading.export import DateOrder, Document, NotThisFormat, Options, Settled

NOOR = {"id": "1001", "name": "noor_x", "nickname": "Noor", "isBot": False}
SAM = {"id": "1002", "name": "sam.dans", "nickname": "Sam", "isBot": False}


def message(number, author=SAM, content="hoi", **fields):
    return {
        "id": str(number),
        "type": "Default",
        "timestamp": f"2024-03-13T14:{number:02}:00.1230000+01:00",
        "timestampEdited": None,
        "content": content,
        "author": author,
        "attachments": [],
        "embeds": [],
        "stickers": [],
        **fields,
    }


def channel(*messages):
    whole = {
        "guild": {"id": "0", "name": "Direct Messages"},
        "channel": {"id": "5", "type": "DirectTextChat", "name": "Sam"},
        "messages": list(messages),
        "messageCount": len(messages),
    }
    return json.dumps(whole, indent=2)


def read(*documents, date_order=None):
    assert all(map(READER.recognises, documents))
    return READER.read(documents, Options(date_order))


def read_channel(*messages):
    (conversation,) = read(Document("Sam.json", channel(*messages))).conversations
    return conversation


def test_a_channel_is_named_and_its_times_have_their_zone():
    conversation = read_channel(message(30), message(31, NOOR, "wie is dit"))
    assert (conversation.name, conversation.platform) == ("Sam", "discord")
    assert [(m.author, m.text) for m in conversation.messages] == [("Sam", "hoi"), ("Noor", "wie is dit")]
    assert conversation.messages[0].time.utcoffset() == timedelta(hours=1)


def test_an_answer_knows_the_number_of_its_message_and_an_unknown_one_nothing():
    conversation = read_channel(
        message(30),
        message(31, NOOR, "ja", type="Reply", reference={"messageId": "30"}),
        message(32, NOOR, "nee", type="Reply", reference={"messageId": "99"}),
    )
    assert [m.reply_to for m in conversation.messages] == [None, 0, None]


def test_two_accounts_with_one_nickname_stay_two_people():
    other = {**SAM, "id": "1003", "name": "sam.echt"}
    twin = {**SAM, "id": "1004"}
    assert read_channel(message(30), message(31, other)).speakers == ("Sam (sam.dans)", "Sam (sam.echt)")
    assert read_channel(message(30), message(31, twin)).speakers == ("Sam (1002)", "Sam (1004)")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"attachments": [{"fileName": "a.JPG"}]}, Kind.IMAGE),
        ({"attachments": [{"fileName": "voice-message.ogg"}]}, Kind.AUDIO),
        ({"attachments": [{"fileName": "clip.mp4"}]}, Kind.VIDEO),
        ({"attachments": [{}]}, Kind.FILE),
        ({"stickers": [{"name": "hond"}]}, Kind.STICKER),
        ({"type": "Call"}, Kind.CALL),
        ({"type": "ChannelPinnedMessage"}, Kind.SYSTEM),
        ({"type": "RecipientAdd"}, Kind.SYSTEM),
        ({"content": ""}, Kind.OTHER),
        ({"content": "", "forwardedMessage": {"content": "doorgestuurd"}}, Kind.TEXT),
    ],
)
def test_what_a_message_is(fields, kind):
    found = read_channel(message(30), message(31, **fields)).messages[1]
    assert found.kind is kind
    assert (found.author is None) == (kind is Kind.SYSTEM)


def test_the_words_under_a_picture_are_kept():
    found = read_channel(message(30, content="kijk", attachments=[{"fileName": "a.png"}])).messages[0]
    assert (found.kind, found.text) == (Kind.IMAGE, "kijk")


def test_broken_records_are_counted_and_the_rest_is_read():
    text = channel(message(30), 3, {}, message(31, timestamp="straks"), message(32, author=7))
    export = read(Document("Sam.json", text))
    assert export.unreadable == 3
    assert [m.author for m in export.conversations[0].messages] == ["Sam", None]


def test_cut_off_is_damaged_near_its_last_line():
    text = channel(message(30, content="geheim"), message(31))
    with pytest.raises(errors.Damaged) as damage:
        read(Document("Sam.json", text[:-40]))
    assert damage.value.values["line"] > 10
    assert "geheim" not in str(damage.value)


def table(*dates):
    lines = ["AuthorID,Author,Date,Content,Attachments,Reactions"]
    lines += [f'"1002","sam.dans#0","{date}","hoi, jij","",""' for date in dates]
    return Document("Sam.csv", "\n".join(lines))


@pytest.mark.parametrize(
    ("dates", "settled"),
    [
        (["2024-03-13T14:30:00.0000000+01:00"], Settled.BY_FORMAT),
        (["13-Mar-24 02:30 PM"], Settled.BY_FORMAT),
        (["13-03-2024 14:30"], Settled.BY_IMPOSSIBLE),
        (["3/13/2024 2:30 PM"], Settled.BY_IMPOSSIBLE),
    ],
)
def test_a_table_has_dates_in_several_forms(dates, settled):
    export = read(table(*dates))
    (found,) = export.conversations[0].messages
    assert (found.author, found.text) == ("sam.dans", "hoi, jij")
    assert found.time.replace(tzinfo=None) == datetime(2024, 3, 13, 14, 30)
    assert (export.settled, export.conversations[0].times_trusted) == (settled, True)


def test_a_table_whose_dates_can_be_read_two_ways_is_not_trusted_until_somebody_says():
    doubted = read(table("03-04-2024 14:30"))
    assert (doubted.settled, doubted.conversations[0].times_trusted) == (Settled.NOT, False)
    said = read(table("03-04-2024 14:30"), date_order=DateOrder.DAY_FIRST)
    assert said.conversations[0].messages[0].time == datetime(2024, 4, 3, 14, 30)
    assert said.settled is Settled.BY_USER


def test_a_row_without_a_date_is_counted():
    export = read(table("2024-03-13T14:30:00+01:00", "straks"))
    assert (export.unreadable, len(export.conversations[0].messages)) == (1, 1)


def test_a_data_package_holds_one_side_named_by_its_index():
    records = [
        {"ID": 2, "Timestamp": "2024-03-13 14:31:00", "Contents": "", "Attachments": "https://example.invalid/a.png"},
        {"ID": 1, "Timestamp": "2024-03-13 14:30:00", "Contents": "hoi", "Attachments": ""},
        {"ID": 3, "Timestamp": "", "Contents": "hoi", "Attachments": ""},
    ]
    number = "100000000000000001"
    export = read(
        Document("Messages/index.json", json.dumps({number: "Direct Message with sam.dans"})),
        Document(f"Messages/c{number}/channel.json", json.dumps({"id": number, "type": "DM", "recipients": []})),
        Document(f"Messages/c{number}/messages.json", json.dumps(records)),
    )
    (conversation,) = export.conversations
    assert conversation.name == "Direct Message with sam.dans"
    assert [(m.author, m.kind) for m in conversation.messages] == [("Me", Kind.TEXT), ("Me", Kind.IMAGE)]
    assert conversation.messages[0].time == datetime(2024, 3, 13, 14, 30, tzinfo=UTC)
    assert export.unreadable == 1


def test_an_older_data_package_is_a_table():
    text = "ID,Timestamp,Contents,Attachments\n1,2020-08-25 22:54:05.726000+00:00,hoi,\n2,x,hoi,\n"
    export = read(Document("messages/c12/messages.csv", text))
    assert export.conversations[0].name == "12"
    assert (export.conversations[0].messages[0].text, export.unreadable) == ("hoi", 1)


def test_names_of_channels_alone_are_no_chat():
    document = Document("Messages/index.json", '{"100000000000000001": "Direct Message with sam.dans"}')
    with pytest.raises(NotThisFormat):
        READER.read([document], Options())


def test_a_channel_in_which_nobody_said_anything():
    with pytest.raises(errors.NoMessages):
        read_channel(message(30, type="RecipientAdd"))


@pytest.mark.parametrize("text", ["", "{}", "[]", "hoi", '{"messages": []}', "author,text\nNoor,hoi"])
def test_something_else_is_refused(text):
    assert not READER.recognises(Document("Sam.json", text))
    with pytest.raises(NotThisFormat):
        READER.read([Document("Sam.json", text)], Options())
