"""The bars as a table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.evaluation.registers import Register
from scherp.evaluation.tables import Table, named, number, with_interval
from scherp.evaluation.written import SLICES
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.evaluation.bars import Bar

_COLUMNS = ("bar_name", "bar", "value", "where", "next", "n", "verdict", "command")


def bars_table(found: Sequence[Bar], language: Language, command: str) -> Table:
    """Give the table of bars; `command`: what made the figures."""
    rows = tuple((*_row(bar, language), f"`{command}`") for bar in found)
    heads = tuple(say(f"evaluate.column.{column}", language) for column in _COLUMNS)
    title, note = say("evaluate.section.bars", language), say("evaluate.note.bars", language)
    return Table("bars", title, note, heads, rows)


def _row(bar: Bar, language: Language) -> tuple[str, ...]:
    digits = 1 if bar.at_most else 3
    name = say(f"evaluate.bar.{bar.name}", language, k=number(bar.k or 0, 0, language))
    goal = f"{'≤' if bar.at_most else '≥'} {number(bar.goal, 0 if bar.goal >= 5 else digits, language)}"
    n = number(bar.figure.n, 0, language)
    if bar.figure.against:
        n += f" : {number(bar.figure.against, 0, language)}"
    return (
        name,
        goal,
        with_interval(bar.figure, language, digits=digits),
        _where(bar, language),
        "–" if bar.next is None else number(bar.next, digits, language),
        n,
        say(f"evaluate.verdict.{bar.verdict}", language),
    )


def _where(bar: Bar, language: Language) -> str:
    if not bar.where:
        return "–"
    if bar.where in set(Register):
        return named(Register(bar.where), language)
    if bar.where in SLICES:
        mark = say("evaluate.mark.synthetic", language)
        return f"{say(f'evaluate.slice.{bar.where}', language)} ({mark})"
    return say(f"evaluate.way.{bar.where}", language)
