"""The fenced blocks of a page, and the terminal sessions among them: found, run, compared, written anew.

A `console` block holds commands after `$ ` and what they print. It runs in an empty folder with `examples/` in it,
in a Dutch terminal of 80 columns. A line `…` stands for any text. A command has to end with exit code 0, unless
`$ echo $?` follows it. Under the line `<!-- output written by make docs -->` the output is written, not typed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = "<!-- output written by make docs -->\n"
ANYTHING = "…"
NOT_RUN = ("make", "git", "pip", "cd")
"""Commands that a page may name but that no session runs."""

_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<kind>[a-z]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block. start, end: characters of its body in the page. written: its output is not typed."""

    kind: str
    body: str
    start: int
    end: int
    line: int
    written: bool


class Step(NamedTuple):
    """One command of a session, and the output that the page shows under it."""

    command: str
    shown: str


class Ran(NamedTuple):
    """What a command gave: output and errors as they came, and its exit code; code None when it was not run."""

    output: str
    code: int | None


def blocks(page: str) -> Iterator[Block]:
    """Give every fenced block of a page."""
    for found in _BLOCK.finditer(page):
        start, end = found.span("body")
        line = page.count("\n", 0, start)
        yield Block(found["kind"], found["body"], start, end, line, page[: found.start()].endswith(WRITTEN))


def without_blocks(page: str) -> str:
    """Give a page without its fenced blocks."""
    return _BLOCK.sub("", page)


def steps(body: str) -> list[Step]:
    """Read the commands of a session; a command that ends in a backslash goes on in the next line."""
    found: list[Step] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], ""))
        elif found and found[-1].command.endswith("\\") and not found[-1].shown:
            found[-1] = Step(f"{found[-1].command}\n{line}", "")
        elif found:
            found[-1] = found[-1]._replace(shown=f"{found[-1].shown}{line}\n")
        else:
            raise ValueError(f"a session begins with a command, not with {line!r}")
    return found


def prepared(folder: Path) -> Path:
    """Put the examples in a folder, as a session expects."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def run(session: Iterable[Step], folder: Path) -> list[Ran]:
    """Run the commands of a session one after another."""
    ran: list[Ran] = []
    code = 0
    for step in session:
        if step.command.split()[0] in NOT_RUN:
            ran.append(Ran(step.shown, None))
            continue
        done = subprocess.run(
            ["bash", "-c", f"(exit {code}); {step.command}"],
            cwd=folder,
            env=_surroundings(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        code = done.returncode
        ran.append(Ran(tidy(done.stdout.decode("utf-8")), code))
    return ran


def expected_codes(session: list[Step]) -> list[bool]:
    """Tell for each command whether it has to end well (where no `$ echo $?` follows)."""
    after = [*(step.command for step in session[1:]), ""]
    return [command != "echo $?" for command in after]


def agrees(shown: str, output: str) -> bool:
    """Tell whether the output is as shown; nothing shown agrees with anything."""
    if not shown.strip():
        return True
    pieces = (re.escape(piece) for piece in tidy(shown).strip("\n").split(ANYTHING))
    return re.fullmatch(".*?".join(pieces), output.strip("\n"), re.DOTALL) is not None


def tidy(text: str) -> str:
    """Take the blanks from the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def rewritten(page: str, folder: Path) -> str:
    """Give a page with the output of its marked sessions as it is today."""
    shown = [block for block in blocks(page) if block.kind == "console"]
    bodies = [_body(steps(block.body), folder) for block in shown]  # all of them: one may use what another made
    for block, body in reversed(list(zip(shown, bodies, strict=True))):
        if block.written:
            page = page[: block.start] + body + page[block.end :]
    return page


def _body(session: list[Step], folder: Path) -> str:
    return "".join(f"$ {s.command}\n{r.output}" for s, r in zip(session, run(session, folder), strict=True))


def _surroundings(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "nl_NL.UTF-8",
        "COLUMNS": "80",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
    }
