"""Loaders, each on tiny files that we wrote in the published forms."""

from __future__ import annotations

import gzip
import json

import pytest

from scherp.errors import Damaged, NoCases, NoLabels, NotFound
from scherp.evaluation import chatcoder2, pan2012
from scherp.evaluation.datasets import load
from scherp.evaluation.registers import PIECE, Register, pieces, renumbered

PAN = """<?xml version="1.0" encoding="UTF-8"?>
<conversations>
  <conversation id="c1">
    <message line="1"><author>aa</author><time>02:56</time><text>don&amp;apos;t tell</text></message>
    <message line="2"><author>bb</author><time>02:57</time><text>ok &lt;3</text></message>
    <message line="3"><author>aa</author><time>02:58</time><text></text></message>
  </conversation>
  <conversation id="c2">
    <message line="1"><author>cc</author><time>23:59</time><text>which distro</text></message>
    <message line="2"><author>dd</author><time>00:01</time><text>debian</text></message>
  </conversation>
</conversations>
"""
CHATCODER = """
<?xml version="1.0" encoding="UTF-8"?>
<dataroot>
  <AllChatLogs><name>MrFriend</name><lineNum>2</lineNum><userID>young1</userID><body>hi</body></AllChatLogs>
  <AllChatLogs><name>MrFriend</name><lineNum>1</lineNum><userID>{mrfriend}</userID><dateTime>12/1 9:05 PM</dateTime>
    <body>hello there</body></AllChatLogs>
  <AllChatLogs><name>Other</name><lineNum>1</lineNum><userID>else</userID></AllChatLogs>
  <AllChatLogs><name>Other</name><userID>else</userID><body>a line without a number</body></AllChatLogs>
</dataroot>
"""


def line(**fields):
    said = [{"author": "Noor", "time": None, "text": "hoi"}, {"author": "Kim", "time": None, "text": "hey"}]
    return json.dumps({"id": "x1", "messages": said} | fields) + "\n"


@pytest.fixture
def pan(tmp_path):
    xml = tmp_path / "pan12-training-corpus.xml"
    xml.write_text(PAN, encoding="utf-8")
    (tmp_path / "pan12-training-corpus-predators.txt").write_text("aa\nzz\n", encoding="utf-8")
    return xml


def test_a_line_says_what_is_known_of_a_conversation(tmp_path):
    path = tmp_path / "chats.jsonl"
    known = {"steering": "Kim", "first_request": 1, "slices": ["boys", "martians"], "lang": "nl", "register": "rooms"}
    path.write_text(line(label=1, machine_translated=True, **known), encoding="utf-8")
    (case,) = load([path]).cases
    assert (case.risky, case.steering, case.first_request, case.lang) == (True, "Kim", 1, "nl")
    assert case.slices == {"boys"}
    assert case.register is Register.ROOMS
    assert case.machine_translated


@pytest.mark.parametrize(
    ("file", "fields", "register"),
    [
        ("harmless_rooms_en.jsonl", {"source": "nps_room"}, Register.ROOMS),
        ("anything.jsonl", {"source": "dailydialog"}, Register.TEXTBOOK),
        ("grooming_conversations_en.jsonl", {}, Register.CHATS),
        ("grooming_segments_nl_translated.jsonl", {}, Register.TRANSLATED),
        ("ours.jsonl", {"source": "intake"}, Register.OTHER),
    ],
)
def test_the_register_comes_from_the_line_its_source_or_its_file(tmp_path, file, fields, register):
    (tmp_path / file).write_text(line(label=0, **fields), encoding="utf-8")
    assert load([tmp_path / file]).cases[0].register is register


def test_a_packed_file_is_read_by_its_name(tmp_path):
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(line(label=0))
    assert len(load([tmp_path]).cases) == 1


def test_a_packed_file_that_breaks_off_is_told(tmp_path):
    whole = gzip.compress(line(label=0).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        load([tmp_path])


def test_a_folder_says_the_label_where_the_line_does_not(tmp_path):
    for label in ("risky", "harmless"):
        (tmp_path / label).mkdir()
        (tmp_path / label / "from_read.jsonl").write_text(line(), encoding="utf-8")
    assert sorted(case.risky for case in load([tmp_path]).cases) == [False, True]


def test_a_line_without_label_counts_as_unread(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(line(label=1) + line() + line(label="perhaps") + "no json\n", encoding="utf-8")
    loaded = load([path])
    assert (len(loaded.cases), loaded.unread) == (1, 3)


def test_what_was_learned_from_is_not_measured(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(line(label=1, split="train") + line(label=1, split="development"), encoding="utf-8")
    loaded = load([path])
    assert (len(loaded.cases), loaded.left_out) == (1, 1)


def test_without_any_labelled_conversation_there_is_nothing_to_measure(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(), encoding="utf-8")
    with pytest.raises(NoCases, match="no conversation with a label"):
        load([tmp_path])
    with pytest.raises(NotFound):
        load([tmp_path / "nowhere.jsonl"])


def test_our_own_folder_is_known_by_its_form(tmp_path):
    path = tmp_path / "nl/harmless_hard/class.txt"
    path.parent.mkdir(parents=True)
    head = "=== nl-harmless-class-01\nplot: een plan\nslices: help\nsteering: -\nsplit: development\n"
    path.write_text(head + "d1 09:00 Noor | hoi\n", encoding="utf-8")
    for given in (tmp_path, path):
        (case,) = load([given]).cases
        assert (case.register, case.synthetic, case.slices) == (Register.DUTCH_HARD, True, {"help"})


def test_pan_2012_is_risky_where_a_listed_author_writes(pan):
    risky, harmless = load([pan]).cases
    assert (risky.risky, risky.steering, risky.source) == (True, "aa", "aa")
    assert (harmless.risky, harmless.steering, harmless.source) == (False, None, "c2")
    assert [m.text for m in risky.messages] == ["don't tell", "ok <3", ""]
    assert {m.time for m in risky.messages} == {None}


def test_pan_2012_without_its_list_is_refused(pan):
    (pan.parent / "pan12-training-corpus-predators.txt").unlink()
    with pytest.raises(NoLabels):
        load([pan])


def test_pan_2012_takes_the_list_of_its_own_part(pan):
    (pan.parent / "pan12-groundtruth-problem1.txt").write_text("cc\n", encoding="utf-8")
    assert [case.risky for case in load([pan]).cases] == [True, False]
    test = pan.rename(pan.with_name("pan12-test-corpus.xml"))
    assert [case.risky for case in load([test]).cases] == [False, True]


def test_pan_2012_never_takes_the_list_of_another_part(pan):
    with pytest.raises(NoLabels):
        load([pan.rename(pan.with_name("pan12-test-corpus.xml"))])


def test_vtpan_is_a_choice_from_pan_2012(pan):
    (pan.parent / "VTPAN_train_IDs.txt").write_text("c2\n", encoding="utf-8")
    (pan.parent / "VTPAN_test_IDs.txt").write_text("c1\n", encoding="utf-8")
    assert [case.id for case in load([pan]).cases] == ["c2"]


def test_lists_can_be_given_by_name(pan, tmp_path):
    listed = tmp_path / "who.lst"
    listed.write_text("dd\n", encoding="utf-8")
    assert [case.steering for case in pan2012.read(pan, predators=listed)] == [None, "dd"]


def test_xml_that_breaks_off_is_told_with_its_line(pan):
    pan.write_text(PAN[:300], encoding="utf-8")
    with pytest.raises(Damaged, match="near line 6"):
        load([pan])


def test_chatcoder2_is_steered_by_whose_name_the_chat_bears(tmp_path):
    path = tmp_path / "AllChatLogs.xml"
    path.write_text(CHATCODER, encoding="utf-8")
    named, unnamed = load([path]).cases
    assert (named.risky, named.steering, named.register) == (True, "mrfriend", Register.CHATCODER2)
    assert [m.text for m in named.messages] == ["hello there", "hi"]
    assert (unnamed.steering, len(unnamed.messages)) == (None, 1)


def test_chatcoder2_that_breaks_off_is_told(tmp_path):
    path = tmp_path / "AllChatLogs.xml"
    path.write_text(CHATCODER[:200], encoding="utf-8")
    with pytest.raises(Damaged):
        list(chatcoder2.read(path))


def test_pieces_are_at_most_150_messages_and_at_least_6():
    assert list(pieces(range(PIECE * 2 + 5))) == [(0, 150), (150, 300)]
    assert list(pieces(range(156))) == [(0, 150), (150, 156)]
    assert list(pieces(range(5))) == []


def test_a_piece_is_numbered_from_0_and_answers_only_within_itself(tmp_path):
    path = tmp_path / "a.jsonl"
    said = [{"author": "Kim", "text": "hoi"}, {"author": "Noor", "text": "ja", "reply_to": 0}] * 2
    path.write_text(line(label=0, messages=said), encoding="utf-8")
    (case,) = load([path]).cases
    cut = renumbered(case.messages[1:3])
    assert [(m.number, m.reply_to) for m in cut] == [(0, None), (1, None)]
    assert [m.reply_to for m in renumbered(case.messages[:2])] == [None, 0]
