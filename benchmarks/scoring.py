"""How fast messages are judged, how quickly the terminal starts, and whether memory grows with the file.

Run: .venv/bin/python benchmarks/scoring.py        (writes benchmarks/scoring.md)

Text: our own example chats, their messages dealt anew into conversations of 60 messages (seeded): everyday (19 of 20
conversations from the harmless chats) and dense (all chats alike, most of them risky); and, where the measuring data
lies beside the project, the real text messages of its SMS register and its whole grooming chats.
Every figure is of a whole process on one core, the median of the runs.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import pathlib
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

from machine import counting

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHERP = ROOT / ".venv/bin/scherp"
SHARED = ROOT.parent / "shared/data"
RUNS = 3
PER_CONVERSATION = 60
MESSAGES = 200_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        report = [*head(), *rates(place), *growth(place), *starts(place)]
    (ROOT / "benchmarks/scoring.md").write_text("\n".join(report) + "\n", encoding="utf-8")
    print("\n".join(report))


def head() -> list[str]:
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    return [
        "# Judging messages: speed, memory, start-up",
        "",
        "Made by `.venv/bin/python benchmarks/scoring.py` "
        f"on {dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}, one core of {cpu}.",
        f"Whole processes, median of {RUNS} runs; compare ratios, not machines. To count to five million took "
        f"{counting():.2f} s just before.",
        "",
    ]


def rates(place: pathlib.Path) -> list[str]:
    rows = [
        "| text | messages | seconds | messages a second (start-up included) | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, path, count in corpora(place):
        seconds, megabytes = timed([SCHERP, "score", path, "-o", place / "out.jsonl", "--quiet"])
        rows.append(f"| {name} | {count:,} | {seconds:.2f} | {count / seconds:,.0f} | {megabytes:.0f} |")
    title = "## `scherp score`, state kept per conversation, each message scored as it comes"
    return [title, "", *rows, "", *profile(place), ""]


def growth(place: pathlib.Path) -> list[str]:
    rows = ["| conversations | peak MB |", "|---:|---:|"]
    for times in (1, 4):
        path, count = dealt(place, MESSAGES // 4 * times)
        _, megabytes = timed([SCHERP, "score", path, "-o", place / "out.jsonl", "--quiet"], runs=1)
        rows.append(f"| {count // PER_CONVERSATION:,} | {megabytes:.0f} |")
    return ["## Memory does not grow with the file", "", *rows, ""]


def starts(place: pathlib.Path) -> list[str]:
    small = ROOT / "examples/whatsapp/trainer-geert.txt"
    large = place / "large.txt"
    large.write_text(whatsapp(10_000), encoding="utf-8")
    commands = {
        "`scherp --help`": [SCHERP, "--help"],
        "`scherp check` on a small chat": [SCHERP, "check", small],
        "`scherp check` on 10,000 messages": [SCHERP, "check", large],
        "the same, with `--html`": [SCHERP, "check", large, "--html", place / "report.html"],
    }
    rows = ["| command | seconds | peak MB |", "|---|---:|---:|"]
    for name, command in commands.items():
        seconds, megabytes = timed(command, runs=5)
        rows.append(f"| {name} | {seconds:.2f} | {megabytes:.0f} |")
    return ["## Start-up", "", *rows]


def profile(place: pathlib.Path) -> list[str]:
    """Where the time goes, by function, in one profiled run over the dealt examples."""
    path, _ = dealt(place, MESSAGES // 4, 0.05)
    code = (
        "import cProfile, io, pathlib, pstats; from scherp.cli.score import run; from scherp.texts import Language;"
        f"p = cProfile.Profile(); p.enable(); run({str(path)!r}, pathlib.Path({str(place / 'out.jsonl')!r}),"
        " trajectory=False, quiet=True, language=Language.EN); p.disable();"
        "s = io.StringIO(); pstats.Stats(p, stream=s).sort_stats('tottime').print_stats(8); print(s.getvalue())"
    )
    made = subprocess.run([ROOT / ".venv/bin/python", "-c", code], capture_output=True, text=True, check=True).stdout
    table = made.partition("filename:lineno(function)")[2].strip().splitlines()
    rows = [line.split(None, 5) for line in table if line.strip()]
    total = sum(float(row[1]) for row in rows)
    listed = [f"{row[5].rsplit('/', 1)[-1]} {float(row[1]) / total:.0%}" for row in rows]
    return ["What limits it (share of own time among the eight costliest functions): " + "; ".join(listed) + "."]


def corpora(place: pathlib.Path) -> list[tuple[str, pathlib.Path, int]]:
    found = []
    for name, risky in (("everyday: 1 conversation in 20 risky", 0.05), ("dense: our examples alike", None)):
        path, count = dealt(place, MESSAGES, risky)
        found.append((name, path, count))
    for name, file in (("real SMS", "harmless_sms_en"), ("grooming chats", "grooming_conversations_en")):
        source = SHARED / f"{file}.jsonl.gz"
        if source.exists():
            with gzip.open(source, "rt", encoding="utf-8") as lines:
                total = sum(len(json.loads(line)["messages"]) for line in lines)
            found.append((f"{name} (`{file}`)", source, total))
    return found


def dealt(place: pathlib.Path, count: int, risky: float | None = None) -> tuple[pathlib.Path, int]:
    """Deal our examples' messages anew; `risky`: the share of conversations dealt from risky chats."""
    deal = random.Random(1)  # noqa: S311  a fixed deal, not a secret
    harmless_texts, risky_texts = example_texts()
    path = place / f"dealt-{count}-{risky}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(count // PER_CONVERSATION):
            texts = harmless_texts + risky_texts
            if risky is not None:
                texts = risky_texts if deal.random() < risky else harmless_texts
            out.write(json.dumps({"id": number, "messages": conversation(texts, deal)}) + "\n")
    return path, count // PER_CONVERSATION * PER_CONVERSATION


def conversation(texts: list[str], deal: random.Random) -> list[dict[str, object]]:
    now = dt.datetime(2024, 3, 13, 15, tzinfo=dt.UTC)
    messages: list[dict[str, object]] = []
    for _ in range(PER_CONVERSATION):
        now += dt.timedelta(seconds=deal.randrange(5, 900))
        author = deal.choice("AB")
        messages.append({"author": author, "time": now.isoformat(), "text": deal.choice(texts)})
    return messages


def example_texts() -> tuple[list[str], list[str]]:
    """Give the messages of the harmless and of the risky example chats."""
    sys.path.insert(0, str(ROOT / "src"))
    from scherp.reading import all_conversations, open_exports

    expected = tomllib.loads((ROOT / "examples/expected.toml").read_text(encoding="utf-8"))
    texts: tuple[list[str], list[str]] = ([], [])
    for name, chat in expected.items():
        for conversation in all_conversations(open_exports(str(ROOT / "examples" / name))):
            texts[chat["risky"]].extend(m.text for m in conversation.messages if m.text)
    return texts


def whatsapp(count: int) -> str:
    deal = random.Random(2)  # noqa: S311  a fixed deal, not a secret
    now, lines = dt.datetime(2024, 3, 13, 15), []  # noqa: DTZ001  an export has no zone
    texts = [text.replace("\n", " ") for kind in example_texts() for text in kind]
    for _ in range(count):
        now += dt.timedelta(minutes=deal.randrange(0, 9))
        lines.append(f"{now:%d-%m-%Y %H:%M} - {deal.choice(['Anna', 'Bo'])}: {deal.choice(texts)}")
    return "\n".join(lines)


def timed(command: list[object], runs: int = RUNS) -> tuple[float, float]:
    seconds, peaks = [], []
    for _ in range(runs):
        begin = time.perf_counter()
        done = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, preexec_fn=one_core)
        _, status, usage = os.wait4(done.pid, 0)
        seconds.append(time.perf_counter() - begin)
        peaks.append(usage.ru_maxrss / 1024)
        if status:
            raise SystemExit(f"{command} ended with {status}")
    return statistics.median(seconds), max(peaks)


def one_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
