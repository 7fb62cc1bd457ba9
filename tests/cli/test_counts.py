"""How much was read is the same in every command: what people wrote, and the app's own notices apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "examples" / "WhatsApp-chat met Kim.zip"
COUNT = {
    "nl": "Berichten: 113. Meldingen van de app: 1.",
    "en": "Messages: 113. Notices of the app: 1.",
}


@pytest.fixture
def nameless(tmp_path):
    path = tmp_path / "nameless.jsonl"
    rows = [{"author": None, "text": "hoi", "time": None}] * 6
    path.write_text(json.dumps({"id": "x", "messages": rows}), encoding="utf-8")
    return path


@pytest.mark.parametrize("speaks", COUNT)
def test_check_and_read_count_alike(scherp, tmp_path, speaks):
    read = scherp("read", DEMO, "-o", tmp_path / "out.jsonl", "--lang", speaks).err
    check = " ".join(scherp("check", DEMO, "--lang", speaks).out.split())
    assert COUNT[speaks] in read
    assert COUNT[speaks] in check
    assert "114" not in read + check


def test_the_list_counts_what_people_wrote(scherp):
    assert scherp("check", DEMO, "--list").out == "Kim (berichten: 113): Kim, Lotte\n"


@pytest.mark.parametrize("speaks", COUNT)
def test_without_notices_none_are_spoken_of(scherp, risky, tmp_path, speaks):
    read = scherp("read", risky, "-o", tmp_path / "out.jsonl", "--lang", speaks).err
    assert "10." in read
    assert "app" not in read
    assert COUNT[speaks].split(". ")[1][:8] not in scherp("check", risky, "--lang", speaks).out


def test_a_message_without_a_name_is_a_message_and_no_notice(scherp, nameless, tmp_path):
    assert "Berichten: 6." in scherp("read", nameless, "-o", tmp_path / "out.jsonl").err
    out = scherp("check", nameless).out
    assert "Berichten: 6." in out
    assert "Meldingen" not in out
