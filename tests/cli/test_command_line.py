"""The command line as a whole: its help, its mistakes, its bugs, its pipes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scherp.cli.main import scherp as commands
from scherp.errors import ExitCode
from scherp.texts import Language, say

SPEAKS = [language.value for language in Language]


@pytest.mark.parametrize("speaks", SPEAKS)
@pytest.mark.parametrize("command", sorted(commands.commands))
def test_each_command_has_help_with_an_example_in_both_languages(scherp, command, speaks):
    out = scherp(command, "--lang", speaks, "--help").out
    assert out.startswith(("Gebruik: scherp " if speaks == "nl" else "Usage: scherp ") + command)
    assert ("Voorbeeld: scherp " if speaks == "nl" else "Example: scherp ") + command in " ".join(out.split())
    assert "cli." not in out
    foreign = ("Options:", "Show this", "FILE", "TEXT") if speaks == "nl" else ("Opties:", "BESTAND", "NAAM")
    assert not any(word in out for word in foreign)


@pytest.mark.parametrize("speaks", SPEAKS)
def test_without_a_command_it_shows_its_help(scherp, speaks):
    said = scherp("--lang", speaks)
    assert said.code == ExitCode.USAGE
    assert all(name in said.out + said.err for name in commands.commands)


def test_called_bare_it_shows_its_help_too(scherp):
    said = scherp()
    assert said.code == ExitCode.USAGE
    assert said.out.startswith("Gebruik: scherp")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["chek", "x"], "no_such_command"), (["check"], "missing"), (["check", "x", "--nope"], "no_such_option"),
        (["check", "x", "--for", "anyone"], "value"), (["check", "x", "--child"], "needs_value"),
        (["check", "x", "--json=1"], "no_value"), (["check", "WhatsApp", "chat.zip"], "too_much"),
        (["check", "x", "--html", "/"], "folder"), (["check", "x", "--child", "L"], "child_without_parent"),
        (["completion", "tcsh"], "value"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("speaks", SPEAKS)
def test_a_mistake_is_told_in_both_languages(scherp, words, key, speaks):
    said = scherp("--lang", speaks, *words)
    begin = say(f"cli.wrong.{key}", Language(speaks)).split("{")[0]
    assert said.code == ExitCode.USAGE
    assert said.out == ""
    assert said.err.startswith(f"scherp: {begin}")
    assert "--help" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.txt", None, ExitCode.NOT_FOUND), ("empty.txt", b"", ExitCode.EMPTY),
        ("list.txt", b"melk\nbrood\n", ExitCode.UNKNOWN_FORMAT),
        ("photo.jpg", b"\xff\xd8\xff\xe0" * 99, ExitCode.NOT_TEXT),
        ("page.html", b"<html><body>x</body></html>", ExitCode.UNKNOWN_FORMAT),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_its_exit_code_and_what_to_do(scherp, tmp_path, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for command in ("check", "read"):
        said = scherp(command, path)
        assert said.code == code
        assert said.err.startswith("scherp: ")
        assert f"({say('cli.exit', Language.NL, code=int(code))})" in said.err
        assert len(said.err.splitlines()) > 1
        assert "Traceback" not in said.err
        assert said.out == ""


def test_a_bug_shows_no_message_text(scherp, risky, monkeypatch):
    def broken(*_args, **_settings):
        raise RuntimeError("anders stuur ik alles door naar je klas")

    monkeypatch.setattr("scherp.checking.ranking.score", broken)
    said = scherp("check", risky)
    assert said.code == ExitCode.BUG
    assert "RuntimeError" in said.err
    assert "klas" not in said.err + said.out
    assert "Traceback" not in said.err


def test_stopping_it_is_told_and_gives_130(scherp, risky, monkeypatch):
    def stopped(*_args, **_settings):
        raise KeyboardInterrupt

    monkeypatch.setattr("scherp.checking.ranking.score", stopped)
    said = scherp("check", risky)
    assert said.code == ExitCode.INTERRUPTED
    assert "Traceback" not in said.err


def test_ctrl_c_while_it_waits_for_input():
    # What a shell starts in the background is deaf to Ctrl-C, and so would be what that starts: this listens again.
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    line = f"{listen}; from scherp.cli import main; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", line, "score", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    running.stdin.write(b'{"id": 1, "messages": []}\n')
    running.stdin.flush()
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in err


@pytest.mark.parametrize("command", ["check {} --json", "check {}", "score {}", "read {}", "check {} --html -"])
def test_a_reader_that_has_gone_is_no_error(shell, tmp_path, command):
    path = tmp_path / "long.jsonl"
    rows = [{"author": "Kim", "text": f"stuur eens een foto {n}", "time": None} for n in range(2000)]
    path.write_text((json.dumps({"id": 1, "messages": rows}) + "\n") * 3, encoding="utf-8")
    said = shell(f"set -o pipefail; scherp {command.format(path)} | true; echo ${{PIPESTATUS[0]}}")
    assert said.out.strip() == "0"
    assert said.err == ""


@pytest.mark.parametrize(
    ("shell_name", "mark"), [("bash", "complete "), ("zsh", "#compdef scherp"), ("fish", "complete ")]
)
def test_completion_gives_a_script(scherp, shell_name, mark):
    out = scherp("completion", shell_name).out
    assert mark in out
    assert "_SCHERP_COMPLETE" in out


def test_completion_completes(shell):
    said = shell("scherp ", _SCHERP_COMPLETE="bash_complete", COMP_WORDS="scherp ch", COMP_CWORD="1")
    assert "check" in said.out
    said = shell("scherp ", _SCHERP_COMPLETE="bash_complete", COMP_WORDS="scherp check --da", COMP_CWORD="2")
    assert "--date-order" in said.out


@pytest.mark.parametrize(
    ("begun", "whole"),
    [("o", "ouder"), ("jo", "jongere"), ("hulp", "hulpverlener"), ("pa", "parent"), ("young", "young-person")],
)
def test_completion_knows_the_readers_in_both_languages(shell, begun, whole):
    words = f"scherp check --for {begun}"
    said = shell("scherp ", _SCHERP_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="3")
    assert said.out.split() == [f"plain,{whole}"]


@pytest.mark.parametrize("speaks", SPEAKS)
def test_the_help_names_every_reader(scherp, speaks):
    out = scherp("check", "--lang", speaks, "--help").out
    for word in ("jongere", "ouder", "hulpverlener", "young-person", "parent", "professional"):
        assert word in out


def test_a_terminal_without_our_letters_stops_nothing(shell, risky):
    said = shell(f"scherp check {risky}", PYTHONIOENCODING="latin-1:strict")
    assert said.code == 0
    json_text = shell(f"scherp check {risky} --json | {sys.executable} -m json.tool", PYTHONIOENCODING="latin-1:strict")
    assert json_text.code == 0


def test_output_to_a_device_leaves_the_device(scherp, risky):
    assert scherp("read", risky, "-o", os.devnull, "-q").code == 0
    assert not Path(os.devnull).is_file()


def test_output_through_a_link_leaves_the_link(scherp, risky, tmp_path):
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    assert scherp("read", risky, "-o", tmp_path / "link.jsonl", "-q").code == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert json.loads((tmp_path / "real.jsonl").read_text(encoding="utf-8"))["id"] == "Kim"


@pytest.mark.parametrize("speaks", SPEAKS)
def test_the_vocabulary_can_be_read(scherp, speaks):
    said = scherp("--lang", speaks, "signs", "secrecy_request")
    assert ("Nederlands" if speaks == "nl" else "Dutch") in said.out
    assert scherp("signs", "sexual_talk").out.count("\n") < 6
    assert "image_request" in scherp("signs").out
    wrong = scherp("--lang", speaks, "signs", "secrecy_reqest")
    assert wrong.code == ExitCode.NO_SUCH_SIGN
    assert "secrecy_request" in wrong.err
