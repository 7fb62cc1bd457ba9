"""A file, zip, folder or standard input: opened, or refused with the reason. No test writes what a zip holds."""

import io
import os
import struct
import sys
import zipfile

import pytest

from scherp import errors
from scherp.reading.archive import Limits
from scherp.reading.sources import from_bytes, from_path, shown
from scherp.texts import Language

CHAT = "05-03-2024 21:04 - Noor: hoi\n"


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    """Each member is a name or a ZipInfo, and its content."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def info(name, *, attributes=0, flag=0):
    member = zipfile.ZipInfo(name)
    member.external_attr = attributes << 16
    member.flag_bits = flag
    return member


def encrypted(archive):
    """Set the flag of encryption on every member, in both places where a zip keeps it."""
    data = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def names(source):
    return [document.name for document in source.documents]


def refused(error, name, data, limits=None):
    with pytest.raises(error) as told:
        from_bytes(name, data, limits or Limits())
    assert type(told.value) is error
    # Then the person is told so in both languages, and the name of the file is there
    for language in Language:
        assert name in told.value.say(language)
    return told.value.values


# What is opened


def test_a_text_file_is_one_document(tmp_path):
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    source = from_path(str(tmp_path / "chat.txt"))
    assert source.documents == (("chat.txt", CHAT),)
    assert source.ignored == ()


def test_from_a_zip_only_texts_are_opened_and_the_rest_is_named():
    source = from_bytes("x.zip", zipped(("chat.txt", CHAT), ("IMG-1.jpg", b"\xff\xd8\xff"), ("a/b.opus", b"x")))
    assert names(source) == ["chat.txt"]
    assert source.ignored == ("IMG-1.jpg", "a/b.opus")


def test_what_a_mac_adds_is_left_out_in_silence():
    junk = [("__MACOSX/._chat.txt", "x"), (".DS_Store", "x"), ("._chat.txt", "x"), ("map/", "")]
    source = from_bytes("x.zip", zipped(("chat.txt", CHAT), *junk))
    assert (names(source), source.ignored) == (["chat.txt"], ())


def test_a_folder_is_opened_with_the_folders_and_zips_in_it(tmp_path):
    # Given a folder with a chat, a deeper chat, a zip with a chat and a picture, and a link out of the folder
    (tmp_path / "diep" / "dieper").mkdir(parents=True)
    (tmp_path / "a.txt").write_text(CHAT)
    (tmp_path / "diep" / "dieper" / "b.txt").write_text(CHAT)
    (tmp_path / "c.zip").write_bytes(zipped(("d.txt", CHAT), ("e.jpg", b"x")))
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "elders").symlink_to("/etc")
    # When it is opened
    source = from_path(str(tmp_path))
    # Then the chats are there and the links were not followed
    assert names(source) == ["a.txt", "c.zip/d.txt", "diep/dieper/b.txt"]
    assert set(source.ignored) == {"c.zip/e.jpg", "link.txt", "elders"}


def test_a_zip_in_a_zip_stays_closed_and_is_named():
    source = from_bytes("x.zip", zipped(("chat.txt", CHAT), ("in.zip", zipped(("b.txt", CHAT)))))
    assert (names(source), source.ignored) == (["chat.txt"], ("in.zip",))


def test_the_same_file_beside_the_zip_that_held_it_counts_once(tmp_path):
    (tmp_path / "chat.zip").write_bytes(zipped(("chat.txt", CHAT)))
    (tmp_path / "chat.txt").write_text(CHAT)
    source = from_path(str(tmp_path))
    assert (names(source), source.ignored) == (["chat.txt"], ("chat.zip/chat.txt",))


def test_standard_input_is_opened_as_a_text_or_a_zip(monkeypatch):
    for data in (CHAT.encode(), zipped(("chat.txt", CHAT))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [d.text for d in from_path("-").documents] == [CHAT]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_nothing_on_standard_input_is_told_apart_from_an_empty_file(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises(errors.NothingPasted):
        from_path("-")


def test_only_a_text_is_taken_for_pasted(monkeypatch, tmp_path):
    (tmp_path / "chat.txt").write_text(CHAT)
    assert not from_path(str(tmp_path / "chat.txt")).pasted
    for data, pasted in ((CHAT.encode(), True), (zipped(("chat.txt", CHAT)), False)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert from_path("-").pasted is pasted


def test_a_pipe_with_a_name_is_read_too(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, CHAT.encode())
    os.close(writing)
    try:
        assert from_path(f"/dev/fd/{reading}").documents[0].text == CHAT
    finally:
        os.close(reading)


# Characters


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_are_read_with_and_without_a_mark(encoding):
    chat = CHAT.replace("hoi", "één 😅")
    assert from_bytes("chat.txt", chat.encode(encoding)).documents[0].text == chat


def test_utf_16_with_the_other_mark_is_read():
    assert from_bytes("chat.txt", ("\ufeff" + CHAT).encode("utf-16-be")).documents[0].text == CHAT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
def test_a_text_cut_off_within_its_last_character_is_still_read(encoding):
    whole = (CHAT * 3 + "😅").encode(encoding)
    for cut in (1, 2, 3):
        assert from_bytes("chat.txt", whole[:-cut]).documents[0].text == CHAT * 3


def test_another_character_set_is_refused_with_the_line():
    values = refused(errors.WrongEncoding, "chat.txt", (CHAT + "één\n").encode("latin-1"))
    assert values["line"] == 2


def test_half_a_surrogate_in_utf_16_is_refused_with_the_line():
    data = b"\xff\xfe" + CHAT.encode("utf-16-le") + b"\x00\xd8a\x00" + CHAT.encode("utf-16-le")
    assert refused(errors.WrongEncoding, "chat.txt", data)["line"] == 2


def test_one_stray_control_character_does_not_make_a_chat_a_program():
    assert from_bytes("chat.txt", (CHAT * 50 + "\x00").encode()).documents[0].text.endswith("\x00")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("IMG-1.jpg", b"\xff\xd8\xff\xe1JFIF"),
        ("chat.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
        ("msgstore.db", b"SQLite format 3\x00" + bytes(200)),
        ("brief.pdf", b"%PDF-1.7\nzomaar wat"),
        ("programma", b"\x7fELF\x02\x01\x01" + bytes(50)),
        ("klank", struct.pack("<200h", *range(200))),
    ],
)
def test_what_is_not_text_is_refused_whatever_its_name(name, data):
    refused(errors.NotText, name, data)


@pytest.mark.parametrize("name", ["msgstore.db.crypt14", "msgstore.db.crypt15", "signal-2024.backup"])
def test_an_apps_encrypted_backup_is_called_that(name):
    refused(errors.Encrypted, name, bytes(range(256)) * 4)


@pytest.mark.parametrize("start", [b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00"])
def test_another_kind_of_archive_is_to_be_unpacked_first(start):
    refused(errors.OtherArchive, "chat.rar", start + bytes(50))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t", b"\xff\xfe"])
def test_nothing_is_empty(data):
    refused(errors.Empty, "chat.txt", data)


@pytest.mark.parametrize("page", ["<!DOCTYPE html><html>", "\n <html lang='nl'>"])
def test_a_web_page_says_to_choose_json(page):
    refused(errors.HtmlExport, "messages.txt", page.encode())


# What is not there


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    for path in (tmp_path / "weg.txt", tmp_path / "a\0b"):
        with pytest.raises(errors.NotFound):
            from_path(str(path))


def test_a_file_that_may_not_be_opened_is_not_found(tmp_path, monkeypatch):
    # Given a file of somebody else (whoever runs the tests may be allowed everything, so the system is asked)
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT)

    def forbid(*_args, **_kwargs):
        raise PermissionError(13, "forbidden")

    monkeypatch.setattr("pathlib.Path.open", forbid)
    with pytest.raises(errors.NotFound):
        from_path(str(chat))


@pytest.mark.parametrize("count", [0, 2])
def test_a_folder_without_text_is_no_chat_and_says_how_many_files_stayed_closed(tmp_path, count):
    for number in range(count):
        (tmp_path / f"IMG-{number}.jpg").write_bytes(b"x")
    with pytest.raises(errors.NoChat) as told:
        from_path(str(tmp_path))
    assert ("2" in told.value.say(Language.NL)) == (count == 2)


def test_a_zip_without_text_is_no_chat():
    refused(errors.NoChat, "x.zip", zipped())
    refused(errors.NoChat, "x.zip", zipped(("IMG-1.jpg", b"x")))


def test_a_zip_with_only_web_pages_says_to_choose_json():
    refused(errors.HtmlExport, "x.zip", zipped(("messages.html", "<html>"), ("style.css", "")))


def test_a_folder_with_only_a_locked_backup_says_so(tmp_path):
    (tmp_path / "msgstore.db.crypt15").write_bytes(b"x")
    with pytest.raises(errors.Encrypted):
        from_path(str(tmp_path))


def test_one_unreadable_text_does_not_hide_the_others_and_is_named():
    source = from_bytes("x.zip", zipped(("a.txt", "één".encode("latin-1")), ("b.txt", CHAT), ("c.txt", "")))
    assert (names(source), source.ignored) == (["b.txt"], ("a.txt", "c.txt"))


def test_a_zip_with_only_an_unreadable_text_says_why():
    with pytest.raises(errors.WrongEncoding) as told:
        from_bytes("x.zip", zipped(("a.txt", "één".encode("latin-1"))))
    assert told.value.values["name"] == "a.txt"


# Archives of a stranger


@pytest.mark.parametrize(
    "name",
    ["../chat.txt", "a/../../chat.txt", "/etc/chat.txt", "C:\\chat.txt", "c:chat.txt", "..\\chat.txt", "\\chat.txt"],
)
def test_a_member_outside_the_archive_is_refused(name):
    refused(errors.UnsafeArchive, "x.zip", zipped(("b.txt", CHAT), (info(name), CHAT)))


def test_a_name_with_dots_in_it_is_no_escape():
    assert names(from_bytes("x.zip", zipped(("chat met ...Noor..txt", CHAT)))) == ["chat met ...Noor..txt"]


def test_a_link_in_an_archive_is_refused():
    refused(errors.UnsafeArchive, "x.zip", zipped((info("chat.txt", attributes=0o120777), "/etc/passwd")))


@pytest.mark.parametrize("members", [[("chat.txt", CHAT)], [("IMG-1.jpg", b"x")]])
def test_a_zip_with_a_password_is_encrypted(members):
    refused(errors.Encrypted, "x.zip", encrypted(zipped(*members)))


def test_a_cut_off_zip_is_damaged_wherever_it_was_cut():
    whole = zipped(("chat.txt", CHAT * 20), ("b.txt", CHAT))
    for cut in range(4, len(whole)):
        refused(errors.DamagedArchive, "x.zip", whole[:cut])


def test_a_zip_of_which_a_byte_was_changed_is_damaged():
    whole = bytearray(zipped(("chat.txt", CHAT * 20)))
    whole[whole.index(b"chat.txt") + 10] ^= 0xFF
    refused(errors.DamagedArchive, "x.zip", bytes(whole))


def test_a_rare_way_of_packing_is_to_be_unpacked_first():
    refused(errors.OtherArchive, "x.zip", zipped(("chat.txt", CHAT), compression=zipfile.ZIP_BZIP2))


def test_a_bomb_is_refused_by_what_it_says_before_it_unpacks():
    bomb = zipped(("chat.txt", b"a" * 20_000_000))
    assert len(bomb) < 50_000
    refused(errors.ZipBomb, "x.zip", bomb)


def test_a_bomb_that_lies_about_its_size_never_unpacks_beyond_that_size():
    # Given a member of 20 MB that says it is 100 bytes
    data = bytearray(zipped(("chat.txt", b"a" * 20_000_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = struct.pack("<I", 100)
    # Then what comes out does not match what was promised
    refused(errors.DamagedArchive, "x.zip", bytes(data))


def test_a_table_of_contents_that_says_it_is_huge_is_not_read():
    data = zipped(*((f"{n}.txt", CHAT) for n in range(50)))
    refused(errors.ZipBomb, "x.zip", data, Limits(directory=1000))


def test_too_many_files_are_refused(tmp_path):
    refused(errors.TooManyFiles, "x.zip", zipped(*((f"{n}.jpg", b"") for n in range(4))), Limits(members=3))
    for number in range(4):
        (tmp_path / f"{number}.jpg").write_bytes(b"")
    with pytest.raises(errors.TooManyFiles):
        from_path(str(tmp_path), Limits(members=3))


# Sizes


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path):
    # Given a file that claims 2 GB and holds nothing
    big = tmp_path / "chat.txt"
    with big.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(errors.TooLarge) as told:
        from_path(str(big))
    assert told.value.values["size"] == "2 GB"
    assert told.value.values["limit"] == "200 MB"


def test_a_text_one_byte_over_the_limit_is_refused_and_at_the_limit_is_read(tmp_path):
    exact = Limits(text=len(CHAT))
    assert from_bytes("chat.txt", CHAT.encode(), exact).documents
    refused(errors.TooLarge, "chat.txt", CHAT.encode() + b"!", exact)
    (tmp_path / "chat.txt").write_text(CHAT + "!")
    for path in (tmp_path, tmp_path / "chat.txt"):
        with pytest.raises(errors.TooLarge):
            from_path(str(path), exact)


def test_a_zip_may_be_larger_than_a_text_as_its_pictures_stay_closed(tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped(("IMG-1.jpg", os.urandom(5000)), ("chat.txt", CHAT)))
    assert names(from_path(str(tmp_path / "x.zip"), Limits(text=100))) == ["chat.txt"]


def test_all_texts_together_have_a_limit_too(tmp_path):
    both = Limits(total=len(CHAT) + 1)
    refused(errors.TooLarge, "x.zip", zipped(("a.txt", CHAT), ("b.txt", CHAT)), both)
    (tmp_path / "a.txt").write_text(CHAT)
    (tmp_path / "b.txt").write_text(CHAT)
    with pytest.raises(errors.TooLarge):
        from_path(str(tmp_path), both)


def test_a_member_over_the_limit_is_refused_by_name():
    with pytest.raises(errors.TooLarge) as told:
        from_bytes("x.zip", zipped(("a.txt", CHAT)), Limits(text=10))
    assert told.value.values["name"] == "a.txt"


def test_input_without_end_is_read_to_one_byte_over_the_limit(monkeypatch):
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def read(self, count=-1):
            assert count > 0
            self.given += count
            return b"a" * count

    class Stdin:
        buffer = Endless()

    monkeypatch.setattr(sys, "stdin", Stdin)
    with pytest.raises(errors.TooLarge):
        from_path("-", Limits(text=5000))
    assert Stdin.buffer.given == 5001


def test_a_name_cannot_forge_a_line_of_the_terminal():
    assert shown("a\x1b[2Jb\u202etxt.\udcff") == "a\ufffd[2Jb\ufffdtxt.\ufffd"
    assert names(from_bytes("x.zip", zipped((info("a\x1b[2J.txt"), CHAT)))) == ["a\ufffd[2J.txt"]
