"""What is pasted and is no chat: perhaps a cry for help, so never a mere list of forms."""

from __future__ import annotations

import io
import sys

import pytest

from scherp.advice import lines
from scherp.errors import ExitCode

CRIES = ["help ik word gechanteerd", "hij heeft mijn foto en wil geld", "Kim: stuur nou", "help\nhelp\n\nhelp"]


@pytest.fixture
def pasted(scherp, monkeypatch):
    def run(text, *words):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return scherp("check", "-", *words)

    return run


def number(line):
    return lines()[line].phone


@pytest.mark.parametrize(
    ("speaks", "form", "danger"), [("nl", "Naam: tekst", "gevaar"), ("en", "Name: text", "in danger")]
)
@pytest.mark.parametrize("text", CRIES)
def test_a_bare_message_is_told_the_form_and_who_to_call(pasted, text, speaks, form, danger):
    said = pasted(text, "--lang", speaks)
    assert said.code == ExitCode.UNKNOWN_FORMAT
    assert form in said.err
    last = said.err.rstrip().splitlines()[-1]
    assert danger in last
    assert "112" in last
    assert f"Kindertelefoon: {number('kindertelefoon')}" in last
    assert "stdin" not in said.err
    assert "Telegram" not in said.err
    assert said.out == ""


@pytest.mark.parametrize("text", CRIES)
def test_what_was_pasted_is_not_repeated(pasted, text):
    assert "gechanteerd" not in pasted(text).err
    assert "foto en wil" not in pasted(text).err


@pytest.mark.parametrize(("speaks", "begin"), [("nl", "scherp: Er is niets geplakt."), ("en", "scherp: Nothing was")])
@pytest.mark.parametrize("text", ["", " \n\n"])
def test_nothing_is_told_so_with_how_to_paste_and_who_to_call(pasted, text, speaks, begin):
    said = pasted(text, "--lang", speaks)
    assert said.code == ExitCode.EMPTY
    assert said.err.startswith(begin)
    assert "scherp check -" in said.err
    assert "Ctrl-D" in said.err
    assert number("kindertelefoon") in said.err
    assert "0 bytes" not in said.err


def test_in_belgium_they_are_sent_to_belgian_lines(pasted):
    said = pasted(CRIES[0], "--country", "be")
    assert number("awel") in said.err
    assert number("kindertelefoon") not in said.err
    said = pasted(CRIES[0], "--country", "be", "--for", "parent")
    assert number("hulplijn_1712") in said.err
    assert number("veilig_thuis") not in said.err


@pytest.mark.parametrize(("audience", "line"), [("parent", "veilig_thuis"), ("professional", "police")])
def test_another_reader_is_told_whom_they_can_call(pasted, audience, line):
    said = pasted(CRIES[0], "--for", audience)
    assert "112" in said.err
    assert number(line) in said.err
    assert number("kindertelefoon") not in said.err


def test_a_file_is_still_told_which_forms_are_read(scherp, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("melk\nbrood\n", encoding="utf-8")
    said = scherp("check", path)
    assert "Telegram" in said.err
    assert "Kindertelefoon" not in said.err


def test_a_chat_that_is_pasted_is_checked(pasted):
    said = pasted("Kim: hoi\nLotte: hoi\nKim: hoe oud ben je\nLotte: 13\n")
    assert said.code == ExitCode.FINE
    assert said.err == ""
