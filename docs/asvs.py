"""OWASP ASVS, walked through up to level 2: `organisation/asvs.toml` as the page `organisation/asvs.md`."""

from __future__ import annotations

import ast
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "docs" / "organisation" / "asvs.toml"


class Stands(StrEnum):
    """How a requirement stands today."""

    HOLDS = "holds"
    DEPLOYMENT = "deployment"
    NOT = "not"
    ABSENT = "absent"


IN_WORDS = {
    Stands.HOLDS: "holds",
    Stands.DEPLOYMENT: "holds in the deployment",
    Stands.NOT: "does not hold",
    Stands.ABSENT: "does not apply",
}


class Row(NamedTuple):
    """One requirement, or a whole section or chapter that does not apply. tests: `file::name`."""

    number: str
    asks: str
    stands: Stands
    how: str
    tests: tuple[str, ...]


class Walk(NamedTuple):
    """The whole walk. asked: every requirement up to level 2, in order. awaited: files of tests that are being made."""

    standard: dict[str, str]
    chapters: dict[str, str]
    asked: tuple[str, ...]
    rows: dict[str, Row]
    awaited: frozenset[str]


def walk(path: Path = SOURCE) -> Walk:
    """Read the walk."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    above = set(said["level_three"])
    numbers = (f"{section}.{n}" for section, count in said["sections"].items() for n in range(1, count + 1))
    asked = tuple(number for number in numbers if number not in above)
    rows = {number: _row(number, row) for number, row in said["rows"].items()}
    return Walk(said["standard"], said["chapters"], asked, rows, frozenset(said.get("awaited", ())))


def _row(number: str, said: dict[str, object]) -> Row:
    tests = said.get("tests", [])
    return Row(number, str(said["asks"]), Stands(str(said["stands"])), str(said["how"]), tuple(tests))  # type: ignore[arg-type]


def answers(walked: Walk, number: str) -> list[Row]:
    """Give the rows that speak of a requirement: its own, its section's, its chapter's."""
    parts = number.split(".")
    names = (".".join(parts[:n]) for n in (3, 2, 1))
    return [walked.rows[name] for name in names if name in walked.rows]


def page(walked: Walk) -> Iterator[str]:
    """Give the lines of the page."""
    yield from _head(walked)
    for chapter, title in walked.chapters.items():
        rows = [row for row in walked.rows.values() if row.number.split(".")[0] == chapter]
        yield from ("", f"## {chapter}. {title}", "", "| number | asks | stands | how |", "|---|---|---|---|")
        for row in sorted(rows, key=_place):
            yield f"| {row.number} | {row.asks} | {_strong(row.stands)} | {_how(row)} |"


def _head(walked: Walk) -> Iterator[str]:
    standard = walked.standard
    yield f"[{standard['name']}]({standard['web']}), levels 1 and 2, against the help line and both sites."
    yield standard["note"]
    yield from ("", "| chapter | " + " | ".join(IN_WORDS.values()) + " |", "|---|---:|---:|---:|---:|")
    for chapter, title in walked.chapters.items():
        yield _counts(f"{chapter}. {title}", _standing(walked, chapter))
    yield _counts("together", _standing(walked))
    yield from ("", *_MEANING, "", "## What does not hold", "")
    yield from (f"- {row.number}, {row.asks}: {row.how}" for row in walked.rows.values() if row.stands is Stands.NOT)


_MEANING = (
    "**Holds**: in the software as it is. **In the deployment**: when it is set up as [the documentation](../index.md)",
    "says, which only who runs it can see to. **Does not hold**: what is missing is said; where only a part is,",
    'the whole counts as missing. **Does not apply**: Scherp has no such part. "No test" means that no test shows it,',
    "not that it is untrue.",
)


def _standing(walked: Walk, chapter: str = "") -> list[Stands]:
    asked = (number for number in walked.asked if not chapter or number.split(".")[0] == chapter)
    return [answers(walked, number)[0].stands for number in asked]


def _counts(name: str, standing: list[Stands]) -> str:
    return f"| {name} | " + " | ".join(str(standing.count(each)) for each in Stands) + " |"


def _strong(stands: Stands) -> str:
    return f"**{IN_WORDS[stands]}**" if stands is Stands.NOT else IN_WORDS[stands]


def _place(row: Row) -> list[int]:
    return [int(part) for part in row.number.split(".")]


def _how(row: Row) -> str:
    shown = "; ".join(_in_words(test) for test in row.tests)
    if not shown:
        return row.how if row.stands in {Stands.NOT, Stands.ABSENT} else f"{row.how} No test."
    return f"{row.how} Shown by: {shown}."


def _in_words(test: str) -> str:
    file, _, name = test.partition("::")
    there = "" if _is_there(test) else ", not there yet"
    return f"*{name.removeprefix('test_').replace('_', ' ')}* ({Path(file).stem}{there})"


def missing(walked: Walk) -> list[str]:
    """Give the tests that are named and not there, but for those in files that are awaited."""
    named = {test for row in walked.rows.values() for test in row.tests}
    return sorted(test for test in named if test.partition("::")[0] not in walked.awaited and not _is_there(test))


def _is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    return (ROOT / file).exists() and name in _tests_in(ROOT / file)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
