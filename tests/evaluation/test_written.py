"""Our own conversations, as `corpus/README.md` says that they are written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scherp.conversation import Kind
from scherp.errors import BadWritten, NotFound, WrongEncoding
from scherp.evaluation.written import Split, Theme, is_folder, read_file, read_folder
from scherp.texts import Language

RISKY = """\
=== nl-risky-game-01
plot: een jongen van 13 krijgt skins en moet daarvoor een foto sturen
slices: boys, flemish
steering: Vexx
split: train
d1 23:58 Vexx | hoe oud ben je eig  {age_question}
d1 23:59 Sem | 13 jij  {states_minor_age}
d2 00:02 Sem | [image]

d2 16:31 Vexx | stuur eens een foto van jezelf dan weet ik wie je bent  {image_request, !}
"""
HARMLESS = """\
=== nl-harmless-class-01
plot: twee klasgenoten plannen een verrassing
slices: -
steering: -
split: development
d1 09:00 Noor van B | niks tegen juf zeggen {of toch} | oke?
d1 09:01 Kim | {secrecy_request}
"""
FIRST_LINE, LAST_LINE = 6, 10


@pytest.fixture
def write(tmp_path):
    def written(text: str, where: str = "nl/risky") -> Path:
        path = tmp_path / where / "game.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_risky_conversation_says_who_steers_and_where_the_first_request_is(write):
    (found,) = read_file(write(RISKY))
    assert (found.id, found.steering, found.first_request) == ("nl-risky-game-01", "Vexx", 3)
    assert (found.lang, found.theme, found.split, found.risky) == (Language.NL, Theme.RISKY, Split.TRAIN, True)
    assert found.slices == {"boys", "flemish"}
    assert found.signs == ({"age_question"}, {"states_minor_age"}, frozenset(), {"image_request"})


def test_messages_are_as_a_reader_gives_them(write):
    (found,) = read_file(write(RISKY))
    first, _, picture, last = found.conversation.messages
    assert (first.text, first.author, first.number, first.line) == ("hoe oud ben je eig", "Vexx", 0, FIRST_LINE)
    assert (picture.kind, picture.text) == (Kind.IMAGE, "")
    assert last.line == LAST_LINE
    assert (picture.time - first.time).total_seconds() == 240  # over midnight
    assert found.conversation.speakers == ("Vexx", "Sem")


def test_in_a_harmless_conversation_nobody_steers_and_nothing_is_requested(write):
    (found,) = read_file(write(HARMLESS, "nl/harmless_hard"))
    assert (found.steering, found.first_request, found.risky) == (None, None, False)
    assert found.theme is Theme.HARMLESS_HARD
    assert found.messages[0].author == "Noor van B"


def test_braces_that_are_not_signs_are_text(write):
    (found,) = read_file(write(HARMLESS, "nl/harmless_hard"))
    assert found.messages[0].text == "niks tegen juf zeggen {of toch} | oke?"


def test_a_file_holds_several(write):
    assert len(read_file(write(HARMLESS + "\n" + HARMLESS.replace("01", "02"), "en/harmless_everyday"))) == 2


@pytest.mark.parametrize(
    ("was", "is_now", "problem", "line"),
    [
        ("{age_question}", "{sign_we_never_heard_of}", "sign", FIRST_LINE),
        (", !}", "}", "request", 1),
        ("{age_question}", "{age_question, !}", "request", LAST_LINE),
        ("d2 16:31", "d1 16:31", "backwards", LAST_LINE),
        ("d1 23:58 Vexx", "23:58 Vexx", "line", FIRST_LINE),
        ("d1 23:58", "d9999999999 23:58", "line", FIRST_LINE),
        ("steering: Vexx", "steering: vexx", "steering", 4),
        ("split: train", "split: test", "split", 5),
        ("boys, flemish", "boys, martians", "slice", 3),
        ("plot: een", "plat: een", "field", 2),
        ("=== nl-risky-game-01", "nl-risky-game-01", "no_head", 1),
    ],
)
def test_what_is_not_in_the_form_is_told_with_file_and_line(write, was, is_now, problem, line):
    with pytest.raises(BadWritten) as told:
        read_file(write(RISKY.replace(was, is_now, 1)))
    assert told.value.problem == problem
    assert f'"nl/risky/game.txt", line {line}:' in told.value.say(Language.EN)
    assert f'"nl/risky/game.txt", regel {line}:' in told.value.say(Language.NL)


def test_a_file_that_is_not_utf_8_is_told_with_its_line(write):
    path = write(RISKY)
    path.write_bytes(RISKY.encode().replace(b"oud", b"o\xfcd"))
    with pytest.raises(WrongEncoding, match="line 6"):
        read_file(path)


def test_no_error_shows_what_was_written(write):
    with pytest.raises(BadWritten) as told:
        read_file(write(RISKY.replace("d1 23:58 Vexx |", "Vexx:")))
    assert "hoe oud" not in str(told.value)


def test_a_harmless_conversation_with_somebody_who_steers_is_refused(write):
    with pytest.raises(BadWritten, match="whoever steers"):
        read_file(write(HARMLESS.replace("steering: -", "steering: Kim"), "nl/harmless_hard"))


def test_a_conversation_without_messages_is_refused(write):
    with pytest.raises(BadWritten, match="no message"):
        read_file(write("\n".join(HARMLESS.splitlines()[:5]), "nl/harmless_hard"))


def test_a_file_outside_the_folders_is_refused(write):
    with pytest.raises(BadWritten, match="such as nl/risky"):
        read_file(write(RISKY, "elsewhere"))


def test_a_folder_is_read_whole_and_no_id_comes_twice(write, tmp_path):
    write(RISKY)
    write(HARMLESS, "nl/harmless_hard")
    assert is_folder(tmp_path)
    assert [found.risky for found in read_folder(tmp_path)] == [False, True]
    write(HARMLESS, "en/harmless_hard")
    with pytest.raises(BadWritten, match="already"):
        read_folder(tmp_path)


def test_a_folder_without_any_is_refused(tmp_path):
    assert not is_folder(tmp_path)
    with pytest.raises(NotFound):
        read_folder(tmp_path)


@pytest.fixture
def ours():
    corpus = Path(__file__).parents[2] / "corpus"
    if not is_folder(corpus):
        pytest.skip("there is no corpus beside the project's code")
    return corpus


def test_every_conversation_of_ours_is_in_its_form(ours):
    assert read_folder(ours)


def test_each_writer_has_files_that_are_there_and_nobody_else_s(ours):
    named = [
        (writer["lang"], file)
        for writer in tomllib.loads((ours / "writers.toml").read_text(encoding="utf-8"))["writer"]
        for file in writer["files"]
    ]
    assert len(named) == len(set(named))
    there = {theme: {(one.lang, one.file) for one in read_folder(ours) if one.theme is theme} for theme in Theme}
    assert set(named) <= there[Theme.RISKY] & there[Theme.HARMLESS_HARD]
    assert not set(named) & there[Theme.HARMLESS_EVERYDAY]
