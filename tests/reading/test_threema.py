"""Threema: the backup's tables, and a chat exported as text."""

# ruff: noqa: DTZ001  times without a zone are what is written in these files

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import DateOrder, Document, NotThisFormat, Options, Settled, Unplaced, authored
from scherp.reading.threema import READER

HEADER = "uid,posted_at,type,isoutbox,isstatusmessage,body,caption,identity\n"
FULL_HEADER = '"apiid","uid","isoutbox","posted_at","type","body","isstatusmessage","caption","quoted_message_apiid"\n'
CONTACTS = Document(
    "contacts.csv",
    'identity,identity_id,nick_name,firstname,lastname\nABCD1234,c1,samdans,Sam,Jansen\nWXYZ5678,c2,"noor, x",,\n',
)
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "exports" / "threema"


def read(*documents):
    assert all(map(READER.recognises, documents))
    return READER.read(documents, Options())


def rows(*lines, name="message_c1.csv"):
    return Document(name, HEADER + "".join(f"{line}\n" for line in lines))


def test_a_chat_is_named_by_its_contact_and_the_owner_is_me():
    export = read(
        CONTACTS,
        rows("1,2024-03-13T14:31:00Z,TEXT,1,0,wie is dit,,ABCD1234", '2,1710340200000,TEXT,0,0,"hoi\ndaar",,ABCD1234'),
    )
    (conversation,) = export.conversations
    assert conversation.name == "Sam Jansen"
    assert [(m.author, m.text) for m in conversation.messages] == [("Sam Jansen", "hoi\ndaar"), ("Me", "wie is dit")]
    assert conversation.messages[0].time == datetime(2024, 3, 13, 14, 30, tzinfo=UTC)


def test_without_contacts_people_are_called_by_their_id_and_each_file_is_a_conversation():
    line = "1,2024-03-13T14:30:00Z,TEXT,0,0,hoi,,{}"
    export = read(rows(line.format("ABCD1234")), rows(line.format("WXYZ5678"), name="backup/message_C2.csv"))
    assert [c.name for c in export.conversations] == ["ABCD1234", "WXYZ5678"]


def test_a_group_has_its_own_name_and_everybody_theirs():
    groups = Document("groups.csv", "id,creator,groupname,group_uid\nffff,ABCD1234,team dans,g7\n")
    lines = ("1,2024-03-13T14:30:00Z,TEXT,0,0,hoi,,ABCD1234", "2,2024-03-13T14:31:00Z,TEXT,0,0,hey,,WXYZ5678")
    (conversation,) = read(CONTACTS, groups, rows(*lines, name="group_message_g7.csv")).conversations
    assert (conversation.name, conversation.speakers) == ("team dans", ("Sam Jansen", "noor, x"))


@pytest.mark.parametrize(
    ("kind_and_body", "kind", "text"),
    [
        ("IMAGE,0,0,,kijk", Kind.IMAGE, "kijk"),
        ("VOICEMESSAGE,0,0,blob,", Kind.AUDIO, ""),
        ('FILE,0,0,"[""b"",""k"",""video/mp4"",3]",', Kind.VIDEO, ""),
        ("FILE,0,0,kapot,", Kind.FILE, ""),
        ("BALLOT,0,0,1,", Kind.POLL, ""),
        ("VOIP_STATUS,0,0,[],", Kind.CALL, ""),
        ("TEXT,0,1,toegevoegd,", Kind.SYSTEM, "toegevoegd"),
        ("IETSNIEUWS,0,0,x,", Kind.OTHER, ""),
    ],
)
def test_what_a_message_is(kind_and_body, kind, text):
    first = "1,2024-03-13T14:30:00Z,TEXT,0,0,hoi,,ABCD1234"
    found = read(rows(first, f"2,2024-03-13T14:31:00Z,{kind_and_body},ABCD1234")).conversations[0].messages[1]
    assert (found.kind, found.text) == (kind, text)


def test_android_quotes_every_cell_doubles_the_backslash_and_names_what_is_answered():
    lines = (
        '"a1","u1","0","1710340200000","TEXT","hoi","0","",""\n'
        '"a2","u2","1","1710340260000","TEXT","zeg \\\\o/ ""hoi""","0","","a1"\n'
    )
    (conversation,) = read(Document("message_c1.csv", FULL_HEADER + lines)).conversations
    assert (conversation.messages[1].text, conversation.messages[1].reply_to) == ('zeg \\o/ "hoi"', 0)


def test_broken_rows_are_counted_with_their_line():
    export = read(rows("1,2024-03-13T14:30:00Z,TEXT,0,0,hoi,,ABCD1234", "2,straks,TEXT,0,0,hoi,,ABCD1234", "3,4"))
    assert (export.unreadable, export.unplaced) == (
        2,
        (Unplaced("message_c1.csv", 3), Unplaced("message_c1.csv", 4)),
    )


def test_contacts_alone_are_no_chat_and_an_empty_table_holds_no_message():
    with pytest.raises(NotThisFormat):
        READER.read([CONTACTS], Options())
    with pytest.raises(errors.NoMessages):
        read(rows())


CHAT = "[13.3.2024, 14:30] Sam: hoi\nalles goed?\n[13.3.2024, 14:31] Ik: ja\n[13.3.2024, 14:32] Sam: kijk <a-1.jpg>\n"


def test_an_exported_chat_is_named_by_the_other_person():
    export = read(Document("Threema/messages.txt", CHAT))
    (conversation,) = export.conversations
    assert conversation.name == "Sam"
    assert [(m.author, m.text, m.line) for m in conversation.messages] == [
        ("Sam", "hoi\nalles goed?", 1),
        ("Ik", "ja", 3),
        ("Sam", "kijk", 4),
    ]
    assert conversation.messages[2].kind is Kind.IMAGE
    assert conversation.messages[0].time == datetime(2024, 3, 13, 14, 30)
    assert (export.settled, conversation.times_trusted) == (Settled.BY_IMPOSSIBLE, True)


def test_a_place_is_a_place_and_the_dates_follow_what_the_person_says():
    text = "[3/4/2024, 14:30] Sam: hier <geo:52.1,5.1?z=15>\n"
    export = READER.read([Document("messages.txt", text)], Options(DateOrder.DAY_FIRST))
    (message,) = export.conversations[0].messages
    assert (message.kind, message.text, message.time) == (Kind.LOCATION, "hier", datetime(2024, 4, 3, 14, 30))


def test_a_chat_whose_dates_can_be_read_two_ways_is_not_trusted():
    export = read(Document("messages-Sam.txt", "[3/4/2024, 14:30] Sam: hoi\n"))
    assert (export.conversations[0].name, export.conversations[0].times_trusted) == ("Sam", False)
    assert export.settled is Settled.NOT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_chat.txt", CHAT),
        ("messages.txt", CHAT.replace("14:30]", "14:30:05]")),
        ("messages.txt", CHAT.replace("Sam: hoi", "Sam: \u200ehoi")),
        ("messages.txt", "hoi"),
        ("messages.txt", ""),
        ("message_c1.csv", "uid,type\n1,TEXT\n"),
    ],
)
def test_whatsapp_and_others_are_refused(name, text):
    assert not READER.recognises(Document(name, text))
    with pytest.raises(NotThisFormat):
        READER.read([Document(name, text)], Options())


@pytest.mark.shared
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the measuring data is not beside the project")
def test_the_two_sample_chats_hold_all_their_messages():
    documents = [Document(path.name, path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.csv"))]
    export = read(*documents)
    assert sum(authored(c.messages) for c in export.conversations) >= 10_000
    assert (len(export.conversations), export.unreadable) == (2, 0)
