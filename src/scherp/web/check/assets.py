"""What the browser needs to run the engine, made ready by `manage.py public prepare`.

Both names change with what is in them, so that a browser may keep them for ever and never mixes two versions.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

ENGINE = ("advice", "checking", "reading", "report", "scoring", "signs", "texts")
"""The packages of the engine; with them go `errors`, `conversation` and `in_browser`."""

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_LISTED = "assets.json"
_NOT_NEEDED = ("__pycache__", "signs/vocabulary/")
_EXCEPT = "signs/vocabulary/_words.toml"
_NEVER_CHANGED = (1980, 1, 1, 0, 0, 0)


class Assets(NamedTuple):
    """Paths under the static files."""

    pyodide: str
    engine: str


class NoPyodide(RuntimeError):
    """The package `pyodide` is not there; `npm ci` brings it."""


@cache
def assets() -> Assets:
    """Give what `prepare` made. Raises FileNotFoundError when it was not run."""
    return Assets(**json.loads((_folder() / _LISTED).read_text(encoding="utf-8")))


def prepare(modules: Path) -> Assets:
    """Put the engine and Pyodide where static files are gathered from. `modules`: the folder of npm's packages."""
    package = modules / "pyodide"
    if not (package / "package.json").is_file():
        raise NoPyodide(str(package))
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    shutil.rmtree(_folder(), ignore_errors=True)
    kept = _folder() / f"pyodide-{version}"
    kept.mkdir(parents=True)
    for name in PYODIDE:
        shutil.copyfile(package / name, kept / name)
    bundle = engine()
    name = f"engine-{hashlib.sha256(bundle).hexdigest()[:16]}.zip"
    (_folder() / name).write_bytes(bundle)
    made = Assets(pyodide=f"check/{kept.name}/", engine=f"check/{name}")
    (_folder() / _LISTED).write_text(json.dumps(made._asdict()), encoding="utf-8")
    assets.cache_clear()
    return made


def engine() -> bytes:
    """Give the engine as a zip of Python modules and data: the same bytes from the same files."""
    root = Path(str(files("scherp")))
    wanted = sorted(
        path for path in root.rglob("*") if path.is_file() and _is_engine(path.relative_to(root).as_posix())
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in wanted:
            entry = zipfile.ZipInfo(f"scherp/{path.relative_to(root).as_posix()}", _NEVER_CHANGED)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _is_engine(name: str) -> bool:
    if name == _EXCEPT:
        return True
    if any(part in name for part in _NOT_NEEDED):
        return False
    alone = ("__init__.py", "conversation.py", "errors.py", "web/__init__.py", "web/check/__init__.py")
    return name in (*alone, "web/check/in_browser.py") or name.partition("/")[0] in ENGINE


def _folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0]) / "check"
