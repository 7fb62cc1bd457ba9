import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options
from scherp.reading.telegram import READER

SAMPLE = (Path(__file__).parent / "samples" / "telegram" / "result.json").read_text(encoding="utf-8")


def message(number=1, **fields):
    return {
        "id": number,
        "type": "message",
        "date": "2024-03-05T21:04:10",
        "date_unixtime": "1709669050",
        "from": "Noor",
        "from_id": "user1",
        "text": "hoi",
    } | fields


def chat(*messages, **fields):
    return {"name": "Noor", "type": "personal_chat", "id": 1, "messages": list(messages)} | fields


def export(value):
    document = Document("result.json", value if isinstance(value, str) else json.dumps(value))
    assert READER.recognises(document)
    return READER.read([document], Options())


def only(value):
    (conversation,) = export(value).conversations
    return conversation


def kind_of(**fields):
    (found,) = only(chat(message(**fields))).messages
    return found.kind


def test_a_chat_is_read_with_its_authors_its_reply_and_text_in_pieces():
    conversation = only(SAMPLE)
    first, second = conversation.messages
    assert (conversation.name, conversation.platform, conversation.times_trusted) == ("Noor", "telegram", True)
    assert (first.author, first.text) == ("Noor", "heb je de toets al geleerd?")
    assert (second.author, second.text) == ("Sam", "nee, staat op https://voorbeeld.invalid/toets toch")
    assert (first.reply_to, second.reply_to) == (None, 0)


def test_a_time_keeps_the_hour_that_the_clock_showed_and_is_aware():
    # Given a local time one hour ahead of the UTC time beside it
    time = only(SAMPLE).messages[0].time
    # Then both the moment and the hour of the evening are known
    assert time == datetime(2024, 3, 5, 20, 4, 10, tzinfo=UTC)
    assert (time.hour, time.utcoffset()) == (21, timedelta(hours=1))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"date": None}, datetime(2024, 3, 5, 20, 4, 10, tzinfo=UTC)),
        ({"date_unixtime": None}, datetime(2024, 3, 5, 21, 4, 10)),  # noqa: DTZ001  naive is what is meant
        ({"date": "1999-01-01T00:00:00"}, datetime(2024, 3, 5, 20, 4, 10, tzinfo=UTC)),
        ({"date": "gisteren", "date_unixtime": "99999999999999999"}, None),
        ({"date": 7, "date_unixtime": "-"}, None),
    ],
)
def test_a_time_without_its_other_half_is_utc_or_naive_or_none(fields, expected):
    assert only(chat(message(**fields))).messages[0].time == expected


def test_with_a_missing_time_nothing_is_said_about_tempo():
    conversation = only(chat(message(1), message(2, date=None, date_unixtime=None)))
    assert conversation.times_trusted is False


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, Kind.TEXT),
        ({"photo": "(File not included)", "text": "kijk"}, Kind.IMAGE),
        ({"photo": "x", "self_destruct_period_seconds": 10, "text": ""}, Kind.VIEW_ONCE),
        ({"media_type": "sticker", "file": "x"}, Kind.STICKER),
        ({"media_type": "animation", "file": "x"}, Kind.STICKER),
        ({"media_type": "voice_message", "file": "x"}, Kind.AUDIO),
        ({"media_type": "video_message", "file": "x"}, Kind.VIDEO),
        ({"file": "x", "mime_type": "image/png"}, Kind.IMAGE),
        ({"file": "x", "mime_type": "application/pdf"}, Kind.FILE),
        ({"contact_information": {"phone_number": "06-12345678"}}, Kind.CONTACT),
        ({"location_information": {"latitude": 52.0}}, Kind.LOCATION),
        ({"poll": {"question": "?"}}, Kind.POLL),
        ({"type": "unsupported", "text": ""}, Kind.OTHER),
    ],
)
def test_what_is_not_text_is_named_by_its_kind(fields, kind):
    assert kind_of(**fields) is kind


def test_a_call_has_an_author_and_another_service_line_has_none():
    call = {"id": 2, "type": "service", "actor": "Sam", "actor_id": "user2", "action": "phone_call"}
    joined = {"id": 3, "type": "service", "actor": "Sam", "actor_id": "user2", "action": "joined_telegram"}
    _, first, second = only(chat(message(), call, joined)).messages
    assert (first.kind, first.author, first.text) == (Kind.CALL, "Sam", "")
    assert (second.kind, second.author, second.text) == (Kind.SYSTEM, None, "Sam: joined_telegram")


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"from": None, "from_id": "user9"}, "user9"),
        ({"from": None, "from_id": None}, "Deleted Account"),
        ({"from": "", "from_id": 9}, "9"),
    ],
)
def test_who_deleted_their_account_is_still_somebody(fields, author):
    assert only(chat(message(**fields))).messages[0].author == author


def test_two_accounts_of_the_same_name_stay_two_people():
    # Given somebody who took the young person's name
    conversation = only(chat(message(1, from_id="user1"), message(2, from_id="user2")))
    # Then their words are not counted as hers
    assert conversation.speakers == ("Noor (user1)", "Noor (user2)")


def test_a_whole_account_gives_every_chat_also_those_left():
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1},
        "contacts": {"list": [{"first_name": "x" * 200} for _ in range(2000)]},
        "chats": {"list": [chat(message()), chat(message(), name=None), chat()]},
        "left_chats": {"list": [chat(message(), name="Voetbal", type="private_group"), "x"]},
    }
    assert [c.name for c in export(account).conversations] == ["Noor", "Deleted Account", "Voetbal"]


def test_saved_messages_have_a_name_too():
    assert only(chat(message(), name=None, type="saved_messages")).name == "Saved Messages"


def test_a_broken_record_is_counted_and_the_others_are_read():
    found = export(chat(message(1), 7, None, {"type": "nieuw"}, message(2, text={"a": 1})))
    assert (found.unreadable, len(found.conversations[0].messages)) == (3, 2)


def test_an_answer_to_a_message_that_is_not_there_is_an_answer_to_nothing():
    assert only(chat(message(1, reply_to_message_id=99))).messages[0].reply_to is None


def test_half_a_file_is_damaged_and_says_the_line():
    half = SAMPLE[: SAMPLE.index('"Sam"')]
    with pytest.raises(errors.Damaged) as told:
        export(half)
    assert told.value.values["line"] == len(half.splitlines())
    assert "Telegram" in str(told.value)


def test_a_chat_in_which_nobody_wrote_is_no_chat():
    with pytest.raises(errors.NoMessages):
        export(chat())


@pytest.mark.parametrize("value", [chat(1, 2, 3), {"chats": {"about": "x"}, "type": "message", "messages": 3}])
def test_what_only_looks_like_telegram_is_left_to_others(value):
    with pytest.raises(NotThisFormat):
        READER.read([Document("x.json", json.dumps(value))], Options())


@pytest.mark.parametrize("text", ["", "[]", "hoi", '{"messages": [{"type": "Default"}]}', '{"chats": {"list": []}}'])
def test_other_texts_are_not_recognised(text):
    assert READER.recognises(Document("result.json", text)) is False
