import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scherp import errors
from scherp.conversation import Kind
from scherp.reading.export import Document, NotThisFormat, Options
from scherp.reading.meta import READER, repaired

SAMPLE = (Path(__file__).parent / "samples" / "meta" / "inbox" / "zoe_1" / "message_1.json").read_text("utf-8")


def message(minute=0, **fields):
    return {"sender_name": "Sam", "timestamp_ms": 1709669040000 + 60000 * minute, "content": "hoi"} | fields


def thread(*messages, **fields):
    people = [{"name": "Noor"}, {"name": "Sam"}]
    return {
        "participants": people, "messages": list(messages), "title": "Noor", "thread_path": "inbox/noor_1"
    } | fields  # fmt: skip


def locked_chat(*messages):
    return {"participants": ["Noor", "Sam"], "threadName": "Noor_2", "messages": list(messages)}


def locked(minute=0, **fields):
    return {
        "isUnsent": False,
        "media": [],
        "reactions": [],
        "senderName": "Sam",
        "text": "hoi",
        "timestamp": 1709669040000 + 60000 * minute,
        "type": "text",
    } | fields


def export(*values):
    texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
    documents = [Document(f"inbox/x/message_{n}.json", text) for n, text in enumerate(texts, start=1)]
    assert all(READER.recognises(document) for document in documents)
    return READER.read(documents, Options())


def only(*values):
    (conversation,) = export(*values).conversations
    return conversation


def first(value):
    return only(value).messages[0]


def test_a_thread_is_read_oldest_first_with_its_letters_and_emoji_repaired():
    conversation = only(SAMPLE)
    assert conversation.name == "Zoë"
    assert [(m.author, m.text) for m in conversation.messages] == [
        ("Zoë", "heb je de toets al geleerd?"),
        ("Sam", "nee nog niet 😅"),
    ]
    assert conversation.messages[0].time == datetime(2024, 3, 5, 20, 4, 10, tzinfo=UTC)
    assert conversation.times_trusted


@pytest.mark.parametrize("whole", ["hoi", "één", "\u20ac 5", "日本", "é\u0080", ""])
def test_a_text_that_was_never_spoiled_is_left_alone(whole):
    assert repaired(whole) == whole


@pytest.mark.parametrize("whole", ["één", "€ 5", "日本", "😅", "‘ja’"])
def test_a_spoiled_text_is_repaired_exactly(whole):
    assert repaired(whole.encode().decode("latin-1")) == whole


def test_the_pieces_of_a_thread_are_joined_whatever_their_order():
    newest, oldest = thread(message(3), message(2)), thread(message(1), message(0))
    for pieces in ([newest, oldest], [oldest, newest]):
        times = [m.time.minute for m in only(*pieces).messages]
        assert times == [4, 5, 6, 7]


def test_messages_of_the_same_moment_keep_the_order_in_which_they_were_sent():
    newest_first = thread(message(1), message(0, content="tweede"), message(0, content="eerste"))
    assert [m.text for m in only(newest_first).messages] == ["eerste", "tweede", "hoi"]


def test_threads_of_other_people_stay_apart_also_without_a_path():
    one, other = thread(message(), thread_path=None), thread(message(), thread_path=None, title="Bo")
    assert [c.name for c in export(one, other).conversations] == ["Noor", "Bo"]


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({}, Kind.TEXT, "hoi"),
        ({"is_unsent": True}, Kind.DELETED, ""),
        ({"is_unsent": False}, Kind.TEXT, "hoi"),
        ({"is_taken_down": True, "content": None}, Kind.DELETED, ""),
        ({"is_taken_down": False}, Kind.TEXT, "hoi"),
        ({"photos": [{"uri": "x"}], "content": "kijk"}, Kind.IMAGE, "kijk"),
        ({"videos": [{"uri": "x"}], "content": None}, Kind.VIDEO, ""),
        ({"audio_files": [{"uri": "x"}]}, Kind.AUDIO, "hoi"),
        ({"gifs": [{"uri": "x"}]}, Kind.STICKER, "hoi"),
        ({"sticker": {"uri": "x"}, "content": None}, Kind.STICKER, ""),
        ({"files": [{"uri": "x"}], "content": None}, Kind.FILE, ""),
        ({"call_duration": 0, "content": "Sam called you."}, Kind.CALL, ""),
        ({"type": "Call", "content": "Sam called you."}, Kind.CALL, ""),
        ({"share": {"link": "https://voorbeeld.invalid"}, "content": "Sam sent an attachment."}, Kind.OTHER, ""),
        ({"share": {"link": "https://voorbeeld.invalid"}, "content": "kijk dit"}, Kind.TEXT, "kijk dit"),
        ({"photos": [{"uri": "x"}], "content": "Sam heeft een bijlage verzonden."}, Kind.IMAGE, ""),
        ({"content": None}, Kind.OTHER, ""),
        ({"content": 7}, Kind.OTHER, ""),
    ],
)
def test_what_a_message_is_and_what_is_left_of_its_text(fields, kind, text):
    found = first(thread(message(**fields)))
    assert (found.kind, found.text, found.author) == (kind, text, "Sam")


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "Liked a message"},
        {"content": "Reacted ❤️ to your message ".encode().decode("latin-1")},
        {"type": "Subscribe", "content": "Sam added Bo to the group."},
    ],
)
def test_a_line_that_the_app_wrote_is_nobodys_text(fields):
    found = only(thread(message(1), message(0, **fields))).messages[0]
    assert (found.kind, found.author) == (Kind.SYSTEM, None)


def test_a_sentence_that_mentions_liking_is_still_somebodys_text():
    assert first(thread(message(content="ik zag dat je liked a message deed"))).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("uri", "platform"),
    [
        ("your_instagram_activity/messages/inbox/noor_1/photos/1.jpg", "instagram"),
        ("your_facebook_activity/messages/inbox/noor_1/photos/1.jpg", "messenger"),
        ("messages/inbox/noor_1/photos/1.jpg", "meta"),
    ],
)
def test_the_app_is_told_from_where_attached_files_lie(uri, platform):
    assert only(thread(message(1), message(0, photos=[{"uri": uri}]))).platform == platform


def test_without_attached_files_the_app_is_told_from_where_the_file_lay():
    document = Document("your_instagram_activity/messages/inbox/noor_1/message_1.json", json.dumps(thread(message())))
    assert READER.read([document], Options()).conversations[0].platform == "instagram"


@pytest.mark.parametrize("missing", ["sender_name", "timestamp_ms", "content"])
def test_a_missing_field_is_nothing_and_never_fatal(missing):
    broken = message()
    del broken[missing]
    conversation = only(thread(message(1), broken))
    assert len(conversation.messages) == 2
    assert conversation.times_trusted == (missing != "timestamp_ms")


@pytest.mark.parametrize("stamp", ["gisteren", 1e300, float("nan"), True, [], -(10**25)])
def test_a_time_that_cannot_be_is_none(stamp):
    assert None in [m.time for m in only(thread(message(1), message(timestamp_ms=stamp))).messages]


def test_a_number_of_thousands_of_digits_is_damage():
    with pytest.raises(errors.Damaged):
        export(SAMPLE.replace("1709669100000", "1" * 5000))


def test_a_broken_record_is_counted_and_the_others_are_read():
    found = export(thread(message(), 7, None, {"reactions": []}))
    assert (found.unreadable, len(found.conversations[0].messages)) == (3, 1)


def test_the_encrypted_export_is_read_without_repair():
    conversation = only(locked_chat(locked(1, text="één"), locked(0, senderName="Noor", text="Ã©")))
    assert (conversation.name, conversation.platform) == ("Noor_2", "messenger")
    assert [(m.author, m.text) for m in conversation.messages] == [("Noor", "Ã©"), ("Sam", "één")]


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"isUnsent": True}, Kind.DELETED, ""),
        ({"type": "media", "text": "", "media": [{"uri": "./media/1.jpeg"}]}, Kind.IMAGE, ""),
        ({"type": "media", "text": "", "media": [{"uri": "./media/1.mp4"}]}, Kind.VIDEO, ""),
        ({"type": "link", "text": "https://voorbeeld.invalid"}, Kind.TEXT, "https://voorbeeld.invalid"),
        ({"type": "placeholder", "text": "Sam unsent a message"}, Kind.OTHER, ""),
    ],
)
def test_what_a_message_of_the_encrypted_export_is(fields, kind, text):
    found = first(locked_chat(locked(**fields)))
    assert (found.kind, found.text) == (kind, text)


def test_half_a_file_is_damaged_and_says_the_line():
    with pytest.raises(errors.Damaged) as told:
        export(SAMPLE[: SAMPLE.index('"title"')])
    assert told.value.values["line"] == 7
    assert "Instagram" in str(told.value)


def test_a_thread_in_which_nobody_wrote_is_no_chat():
    with pytest.raises(errors.NoMessages):
        export(thread())


@pytest.mark.parametrize("value", [thread(1, 2), {"participants": [{"name": "x"}], "messages": 3}, []])
def test_what_only_looks_like_meta_is_left_to_others(value):
    with pytest.raises(NotThisFormat):
        READER.read([Document("message_1.json", json.dumps(value))], Options())


@pytest.mark.parametrize("text", ["", "[]", "hoi", '{"messages": []}', '{"sender_name": "Sam"}'])
def test_other_texts_are_not_recognised(text):
    assert READER.recognises(Document("message_1.json", text)) is False
