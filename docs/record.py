"""What is put on record, by part of the sites: the events of each `events.py`, as a page for an auditor."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "scherp" / "web"
HEAD = ROOT / "docs" / "organisation" / "record_head.txt"


def page() -> Iterator[str]:
    """Give the lines of the page."""
    yield from HEAD.read_text(encoding="utf-8").rstrip().splitlines()
    for path in sorted(WEB.glob("*/events.py")):
        yield from ("", f"## `{path.parent.name}`", "")
        yield from (f"- `{kind}`" for kind in kinds(path))


def kinds(path: Path) -> list[str]:
    """Give every kind of event that a module names, in its order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return [str(value.value) for value in values if isinstance(value, ast.Constant)]
