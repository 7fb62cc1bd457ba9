"""Text copied out of a chat and pasted: taken as a last resort, and never more than it says."""

from datetime import datetime

import pytest

from scherp.conversation import Kind
from scherp.reading import pasted
from scherp.reading.export import DateOrder, Document, NotThisFormat, Options, Settled, Unplaced


def export(text, order=None):
    return pasted.READER.read([Document("plakbord", text)], Options(order))


def conversation(text):
    return export(text).conversations[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lieve Kim, tot morgen.",
        "Subject: taart\nFrom: kim\nTo: noor\nCc: sam",
        '"name": "Kim",\n"text": "hoi"\n"name": "Noor"',
        "Kim: hoi\nKim: ben je daar",
        "Kim: hoi\nNoor: hee\neen\ntwee\ndrie",
        "https://example.org/a: b",
    ],
)
def test_what_nobody_said_is_refused(text):
    assert not pasted.READER.recognises(Document("x", text))
    with pytest.raises(NotThisFormat):
        export(text)


@pytest.mark.parametrize(
    "stamp",
    [
        "14:30, 13-3-2024",
        "14:30, 13/03/2024",
        "2:30 PM, 3/13/2024",
        "14.30, 13.3.2024",
        "13-03-2024 14:30",
        "13-03-2024, 14:30:00",
        "3/13/24, 2:30 PM",
        "下午2:30, 2024/3/13",
    ],
)
def test_a_copy_with_its_date_has_a_time(stamp):
    found = conversation(f"[{stamp}] Kim: hoi\nnog iets\n[{stamp}] Noor: <Media weggelaten>\n")
    first, second = found.messages
    assert (first.author, first.text, first.line) == ("Kim", "hoi\nnog iets", 1)
    assert first.time == datetime(2024, 3, 13, 14, 30)  # noqa: DTZ001  a phone's local time
    assert (second.author, second.kind, second.line) == ("Noor", Kind.OTHER, 3)
    assert (found.platform, found.name, found.times_trusted) == ("whatsapp", "Kim, Noor", True)


@pytest.mark.parametrize("stamp", ["13/3, 14:30", "13/3 14:30", "3/13, 2:30 PM", "13.3., 14.30"])
def test_a_copy_without_a_year_has_no_time(stamp):
    found = conversation(f"[{stamp}] Kim: hoi\n")
    assert [(m.author, m.text, m.time) for m in found.messages] == [("Kim", "hoi", None)]
    assert (found.platform, found.times_trusted) == ("whatsapp", False)


def test_an_ambiguous_date_is_not_settled_unless_the_person_says_so():
    text = "[14:30, 3/4/2024] Kim: hoi\n"
    assert export(text).settled is Settled.NOT
    assert export(text, DateOrder.MONTH_FIRST).conversations[0].messages[0].time.month == 3


def test_plain_lines_have_speakers_and_no_time():
    found = export("Uit mijn schrift\nKim: hoi\nNoor: hee: jij\nnog wat\n\nKim: ok")
    (talk,) = found.conversations
    assert [(m.author, m.text, m.time, m.line) for m in talk.messages] == [
        ("Kim", "hoi", None, 2),
        ("Noor", "hee: jij\nnog wat", None, 3),
        ("Kim", "ok", None, 6),
    ]
    assert (talk.platform, talk.times_trusted) == ("pasted", False)
    assert found.unplaced == (Unplaced("plakbord", 1),)


def test_lines_above_the_first_copy_are_named():
    found = export("van Kim\r\n\r\n[14:30, 13-3-2024] Kim: hoi")
    assert found.unplaced == (Unplaced("plakbord", 1),)
    assert found.conversations[0].messages[0].line == 3
