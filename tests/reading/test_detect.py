"""Which reader gets which document, from its content; and what a person sees of a whole folder."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from scherp import errors
from scherp.reading import Options, all_conversations, choose, open_bytes, open_exports
from scherp.reading.detect import READERS

SAMPLES = Path(__file__).parent / "samples"
TELEGRAM = (SAMPLES / "telegram" / "result.json").read_bytes()
META = (SAMPLES / "meta" / "inbox" / "zoe_1" / "message_1.json").read_bytes()
WHATSAPP = (SAMPLES / "whatsapp" / "chat.txt").read_bytes()


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def formats(exports):
    return [export.format for export in exports]


def test_the_readers_have_different_names_and_titles():
    assert len({reader.name for reader in READERS}) == len({reader.title for reader in READERS}) == len(READERS)


def test_the_name_of_a_file_tells_nothing():
    assert formats(open_bytes("chat.txt", TELEGRAM)) == ["telegram"]
    assert formats(open_bytes("result.json", META)) == ["meta"]
    assert formats(open_bytes("message_1.json", WHATSAPP)) == ["whatsapp"]


def test_several_formats_in_one_folder_give_several_exports(tmp_path):
    for name in ("telegram", "meta", "whatsapp"):
        shutil.copytree(SAMPLES / name, tmp_path / name)
    (tmp_path / "instellingen.json").write_text('{"thema": "donker"}')
    exports = open_exports(str(tmp_path))
    assert sorted(formats(exports)) == ["meta", "telegram", "whatsapp"]
    # Then what nobody could read is named, once
    assert [name for export in exports for name in export.ignored] == ["instellingen.json"]


def test_a_loose_note_or_table_beside_a_chat_is_not_taken_for_a_chat():
    note = b"Noor: bel me\nSam: ja\nNoor: nu\n"
    (export,) = open_bytes("x.zip", zipped(**{"result.json": TELEGRAM, "n.txt": note, "t.csv": b"naam,tekst\na,b\n"}))
    assert export.format == "telegram"
    assert set(export.ignored) == {"n.txt", "t.csv"}


def test_one_document_that_only_looks_like_a_chat_does_not_take_the_others_along():
    looks_like = b'{"type": "personal_chat", "concept": {"messages": []}}'
    (export,) = open_bytes("x.zip", zipped(**{"a.json": looks_like, "b.json": TELEGRAM}))
    assert (export.format, export.ignored) == ("telegram", ("a.json",))


def test_a_chat_in_which_nobody_wrote_is_said_to_be_so_only_when_it_is_all_there_is():
    nothing = b'{"name": "x", "type": "personal_chat", "id": 1, "messages": []}'
    with pytest.raises(errors.NoMessages):
        open_bytes("result.json", nothing)
    (export,) = open_bytes("x.zip", zipped(**{"a.json": nothing, "c.txt": WHATSAPP}))
    assert (export.format, export.ignored) == ("whatsapp", ("a.json",))


def test_a_damaged_chat_beside_a_whole_one_is_told_and_not_left_out():
    with pytest.raises(errors.Damaged) as told:
        open_bytes("x.zip", zipped(**{"a.json": TELEGRAM[:-20], "c.txt": WHATSAPP}))
    assert told.value.values["name"] == "a.json"


def test_an_unknown_form_says_what_can_be_read():
    with pytest.raises(errors.UnknownFormat) as told:
        open_bytes("thema.json", b'{"thema": "donker"}')
    assert all(reader.title in str(told.value) for reader in READERS)


def test_web_pages_with_something_unknown_beside_them_say_to_choose_json():
    with pytest.raises(errors.HtmlExport):
        open_bytes("x.zip", zipped(**{"messages.html": "<html>", "config.json": '{"a": 1}'}))


def test_half_a_surrogate_in_json_does_not_reach_the_screen():
    spoiled = TELEGRAM.replace(b"heb je", b"\\ud83d heb je")
    (conversation,) = all_conversations(open_bytes("result.json", spoiled))
    assert conversation.messages[0].text.encode("utf-8").decode("utf-8") == "\ufffd heb je de toets al geleerd?"


# Choosing


def account(*names):
    def chat(name):
        return {"name": name, "type": "personal_chat", "messages": [{"type": "message", "from": "a", "text": "hoi"}]}

    return open_bytes("result.json", json.dumps({"chats": {"list": [chat(name) for name in names]}}).encode())


def test_the_only_conversation_needs_no_name():
    assert choose(account("Noor")).name == "Noor"


@pytest.mark.parametrize(
    ("wanted", "found"), [("Noor", "Noor"), ("noor", "Noor"), ("Noor de Wit", "Noor de Wit"), ("wit", "Noor de Wit")]
)
def test_a_conversation_is_chosen_by_its_name_or_a_part_that_only_it_has(wanted, found):
    assert choose(account("Noor", "Noor de Wit", "Sam"), wanted).name == found


@pytest.mark.parametrize("wanted", ["Bo", "a", ""])
def test_a_name_of_nobody_or_of_several_is_refused_with_the_names(wanted):
    with pytest.raises(errors.NoSuchConversation) as told:
        choose(account("Sam", "Anna"), wanted)
    assert "Sam, Anna" in str(told.value)


def test_several_conversations_without_a_choice_are_refused_with_the_names():
    with pytest.raises(errors.SeveralConversations) as told:
        choose(account("Sam", "Anna"))
    assert "Sam, Anna" in str(told.value)


def test_conversations_of_the_same_name_can_each_be_chosen():
    exports = account("Noor", "Noor (2)", "Noor", "Noor")
    assert [c.name for c in all_conversations(exports)] == ["Noor", "Noor (2)", "Noor (3)", "Noor (4)"]
    assert all(choose(exports, c.name) is c for c in all_conversations(exports))


def test_a_file_and_its_bytes_give_the_same(tmp_path):
    (tmp_path / "result.json").write_bytes(TELEGRAM)
    assert open_exports(str(tmp_path / "result.json"), Options()) == open_bytes("result.json", TELEGRAM)


def test_a_pasted_selection_is_read_beside_files_of_other_forms(tmp_path):
    # Given a folder with an export, a selection that an app copied, and a note
    (tmp_path / "WhatsApp-chat met Noor.txt").write_text("13-03-2024 14:30 - Noor: hoi\n", encoding="utf-8")
    (tmp_path / "geplakt.txt").write_text(
        "[14:31, 13-3-2024] Bo: kom je\n[14:32, 13-3-2024] Jip: ja\n", encoding="utf-8"
    )
    (tmp_path / "notitie.txt").write_text("Boodschappen: melk\nKlusje: fiets\n", encoding="utf-8")
    # When the folder is opened, Then both chats are read, and the note is left alone
    exports = open_exports(str(tmp_path))
    assert sorted(export.format for export in exports) == ["pasted", "whatsapp"]
    assert [name.rsplit("/")[-1] for export in exports for name in export.ignored] == ["notitie.txt"]
