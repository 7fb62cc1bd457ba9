"""Reads the same WhatsApp export with Scherp and with its peers, and writes `benchmarks/reading.md`.

    .venv/bin/python benchmarks/reading.py

Peers are installed by this script into a folder of its own that is removed afterwards: `whatstk`, `chat-miner` and
`chatpack` with pip, `whatsapp-chat-parser` with npm. Each reads in a process of its own, importing not counted;
everybody takes turns, and the fastest of the rounds counts. The large file is made here from a few invented words.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
LINES = 200_000
ROUNDS = 5
PIP_PEERS = ("whatstk==0.9.1", "chat-miner==0.6.0", "chatpack==0.1.0")
NPM_PEER = "whatsapp-chat-parser@4.0.2"

MEASURE = """
import json, logging, resource, sys, time, warnings
logging.disable(logging.CRITICAL); warnings.simplefilter("ignore")
{imports}
before = time.perf_counter()
try:
    found = {read}
except Exception as problem:
    found = None
seconds = time.perf_counter() - before
count = None if found is None else {count}
print(json.dumps([count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

# For each: what to import, how to read, and how to count what somebody wrote (which is not timed).
IN_PYTHON = {
    "scherp": (
        "from pathlib import Path; from scherp.reading import whatsapp\n"
        "from scherp.reading.export import Document, Options, authored",
        "whatsapp.READER.read([Document('chat.txt', Path(sys.argv[1]).read_bytes().decode('utf-8-sig'))], Options())",
        "authored(found.conversations[0].messages)",
    ),
    "whatstk": ("from whatstk import WhatsAppChat", "WhatsAppChat.from_source(sys.argv[1]).df", "len(found)"),
    "chat-miner": (
        "from chatminer.chatparsers import WhatsAppParser",
        "(parser := WhatsAppParser(sys.argv[1])).parse_file() or parser.parsed_messages.get_df()",
        "len(found)",
    ),
    "chatpack": ("import chatpack", "chatpack.parse_whatsapp(sys.argv[1])", "len(found)"),
}
IN_NODE = """
const fs = require("fs"); const { parseString } = require("whatsapp-chat-parser");
const before = performance.now(); let found = null;
try { found = parseString(fs.readFileSync(process.argv[1], "utf8")) } catch {}
const seconds = (performance.now() - before) / 1000;
const count = found && found.filter(m => m.author !== null).length;
console.log(JSON.stringify([count, seconds, process.resourceUsage().maxRSS / 1024]));
"""

WORDS = (
    "morgen fiets school lekker broodje film huiswerk trein regen kat gitaar oefenen leuk later thuis hoi ja nee "
    "misschien wie wat haha oké 😀 café brug markt boek zomer winter spelen lezen bakken"
).split()
PEOPLE = ("Kim", "Noor", "Sam de Boer", "+31 6 12345678")

HARD = {
    "Dutch iPhone, marks, a deleted message": (
        "[13-03-2024, 14:30:05] Kim: \u200eBerichten en oproepen zijn end-to-end versleuteld.\n"
        "[13-03-2024, 14:30:09] Kim: hoi\n\u200e[13-03-2024, 14:31:00] Noor: \u200eafbeelding weggelaten\n"
        "[13-03-2024, 14:32:00] Kim: \u200eDit bericht is verwijderd.\n",
        3,
    ),
    "American, narrow no-break space": (
        "3/13/24, 2:30\u202fPM - Kim: hi\n3/14/24, 2:31\u202fPM - Noor: hi: there\n",
        2,
    ),
    "Finnish, klo": ("13.3.2024 klo 14.30 - Kim: moi\n14.3.2024 klo 9.05 - Noor: moi\n", 2),
    "Spanish, p. m.": (
        "13/3/24, 2:30\u202fp.\u00a0m. - Kim: hola\n14/3/24, 2:31\u202fp.\u00a0m. - Noor: hola\n",
        2,
    ),
    "Indonesian, dots in the time": ("30/08/25 18.00 - Kim: halo\n31/08/25 18.05 - Noor: halo\n", 2),
    "Korean": ("2024년 3월 13일 오후 2:30, Kim : 안녕\n2024년 3월 13일 오후 2:31, Noor : 안녕\n", 2),
    "Korean, with a dash": ("2024. 3. 13. 오후 2:30 - Kim: 안녕\n2024. 3. 13. 오후 2:31 - Noor: 안녕\n", 2),
    "Chinese": ("2024/3/13 下午2:30 - Kim: 你好\n2024年3月13日 下午2:31 - Noor: 你好\n", 2),
    "Arabic digits and marks": (
        "\u200f[١٣\u200f/٣\u200f/٢٠٢٤, ٢:٠٧:٠٠ م] \u200fKim\u200f: مرحبا\n"
        "\u200f[١٣\u200f/٣\u200f/٢٠٢٤, ٢:٠٨:٠٠ م] Noor: مرحبا\n",
        2,
    ),
    "Hungarian": ("2024. 03. 13. 14:30 - Kim: szia\n2024. 03. 14. 9:30 - Noor: szia\n", 2),
    "Bulgarian": ("13.03.24 г., 14:30 - Kim: здравей\n14.03.24 г., 14:30 - Noor: здравей\n", 2),
    "Canadian French": ("2024-03-13 14 h 30 - Kim: allô\n2024-03-13 14 h 31 - Noor: allô\n", 2),
    "Thai, Buddhist year": ("13/3/2567 14:30 - Kim: สวัสดี\n14/3/2567 14:31 - Noor: สวัสดี\n", 2),
    "Before 2016": ("13/03/15 14:30:05: Kim: hoi\n13/03/15 14:30:45: Noor: hoi\n", 2),
    "A group named with a colon": (
        '13-03-24 14:29 - Kim heeft de groep "Feest: zaterdag" gemaakt\n13-03-24 14:30 - Kim: hoi\n',
        1,
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare reading speed with the peers.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # everybody on one and the same core
    with tempfile.TemporaryDirectory(prefix="scherp-benchmark-") as folder:
        runners = install(Path(folder))
        large = Path(folder) / "large.txt"
        expected = write_large(large)
        best = fastest(runners, large, rounds)
        hard = {name: read_hard(command, Path(folder)) for name, command in runners.items()}
    (HERE / "reading.md").write_text(page(best, expected, hard, rounds), encoding="utf-8")
    print((HERE / "reading.md").read_text(encoding="utf-8"))


def install(folder: Path) -> dict[str, list[str]]:
    """Install the peers and give the command that measures each."""
    venv.create(folder / "peers", with_pip=True)
    python = str(folder / "peers" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PIP_PEERS], check=True)
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), NPM_PEER], check=True)
    # A peer that draws pictures prepares its fonts at the first import; that is no reading.
    subprocess.run([python, "-c", "import chatminer.chatparsers, whatstk"], check=True, capture_output=True)
    return {name: in_python(sys.executable if name == "scherp" else python, name) for name in IN_PYTHON} | {
        "whatsapp-chat-parser": ["env", f"NODE_PATH={folder / 'node_modules'}", "node", "-e", IN_NODE],
    }


def in_python(python: str, name: str) -> list[str]:
    imports, read, count = IN_PYTHON[name]
    return [python, "-c", MEASURE.format(imports=imports, read=read, count=count)]


def write_large(path: Path) -> int:
    """Write the large file; give how many messages somebody wrote in it."""
    dice = random.Random(20240313)  # noqa: S311  the same file for everybody
    moment = dt.datetime(2022, 1, 1, 8, 0)  # noqa: DTZ001  a phone's local time
    lines: list[str] = []
    written = 0
    while len(lines) < LINES:
        moment += dt.timedelta(seconds=dice.randrange(5, 600))
        stamp, name, chance = f"{moment:%d/%m/%Y, %H:%M}", dice.choice(PEOPLE), dice.random()
        if chance < 0.03:
            lines.append(f"{stamp} - {name} heeft {dice.choice(PEOPLE)} toegevoegd")
            continue
        written += 1
        text = "<Media weggelaten>" if chance < 0.10 else " ".join(dice.choices(WORDS, k=dice.randrange(1, 16)))
        lines.append(f"{stamp} - {name}: {text}")
        if 0.10 <= chance < 0.18:
            lines += [" ".join(dice.choices(WORDS, k=6)) for _ in range(dice.randrange(1, 4))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return written


def measured(command: list[str], path: Path) -> tuple[int | None, float, float]:
    """Give the messages found (None: it refused), the seconds and the peak in MB."""
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    last = done.stdout.strip().rpartition("\n")[2]
    count, seconds, peak = json.loads(last) if last.startswith("[") else (None, 0.0, 0.0)
    return count, seconds, peak


def fastest(runners: dict[str, list[str]], path: Path, rounds: int) -> dict[str, tuple[int | None, float, float]]:
    runs = [{name: measured(command, path) for name, command in runners.items()} for _ in range(rounds)]
    return {name: min((run[name] for run in runs), key=lambda each: each[1]) for name in runners}


def read_hard(command: list[str], folder: Path) -> list[bool]:
    """Tell of each hard file whether the authored messages are counted right."""
    right = []
    for number, (text, expected) in enumerate(HARD.values()):
        path = folder / f"hard{number}.txt"
        path.write_text(text, encoding="utf-8")
        right.append(measured(command, path)[0] == expected)
    return right


def page(
    best: dict[str, tuple[int | None, float, float]], expected: int, hard: dict[str, list[bool]], rounds: int
) -> str:
    ours = best["scherp"][1]
    speed = [
        f"| {name} | {count or 0:,} | {seconds:.2f} | {seconds / ours:.2f} | {peak:.0f} |"
        for name, (count, seconds, peak) in sorted(best.items(), key=lambda item: item[1][1])
    ]
    files = [
        f"| {title} | {' | '.join('yes' if hard[name][row] else 'no' for name in hard)} |"
        for row, title in enumerate(HARD)
    ]
    return "\n".join(
        [
            "# Reading a WhatsApp export: speed, memory, and who reads what",
            "",
            f"Made by `.venv/bin/python benchmarks/reading.py --rounds {rounds}`"
            f" on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, everybody on one and"
            f" the same core, in turns; the fastest of {rounds} rounds counts.\n\n"
            f"The file has {LINES:,} lines (or two more): messages of one and several lines, media placeholders,"
            f" system lines; {expected:,} messages are written by somebody. Scherp also settles the order of day and"
            " month, says what kind each message is, and keeps the number of its line.",
            "",
            "| reader | messages | seconds | ratio to Scherp | peak MB |",
            "|---|---|---|---|---|",
            *speed,
            "",
            "## Hard files",
            "",
            "Small files that we wrote; `yes` when exactly the messages that somebody wrote are found.",
            "",
            f"| file | {' | '.join(hard)} |",
            f"|---|{'---|' * len(hard)}",
            *files,
            "",
        ]
    )


if __name__ == "__main__":
    main()
