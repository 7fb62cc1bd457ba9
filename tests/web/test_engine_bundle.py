"""What the browser gets: the engine and nothing else, and it says there what the terminal says."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scherp.web.check.assets import NoPyodide, engine, prepare

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def bundle():
    return engine()


def test_the_same_files_give_the_same_bytes(bundle):
    assert engine() == bundle


def test_nothing_but_the_engine_is_in_it(bundle):
    names = zipfile.ZipFile(io.BytesIO(bundle)).namelist()
    assert not [
        n
        for n in names
        if any(part in n for part in ("/cli/", "/training/", "/evaluation/", "guidance", "settings", ".pyc"))
    ]
    assert "scherp/web/check/in_browser.py" in names
    assert "scherp/scoring/words.bin" in names


def test_with_pyodide_it_is_less_than_12_megabytes_to_fetch(bundle):
    import gzip

    modules = Path(__file__).parents[2] / "node_modules" / "pyodide"
    if not modules.exists():
        pytest.skip("no Pyodide here: npm ci")
    packed = sum(
        len(gzip.compress((modules / name).read_bytes()))
        if not name.endswith(".zip")
        else (modules / name).stat().st_size
        for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    )
    assert packed + len(bundle) < 12_000_000


def test_alone_in_the_world_it_checks_a_chat(bundle, tmp_path):
    # Given only the bundle: no site-packages, no repository
    (tmp_path / "engine.zip").write_bytes(bundle)
    code = """
import sys; sys.path.insert(0, "engine.zip")
import json
from scherp.web.check.in_browser import Session, ready
ready(); session = Session(); wishes = json.dumps({"audience": "professional", "language": "en"})
read = json.loads(session.open(sys.argv[1], wishes))
found = json.loads(session.check(wishes))
report = json.loads(session.report(0, wishes))
print(json.dumps({"read": read, "found": found, "report": report, "unshown": json.loads(session.unshown(0, wishes))}))
"""
    chat = EXAMPLES / "WhatsApp-chat met Kim.zip"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, chat], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    answer = json.loads(told.stdout)
    assert answer["read"]["people"] == ["Kim", "Lotte"]
    assert answer["read"]["media"] == 1
    assert answer["unshown"]["steering"] == "Kim"
    # the page never names anybody, and shows no number and no level over time
    assert "Kim" not in answer["report"]["shown"]
    assert "<svg" in answer["report"]["shown"]
    assert 'class="level-' not in answer["report"]["shown"]


def test_without_pyodide_one_is_told_how_to_get_it(tmp_path):
    with pytest.raises(NoPyodide):
        prepare(tmp_path)
    manage = Path(__file__).parents[2] / "manage.py"
    call = [sys.executable, manage, "public", "prepare", "--modules", tmp_path]
    told = subprocess.run(
        call, env=os.environ | {"SCHERP_ASSETS": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert told.returncode != 0
    assert "npm ci" in told.stderr
