"""How many of the signs that a reader marked in our own conversations the patterns find; how far two readers agree.

Run: .venv/bin/python benchmarks/marks.py        (writes benchmarks/marks.md)

The conversations were written and marked blind to the patterns (corpus/README.md); all of this is synthetic. Agreement:
the same messages, marked a second time by somebody who had seen neither the first marks nor the patterns; Cohen's kappa
(1960, Educational and Psychological Measurement 20) over every message and sign that either could have marked.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import re
import sys
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SECOND = CORPUS / "second_marking.tsv"
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import Kind  # noqa: E402  after the path
from scherp.evaluation.intervals import clopper  # noqa: E402
from scherp.evaluation.written import Split, Written, read_folder  # noqa: E402
from scherp.signs.matcher import matcher  # noqa: E402
from scherp.signs.vocabulary import Group, signs  # noqa: E402
from scherp.texts import Language  # noqa: E402

UNSEEN = "sexual_talk"
"""Never written, so never marked."""


def main() -> None:
    written = read_folder(CORPUS)
    page = [
        "# Signs in our own conversations (synthetic)",
        "",
        f"Made by `.venv/bin/python benchmarks/marks.py` on {dt.datetime.now(dt.UTC).date()}. Development part only, "
        "which nobody who writes patterns has read.",
        "",
        "## What the patterns find of what a reader marked",
        "",
        "| language | group | marked | found | share found | seen by the patterns only |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        *(row for language in Language for row in found(written, language)),
        "",
        *agreement(written),
    ]
    (ROOT / "benchmarks/marks.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
    print("\n".join(page))


def found(written: list[Written], language: Language) -> list[str]:
    marked, hit, extra = Counter[Group](), Counter[Group](), Counter[Group]()
    ids = matcher().ids
    for one in written:
        if one.lang is not language or one.split is not Split.DEVELOPMENT:
            continue
        for message, marks in zip(one.messages, one.signs, strict=True):
            seen = {ids[n] for n in matcher().find(message.text).signs} if message.kind is Kind.TEXT else set()
            for sign in (seen | marks) - {UNSEEN}:
                group = signs()[sign].group
                marked[group] += sign in marks
                hit[group] += sign in marks and sign in seen
                extra[group] += sign not in marks
    rows = [row(language, group, marked[group], hit[group], extra[group]) for group in Group]
    return [*rows, row(language, "all", marked.total(), hit.total(), extra.total())]


def row(language: Language, name: str, marked: int, hit: int, extra: int) -> str:
    if not marked:
        return f"| {language} | {name} | 0 | 0 | not measured | {extra} |"
    interval = clopper(hit, marked)
    return (
        f"| {language} | {name} | {marked} | {hit} | "
        f"{hit / marked:.2f} [{interval.low:.2f}\u2013{interval.high:.2f}] | {extra} |"
    )


def agreement(written: list[Written]) -> list[str]:
    """Two readers: the share of marks of the one that the other has too, and kappa."""
    head = ["## How far two readers agree", ""]
    if not SECOND.exists():
        return [*head, "Not measured yet: nobody has marked any of it a second time."]
    first = {(one.id, n): marks for one in written for n, marks in enumerate(one.signs)}
    second = {}
    for line in SECOND.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, number, marks = line.split("\t")
            second[name, int(number)] = frozenset(re.findall(r"[a-z_]+", marks))
    both = Counter[tuple[bool, bool]]()
    for place, marks in second.items():
        for sign in signs():
            if sign != UNSEEN:
                both[sign in first[place], sign in marks] += 1
    total, agreed = both.total(), both[True, True] + both[False, False]
    one, other = (both[True, True] + both[True, False]) / total, (both[True, True] + both[False, True]) / total
    chance = one * other + (1 - one) * (1 - other)
    kappa = (agreed / total - chance) / (1 - chance)
    shared = 2 * both[True, True] / (2 * both[True, True] + both[True, False] + both[False, True])
    return [
        *head,
        f"{len(second)} messages of {len({name for name, _ in second})} conversations. Kappa {kappa:.2f}; both marked "
        f"{both[True, True]} signs, only the first {both[True, False]}, only the second {both[False, True]}: "
        f"{shared:.2f} of their marks are shared (F1).",
    ]


if __name__ == "__main__":
    main()
