"""A table that anybody can make: columns in two languages, three delimiters, and no row lost in silence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options, Unplaced
from scherp.reading.plain_csv import READER


def read(text, name="chat.csv"):
    document = Document(name, text)
    assert READER.recognises(document)
    return READER.read([document], Options())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_header(delimiter):
    rows = ["author,time,text", "Noor,2024-03-13T14:30,hoi", "Sam,2024-03-13T14:31,hey"]
    export = read("\n".join(rows).replace(",", delimiter))
    (conversation,) = export.conversations
    assert [(m.author, m.text) for m in conversation.messages] == [("Noor", "hoi"), ("Sam", "hey")]
    assert (conversation.name, conversation.times_trusted) == ("chat", True)


def test_dutch_columns_in_another_order_and_with_capitals():
    export = read('Bericht;Afzender;Datum;Kleur\n"hoi; alles\ngoed?";Noor;2024-03-13 14:30:00+01:00;rood\r\n')
    (message,) = export.conversations[0].messages
    assert message.text == "hoi; alles\ngoed?"
    assert message.time.astimezone(UTC) == datetime(2024, 3, 13, 13, 30, tzinfo=UTC)


def test_conversations_may_stand_mixed_and_kinds_are_words():
    export = read(
        "text,author,conversation,kind\nhoi,Noor,Sam,\n,Sam,Sam,image\ndag,Daan,klas 2b,text\n,Daan,klas 2b,x\n"
    )
    assert {c.name: [m.kind for m in c.messages] for c in export.conversations} == {
        "Sam": [Kind.TEXT, Kind.IMAGE],
        "klas 2b": [Kind.TEXT, Kind.OTHER],
    }


def test_a_row_that_cannot_be_read_is_counted_with_its_line():
    # Given a message of two lines, a row with a cell too many, a time that is none, and an empty row
    export = read('text,author,time\n"hoi\ndaar",Noor,\na,b,c,d\ndag,Noor,gisteren\n\ndoei,,\n')
    assert export.unplaced == (Unplaced("chat.csv", 4), Unplaced("chat.csv", 5))
    assert export.unreadable == 2
    assert [(m.author, m.line) for m in export.conversations[0].messages] == [("Noor", 2), (None, 7)]


def test_times_with_and_without_a_zone_together_are_read_as_utc_and_not_trusted():
    (conversation,) = read("text,author,time\na,Noor,2024-03-13T14:30\nb,Sam,2024-03-13T14:31Z\n").conversations
    assert [m.time.tzinfo for m in conversation.messages] == [UTC, UTC]
    assert not conversation.times_trusted


def test_rows_that_begin_with_the_newest_are_turned_round():
    text = "text,author,time\ndrie,Noor,2024-03-13T14:31\ntwee,Sam,2024-03-13T14:30\neen,Sam,2024-03-13T14:30\n"
    assert [m.text for m in read(text).conversations[0].messages] == ["een", "twee", "drie"]


def test_without_times_the_times_are_not_trusted():
    assert not read("text,author\nhoi,Noor\n").conversations[0].times_trusted


def test_an_enormous_cell_is_unreadable_and_the_rest_is_read():
    export = read("text,author\n" + "a" * 200_000 + ",Noor\nhoi,Noor\n")
    assert (export.unreadable, len(export.conversations[0].messages)) == (1, 1)


@pytest.mark.parametrize("text", ["", "\n", "hoi", "text\nhoi", "author,time\nNoor,", '{"text": 1, "author": 2}'])
def test_a_table_without_both_columns_is_not_ours(text):
    assert not READER.recognises(Document("chat.csv", text))
    with pytest.raises(NotThisFormat):
        READER.read([Document("chat.csv", text)], Options())


def test_a_header_alone_holds_no_message():
    with pytest.raises(errors.NoMessages):
        read("text,author\n")
