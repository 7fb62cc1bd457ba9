"""How well Scherp warns, on development data: every bar, every register and slice, with and without `sexual_talk`.

Run: make evaluate        (writes benchmarks/evaluation.md and benchmarks/evaluation.json; needs the measuring data)

Whole grooming chats, harmless registers and translated segments from beside the project; and the development part of
our own conversations, which are synthetic. Nothing here is tuned, and no text is shown: figures only.
"""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import platform
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import Level  # noqa: E402  after the path
from scherp.evaluation.as_json import as_json  # noqa: E402
from scherp.evaluation.as_text import as_markdown, markdown, remarks  # noqa: E402
from scherp.evaluation.bars import Bar, bars  # noqa: E402
from scherp.evaluation.bars_table import bars_table  # noqa: E402
from scherp.evaluation.datasets import load  # noqa: E402
from scherp.evaluation.judging import judge_all  # noqa: E402
from scherp.evaluation.registers import Register  # noqa: E402
from scherp.evaluation.results import results  # noqa: E402
from scherp.evaluation.tables import tables  # noqa: E402
from scherp.texts import Language  # noqa: E402

if TYPE_CHECKING:
    from scherp.evaluation.case import Loaded
    from scherp.evaluation.figures import Predictive, Results

COMMAND = "make evaluate"
LEFT_OUT = frozenset({"sexual_talk"})
LANGUAGE = Language.EN
PLACES = {"md": ROOT / "benchmarks/evaluation.md", "json": ROOT / "benchmarks/evaluation.json"}


def main() -> None:
    if not DATA.is_dir():
        print("The measuring data does not lie beside the project (../shared/data): nothing is measured or written.")
        return
    started = time.monotonic()
    loaded = load([*conversations(), CORPUS] if CORPUS.is_dir() else conversations())
    whole, without = measured(loaded, frozenset()), measured(loaded, LEFT_OUT)
    seconds = time.monotonic() - started
    PLACES["md"].write_text(page(whole, without, seconds), encoding="utf-8")
    PLACES["json"].write_text(json.dumps(plain(whole, without), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for bar in bars(whole):
        print(f"{bar.verdict:16} {bar.name} {bar.k or ''}")
    print(f"{seconds:.0f} s; written: " + ", ".join(str(path.relative_to(ROOT)) for path in PLACES.values()))


def conversations() -> list[pathlib.Path]:
    """Every labelled file; the single lines of people are for training and hold no conversation."""
    return [path for path in sorted(DATA.glob("*.jsonl.gz")) if "lines" not in path.name]


def measured(loaded: Loaded, without: frozenset[str]) -> Results:
    """Judge and count everything; how far it is, is told on standard error."""
    count = len(loaded.cases)

    def tell(done: int) -> None:
        if not done % 1000 or done == count:
            print(f"  {done:,} of {count:,} judged", file=sys.stderr)

    judgement = judge_all(loaded.cases, without=without, tick=tell)
    return results(judgement, without=without, unread=loaded.unread, left_out=loaded.left_out)


def page(whole: Results, without: Results, seconds: float) -> str:
    found, fewer = bars(whole), bars(without)
    parts = [
        "# How well it warns: development data",
        "",
        f"Made by `{COMMAND}` on {dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}, two processes, "
        f"{seconds:.0f} s. Development data, which could be looked at: not an unseen result. "
        "What each figure means: [the evaluation](../docs/reference/evaluation.md).",
        "",
        *(f"- {remark}" for remark in remarks(whole, LANGUAGE)),
        "- The grooming chats are of adults with adult volunteers who posed as minors, in English, 2006-2009.",
        "",
        *markdown(bars_table(found, LANGUAGE, COMMAND)),
        *team(whole),
        *repeated(found, fewer),
        as_markdown(whole, LANGUAGE),
        "# Repeated without `sexual_talk`",
        "",
        *(line for table in tables(without, LANGUAGE) if table.name in REPEATED for line in markdown(table)),
    ]
    return "\n".join(parts).rstrip() + "\n"


REPEATED = ("ranked", "found", "false_alarms", "slices")


def team(whole: Results) -> list[str]:
    """What `urgent` means at 1 in 1,000, for a team of five."""
    return [
        sentence
        for row in whole.predictive
        if row.level is Level.URGENT and row.prevalence == 1 / 1000 and row.risky is Register.CHATS
        for sentence in (said(row), "")
    ]


def said(row: Predictive) -> str:
    right = "which share of the warnings is right cannot be told, for none was seen that was wrong"
    if row.value is not None:
        right = f"{row.value:.3f} of the warnings are right"
    worst = "" if row.at_worst is None else f"; {row.at_worst:.4f} at the bad end of both intervals"
    sentence = (
        f"**At `urgent`, where 1 in 1,000 is risky**: {right}{worst} (recall {row.recall:.2f}, false "
        f"{1000 * row.false_share:.1f} per 1,000 pieces, both within 150 messages, at the worst outside register)."
    )
    if row.day is None:
        return sentence
    return (
        f"{sentence} Five people who each look at 40 conversations a day look at {row.day.looks}, {row.day.right:.1f} "
        f"of them rightly; that watches over {row.day.watched:,.0f} conversations, and {row.day.missed:.1f} in these "
        "are missed."
    )


def repeated(found: list[Bar], fewer: list[Bar]) -> list[str]:
    rows = [
        "## The bars, repeated without `sexual_talk`",
        "",
        "| figure | with | without | verdict without |",
        "| --- | --- | --- | --- |",
    ]
    for row, other in zip(
        bars_table(found, LANGUAGE, COMMAND).rows, bars_table(fewer, LANGUAGE, COMMAND).rows, strict=True
    ):
        rows.append(f"| {row[0]} | {row[2]} | {other[2]} | {other[6]} |")
    return [*rows, ""]


def plain(whole: Results, without: Results) -> dict[str, object]:
    return {
        "command": COMMAND,
        "whole": as_json(replace(whole, cost=()), bars(whole)),
        "without_sexual_talk": as_json(replace(without, cost=()), bars(without)),
    }


if __name__ == "__main__":
    main()
