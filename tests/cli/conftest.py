"""The command line as a person uses it: words in, what stands on the screen out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

import pytest
from bulk_lines import HARMLESS, RISKY, SHORT, line_of

from scherp.cli import main

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS")


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def a_device_without_a_locale(monkeypatch):
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def scherp(monkeypatch, capsys):
    """Run it in this process."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["scherp", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Said(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def shell():
    """Run it as a program of its own, in a shell: for pipes and signals."""

    def run(line, **environment):
        clean = {name: value for name, value in os.environ.items() if name not in LOCALES} | environment
        line = line.replace("scherp ", f"{sys.executable} -c 'from scherp.cli import main; main()' ")
        done = subprocess.run(["bash", "-c", line], capture_output=True, env=clean, timeout=60, check=False)
        return Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    return run


@pytest.fixture
def risky(tmp_path):
    path = tmp_path / "kim.jsonl"
    path.write_text(line_of("Kim", *RISKY) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def account(tmp_path):
    """A whole account: three conversations."""
    path = tmp_path / "account.jsonl"
    rows = [line_of("Noor", *HARMLESS), line_of("Kim", *RISKY), line_of("Mees", *SHORT)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
