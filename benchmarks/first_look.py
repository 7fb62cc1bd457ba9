"""A first look at how the hand-set weights behave, by register; development data only, counts only.

Run: .venv/bin/python benchmarks/first_look.py        (writes benchmarks/first_look.md; needs the measuring data)

Harmless text is cut into pieces of at most 150 messages. No weight was fitted by a program on any of it, but the
numbers in weights.toml were set by hand while looking at these counts: they are no unseen result.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import pathlib
import statistics
import sys
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import Kind, Level, Message  # noqa: E402  after the path
from scherp.scoring.run import score_messages  # noqa: E402

REGISTERS = {
    "SMS": "harmless_sms_en",
    "rooms": "harmless_rooms_en",
    "topical": "harmless_topical_en",
    "textbook dialogue": "harmless_dailydialog_en",
    "spoken dialogue": "harmless_dialogsum_en",
    "IRC": "harmless_irc_en",
}
PIECE = 150
SHORTEST = 6


def main() -> None:
    if not DATA.is_dir():
        raise SystemExit(f"{DATA} is not there: nothing is measured without it")
    report = [*head(), *harmless(), *risky(), *translated()]
    (ROOT / "benchmarks/first_look.md").write_text("\n".join(report) + "\n", encoding="utf-8")
    print("\n".join(report))


def head() -> list[str]:
    return [
        "# A first look at the hand-set weights",
        "",
        f"Made by `.venv/bin/python benchmarks/first_look.py` on {dt.datetime.now(dt.UTC).date()}. Development data, "
        "looked at while the weights were set by hand: not an unseen result. English but where it says otherwise.",
        "",
    ]


def harmless() -> list[str]:
    rows = [
        "## Harmless text, pieces of at most 150 messages",
        "",
        "| register | pieces | too little to say | attend | concern | urgent | concern or urgent per 1,000 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, file in REGISTERS.items():
        levels = Counter(score_messages(piece).level for piece in pieces(file))
        total = sum(levels.values())
        high = levels[Level.CONCERN] + levels[Level.URGENT]
        rows.append(
            f"| {name} | {total:,} | {levels[None]} | {levels[Level.ATTEND]} | {levels[Level.CONCERN]} "
            f"| {levels[Level.URGENT]} | {1000 * high / total:.1f} |"
        )
    return [*rows, ""]


def risky() -> list[str]:
    found = [(row, score_messages(messages)) for row, messages in conversations("grooming_conversations_en")]
    alarms = [scored.alarm_at + 1 for _, scored in found if scored.alarm_at is not None]
    steering = sum(scored.steering == row["steering"] for row, scored in found)
    within = ", ".join(f"{sum(alarm <= k for alarm in alarms)} within {k:,}" for k in (50, 150, 1000))
    middle = statistics.median(alarms)
    return [
        "## Whole grooming chats",
        "",
        f"{len(found)} chats: an alarm in {len(alarms)} ({within} messages; "
        f"median of those alarmed: message {middle:.0f}); who steers is right in {steering}.",
        "",
    ]


def translated() -> list[str]:
    rows = [
        "## Machine-translated Dutch segments",
        "",
        "| label | segments | too little to say | none | attend | concern | urgent |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    found = list(conversations("grooming_segments_nl_translated"))
    for label, name in ((0, "harmless"), (1, "risky")):
        levels = Counter(score_messages(messages[:PIECE]).level for row, messages in found if row["label"] == label)
        counts = [levels[level] for level in (None, *Level)]
        rows.append(f"| {name} | {sum(counts)} | " + " | ".join(map(str, counts)) + " |")
    return rows


def pieces(file: str) -> list[list[Message]]:
    cut = (messages[n : n + PIECE] for _, messages in conversations(file) for n in range(0, len(messages), PIECE))
    return [[m._replace(number=n) for n, m in enumerate(piece)] for piece in cut if len(piece) >= SHORTEST]


def conversations(file: str):  # noqa: ANN201  a row as it stands, and its messages without times
    with gzip.open(DATA / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            said = enumerate(row["messages"])
            yield row, [Message(n, m.get("author"), None, m["text"], Kind.TEXT) for n, m in said]


if __name__ == "__main__":
    main()
