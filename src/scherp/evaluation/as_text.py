"""An evaluation on a terminal: plain aligned tables, the worst register of each ranking."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from scherp.evaluation.tables import number, tables
from scherp.evaluation.too_few import FEWEST_SHOWN, too_few
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scherp.evaluation.figures import Results
    from scherp.evaluation.tables import Table

_WIDTH = 100


def as_text(results: Results, language: Language) -> str:
    """Give the whole evaluation as lines of text."""
    return "\n".join(_lines(results, language)) + "\n"


def as_markdown(results: Results, language: Language) -> str:
    """Give every table in Markdown, under its heading."""
    parts = [part for table in tables(results, language) for part in markdown(table)]
    return "\n".join(parts)


def opening(results: Results, language: Language) -> list[str]:
    """Say in three plain sentences how many conversations, how many found, and how many wrongly warned about."""
    risky, harmless = results.summary.risky, results.summary.harmless
    if risky is None or harmless is None:
        return []

    def count(value: int) -> str:
        return number(value, 0, language)

    every = risky.conversations + harmless.conversations
    said = [
        say(
            "evaluate.opening.counted",
            language,
            every=count(every),
            risky=count(risky.conversations),
            harmless=count(harmless.conversations),
        )
    ]
    for kind, counted in (("risky", risky), ("harmless", harmless)):
        key = f"evaluate.opening.{kind}" if counted.conversations else f"evaluate.opening.no_{kind}"
        said.append(say(key, language, alarms=count(counted.alarms), every=count(counted.conversations)))
    return said


def remarks(results: Results, language: Language) -> list[str]:
    """Say what was not measured, what was left out, and what is not a conversation that was held."""
    said = [say("evaluate.intro", language), say("evaluate.worst_register", language)]
    if results.without:
        said.append(say("evaluate.without", language, signs=", ".join(results.without)))
    if any(row.synthetic for row in results.material):
        said.append(say("evaluate.synthetic_note", language))
    if any(row.machine_translated for row in results.material):
        said.append(say("evaluate.translated_note", language))
    if results.left_out:
        said.append(say("evaluate.left_out", language, count=results.left_out))
    if results.unread:
        said.append(say("evaluate.unread", language, count=results.unread))
    if few := too_few(results):
        what = ", ".join(say(f"evaluate.worked_out.{name}", language) for name in few)
        said.append(say("evaluate.too_few", language, fewest=FEWEST_SHOWN, what=what))
    return said


def _lines(results: Results, language: Language) -> Iterator[str]:
    yield say("evaluate.title", language)
    yield from opening(results, language)
    yield ""
    for remark in remarks(results, language):
        yield from textwrap.wrap(remark, _WIDTH)
    for table in tables(results, language, short=True):
        yield ""
        yield table.title
        yield from textwrap.wrap(table.note, _WIDTH)
        yield from _aligned(table)


def _aligned(table: Table) -> Iterator[str]:
    rows = [table.columns, *table.rows]
    widths = [max(len(row[n]) for row in rows) for n in range(len(table.columns))]
    for row in rows:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()


def markdown(table: Table) -> Iterator[str]:
    """Give one table in Markdown, line by line."""
    yield from (f"## {table.title}", "", table.note, "")
    yield _row(table.columns)
    yield _row(["---"] * len(table.columns))
    yield from map(_row, table.rows)
    yield ""


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
