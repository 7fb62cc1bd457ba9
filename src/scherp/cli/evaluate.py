"""`scherp evaluate`: labelled conversations in, figures out; never a text, an id or a name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scherp.cli.bilingual import Misuse
from scherp.cli.output import is_screen, progress, written_to
from scherp.cli.signs import find
from scherp.errors import ExitCode
from scherp.evaluation.as_json import as_json, counts_only
from scherp.evaluation.as_text import as_text
from scherp.evaluation.datasets import load
from scherp.evaluation.judging import judge_all
from scherp.evaluation.results import results
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.conversation import SignId
    from scherp.evaluation.figures import Results

_SCREEN = Path("-")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked for."""

    html: Path | None = None
    json_file: Path | None = None
    counts_only: bool = False
    without: tuple[SignId, ...] = ()
    quiet: bool = False

    @property
    def to_json(self) -> Path | None:
        """Where the figures go as JSON; None when nobody asked."""
        return self.json_file or (_SCREEN if self.counts_only else None)

    @property
    def screen_taken(self) -> bool:
        """Whether a page or JSON goes to standard output, so that nothing else may."""
        return any(path is not None and is_screen(path) for path in (self.html, self.to_json))

    def hold_together(self) -> None:
        """Refuse options that do not go together, before anything is read."""
        if self.counts_only and self.html is not None:
            raise Misuse("counts_and_screen")
        if self.html is not None and self.to_json is not None and is_screen(self.html) and is_screen(self.to_json):
            raise Misuse("two_on_screen")


def run(data: Sequence[str], asked: Asked, language: Language) -> ExitCode:
    """Measure and write what was asked for; SOME_LINES_UNREAD if a line was no labelled conversation."""
    asked.hold_together()
    without = frozenset(find(sign, language).id for sign in asked.without)
    found = _measured([Path(path) for path in data], without, asked, language)
    if asked.counts_only:
        found = counts_only(found)
    if asked.html is not None:
        _write_page(found, asked.html, language)
    if asked.to_json is not None:
        _write_json(as_json(found), asked.to_json)
    if not asked.quiet and not asked.screen_taken and not asked.counts_only:
        click.echo(as_text(found, language), nl=False)
    return ExitCode.SOME_LINES_UNREAD if found.unread else ExitCode.FINE


def _measured(paths: list[Path], without: frozenset[SignId], asked: Asked, language: Language) -> Results:
    loaded = load(paths)
    with progress(say("cli.evaluating", language), len(loaded.cases), quiet=asked.quiet) as told:
        judgement = judge_all(loaded.cases, without=without, tick=told)
    return results(judgement, without=without, unread=loaded.unread, left_out=loaded.left_out)


def _write_page(found: Results, path: Path, language: Language) -> None:
    from scherp.evaluation.as_page import as_page  # noqa: PLC0415  only when a page is asked for

    with written_to(path) as out:
        out.write(as_page(found, language))


def _write_json(plain: dict[str, Any], path: Path) -> None:
    with written_to(path) as out:
        out.write(json.dumps(plain, ensure_ascii=False, indent=None if is_screen(path) else 1) + "\n")
