"""Snapchat's own export, in its old and its new form; snaps are known by their time only."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options
from scherp.reading.snapchat import READER


def document(whole, name="json/chat_history.json"):
    return Document(name, whole if isinstance(whole, str) else json.dumps(whole))


def read(*wholes):
    documents = [document(whole) for whole in wholes]
    assert all(map(READER.recognises, documents))
    return READER.read(documents, Options())


def new(minute, sender="sam.dans", text="hoi", media="TEXT", **fields):
    return {
        "From": sender,
        "Media Type": media,
        "Created": f"2024-03-13 14:{minute:02}:00 UTC",
        "Content": text,
        "Conversation Title": None,
        "IsSender": sender == "noor_x",
        "Created(microseconds)": 1,
        **fields,
    }


def test_the_new_form_is_turned_oldest_first_and_its_times_are_utc():
    (conversation,) = read({"sam.dans": [new(31, "noor_x", "wie is dit"), new(30)]}).conversations
    assert [(m.author, m.text) for m in conversation.messages] == [("sam.dans", "hoi"), ("noor_x", "wie is dit")]
    assert conversation.messages[0].time == datetime(2024, 3, 13, 14, 30, tzinfo=UTC)
    assert (conversation.name, conversation.times_trusted) == ("sam.dans", True)


def test_messages_of_one_second_keep_their_order():
    (conversation,) = read(
        {"sam.dans": [new(30, text="drie"), new(30, text="twee"), new(29, text="een")]}
    ).conversations
    assert [m.text for m in conversation.messages] == ["een", "twee", "drie"]


def test_the_old_form_joins_both_lists_and_calls_the_owner_me():
    export = read(
        {
            "Received Saved Chat History": [
                {
                    "From": "sam.dans",
                    "Media Type": "TEXT",
                    "Created": "2022-03-13 14:30:00 UTC",
                    "Text": "hoe is &#39;t",
                }
            ],
            "Sent Saved Chat History": [
                {"To": "sam.dans", "Media Type": "TEXT", "Created": "2022-03-13 14:31:00 UTC", "Text": "goed"}
            ],
        }
    )
    (conversation,) = export.conversations
    assert [(m.author, m.text) for m in conversation.messages] == [("sam.dans", "hoe is 't"), ("Me", "goed")]


def test_a_group_is_called_by_its_title():
    export = read({"0a1b-group": [new(30, **{"Conversation Title": "team dans"})]})
    assert export.conversations[0].name == "team dans"


def test_snaps_join_their_chat_and_are_view_once():
    snap = {key: value for key, value in new(31, media="IMAGE").items() if key != "Content"}
    export = read({"sam.dans": [new(30)]}, {"sam.dans": [snap]})
    assert [m.kind for m in export.conversations[0].messages] == [Kind.TEXT, Kind.VIEW_ONCE]


@pytest.mark.parametrize(
    ("media", "text", "kind"),
    [
        ("MEDIA", None, Kind.IMAGE),
        ("NOTE", None, Kind.AUDIO),
        ("STICKER", None, Kind.STICKER),
        ("STATUSERASEDMESSAGE", None, Kind.DELETED),
        ("STATUSCALLMISSEDVIDEO", None, Kind.CALL),
        ("STATUSCONVERSATIONCAPTURESCREENSHOT", None, Kind.SYSTEM),
        ("SHARESAVEDSTORY", None, Kind.OTHER),
    ],
)
def test_what_a_message_is(media, text, kind):
    message = read({"sam.dans": [new(31, media=media, text=text), new(30)]}).conversations[0].messages[1]
    assert message.kind is kind
    assert (message.author is None) == (kind is Kind.SYSTEM)


def test_broken_records_are_counted_and_the_rest_is_read():
    export = read({"sam.dans": [new(30), 3, {}, new(31, Created="morgen"), new(31, **{"Media Type": 7})]})
    assert (export.unreadable, len(export.conversations[0].messages)) == (4, 1)


def test_cut_off_is_damaged():
    with pytest.raises(errors.Damaged):
        read(json.dumps({"sam.dans": [new(30)]})[:-9])


def test_empty_lists_hold_no_message():
    with pytest.raises(errors.NoMessages):
        read({"Received Saved Chat History": [], "Sent Saved Chat History": []})


@pytest.mark.parametrize(
    "text", ["", "{}", '[{"Media Type": "TEXT"}]', '{"Saved Media": [{"Date": "", "Media Type": "Image"}]}']
)
def test_something_else_is_refused(text):
    assert not READER.recognises(document(text))
    with pytest.raises(NotThisFormat):
        READER.read([document(text)], Options())
