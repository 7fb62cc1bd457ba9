"""Signal, by its common exporters; and the line between it and WhatsApp's bracketed dates."""

# ruff: noqa: DTZ001  times without a zone are what is written in these files

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options, Unplaced
from scherp.reading.signal import READER


def read(text, name="Sam Jansen/chat.md"):
    document = Document(name, text)
    assert READER.recognises(document)
    return READER.read([document], Options())


OLD = "[2024-03-13, 14:30] Sam: hoi\nalles goed?\n[2024-03-13, 14:31] Me: ja\n"
NEW = "[2024-03-13 14:30:05] Sam: hoi\nalles goed?  \n[2024-03-13 14:31:10] Me: ja  \n"


@pytest.mark.parametrize("text", [OLD, NEW, NEW.replace("\n", "\r\n")])
def test_both_forms_of_signal_export_are_named_by_their_folder(text):
    (conversation,) = read(text).conversations
    assert (conversation.name, conversation.platform) == ("Sam Jansen", "signal")
    assert [(m.author, m.text) for m in conversation.messages] == [("Sam", "hoi\nalles goed?"), ("Me", "ja")]
    assert conversation.messages[0].time.replace(second=0) == datetime(2024, 3, 13, 14, 30)


def test_a_file_of_another_name_names_the_conversation():
    assert read(OLD, "Sam Jansen.txt").conversations[0].name == "Sam Jansen"


@pytest.mark.parametrize(
    "text",
    [
        "[2024-03-13, 14:30:01] Sam: hoi\n",  # Swedish WhatsApp: a comma and seconds
        "[2024-03-13 14:30:01] Sam: hoi\n",  # newer: seconds, and no trace of Signal
        "\u200e[2024-03-13, 14:30] Sam: hoi\n",
        "[2024-03-13, 14:30] Sam: \u200ebild utelämnad\n",
        "[2024-03-13 14:30] Sam: hoi  \n",
        "[13-03-2024 14:30:01] Sam: hoi  \n",
        "hoi",
        "",
        "{}",
        "[]",
        '[{"conversationId": "1"}]',
    ],
)
def test_whatsapp_and_others_are_refused(text):
    assert not READER.recognises(Document("Sam.txt", text))
    with pytest.raises(NotThisFormat):
        READER.read([Document("Sam.txt", text)], Options())


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("![a.jpg](./media/a.jpg)  ", Kind.IMAGE, ""),
        ("![a (1).png](./media/a%20(1).png)  ", Kind.IMAGE, ""),
        ("kijk  [a b.mp4](./media/a%20b.mp4)  ", Kind.VIDEO, "kijk"),
        ("[🐺](../exported_stickers/pack/1.webp)  ", Kind.STICKER, ""),
        ("  \n(( 🐺 ))", Kind.STICKER, ""),
        ("Incoming voice call (accepted, 2m 3s)  ", Kind.CALL, ""),
        ("Outgoing call  ", Kind.CALL, ""),
        ("(This message was deleted)", Kind.DELETED, ""),
        ("leuk  \n(- Me: 👍, Daan: 😂 -)", Kind.TEXT, "leuk"),
        ("", Kind.OTHER, ""),
    ],
)
def test_what_a_message_is(said, kind, text):
    found = read(f"[2024-03-13, 14:30] Sam: {said}\n[2024-03-13, 14:31] Me: ja\n").conversations[0].messages[0]
    assert (found.kind, found.text) == (kind, text)


def test_what_is_quoted_is_not_said_again_and_tells_what_is_answered():
    text = OLD + "[2024-03-13, 14:33] Sam: \n\n> ja\n\nfijn\n[2024-03-13, 14:34] Sam: \n\n> weg\n\nhoor je me\n"
    messages = read(text).conversations[0].messages
    assert [(m.text, m.reply_to) for m in messages[2:]] == [("fijn", 1), ("hoor je me", None)]


def test_nobody_is_nobody():
    assert read("[2024-03-13, 14:30] No-Sender: hoi\n").conversations[0].messages[0].author is None


def of_line(**fields):
    line = {"date": "2024-03-13T14:30:00", "sender": "Sam", "body": "hoi  ", "quote": "", "sticker": None}
    return json.dumps({**line, "reactions": [], "attachments": [], **fields})


def test_records_by_the_line():
    lines = [
        of_line(),
        of_line(body="ja", sender="Me", quote="\n\n> hoi\n\n", date="2024-03-13T14:31:00"),
        of_line(attachments=[{"name": "a", "path": "media/a.png"}], date="2024-03-13T14:32:00"),
        of_line(deleted=True, body="geheim", date="2024-03-13T14:33:00"),
        "{",
        of_line(date="straks"),
    ]
    export = read("\n".join(lines), "Sam/data.json")
    assert [(m.text, m.kind, m.reply_to) for m in export.conversations[0].messages] == [
        ("hoi", Kind.TEXT, None),
        ("ja", Kind.TEXT, 0),
        ("hoi", Kind.IMAGE, None),
        ("", Kind.DELETED, None),
    ]
    assert export.unplaced == (Unplaced("Sam/data.json", 5), Unplaced("Sam/data.json", 6))
    assert export.conversations[0].name == "Sam"


def test_a_folder_with_text_and_records_is_one_conversation():
    documents = [
        Document("Sam/chat.md", OLD),
        Document("Sam/data.json", of_line()),
        Document("Daan/data.json", of_line()),
    ]
    export = READER.read(documents, Options())
    assert [(c.name, len(c.messages)) for c in export.conversations] == [("Sam", 2), ("Daan", 1)]


SIGTOP = """Conversation: Sam (+31612345678)

From: Sam (+31612345678)
Type: incoming
Sent: Wed, 13 Mar 2024 14:30:00 +0100
Received: Wed, 13 Mar 2024 14:30:01 +0100
Attachment: a.jpg (image/jpeg, 123 bytes)

hoi

alles goed?

From: You
Type: outgoing
Sent: Wed, 13 Mar 2024 14:31:00 +0100

> From: Sam (+31612345678)
> Sent: Wed, 13 Mar 2024 14:30:00 +0100
>
> hoi

ja

From: Sam (+31612345678)
Type: incoming
Sent: Wed, 13 Mar 2024 14:32:00 +0100
Edited: 2 versions

| Version: 2
| Sent: Wed, 13 Mar 2024 14:33:00 +0100
|
| toen dat
|
| Version: 1
| Sent: Wed, 13 Mar 2024 14:32:00 +0100
|
| eerst dit

Type: call-history
Sent: Wed, 13 Mar 2024 14:40:00 +0100

From: You
Type: outgoing
Sent: unknown

weg
"""


def test_the_text_of_sigtop():
    export = read(SIGTOP, "messages/Sam (+31612345678).txt")
    (conversation,) = export.conversations
    assert conversation.name == "Sam"
    assert [(m.author, m.text, m.kind) for m in conversation.messages] == [
        ("Sam", "hoi\n\nalles goed?", Kind.IMAGE),
        ("You", "ja", Kind.TEXT),
        ("Sam", "toen dat", Kind.TEXT),
        (None, "", Kind.CALL),
    ]
    assert conversation.messages[0].time.utcoffset() == timedelta(hours=1)
    assert conversation.messages[1].line == 13
    assert export.unplaced == (Unplaced("messages/Sam (+31612345678).txt", 42),)


def desktop(number, **fields):
    return {
        "id": str(number),
        "conversationId": "c",
        "type": "incoming",
        "sent_at": 1710340200000 + number,
        "source": "+31612345678",
        "body": "hoi",
        **fields,
    }


def test_the_records_of_signal_desktop():
    records = [
        desktop(1),
        desktop(2, type="outgoing", body="ja", quote={"id": 1710340200001}),
        desktop(3, attachments=[{"contentType": "image/jpeg"}]),
        desktop(4, deletedForEveryone=True, body=""),
        desktop(5, isViewOnce=1, body=""),
        desktop(6, type="group-v2-change"),
        desktop(7, type=None),
        3,
    ]
    text = "[\n" + ",\n".join(map(json.dumps, records)) + "\n]\n"
    export = read(text, "Sam.json")
    messages = export.conversations[0].messages
    assert [(m.author, m.kind, m.reply_to) for m in messages] == [
        ("+31612345678", Kind.TEXT, None),
        ("Me", Kind.TEXT, 0),
        ("+31612345678", Kind.IMAGE, None),
        ("+31612345678", Kind.DELETED, None),
        ("+31612345678", Kind.VIEW_ONCE, None),
        (None, Kind.SYSTEM, None),
    ]
    assert messages[0].time == datetime(2024, 3, 13, 14, 30, 0, 1000, tzinfo=UTC)
    assert export.unplaced == (Unplaced("Sam.json", 8), Unplaced("Sam.json", 9))
    with pytest.raises(errors.Damaged):
        read(text[:-4], "Sam.json")
