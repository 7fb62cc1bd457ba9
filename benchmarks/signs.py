"""How many messages that show a sign are found, and how many harmless look-alikes are mistaken for it.

Run: .venv/bin/python benchmarks/signs.py        (writes benchmarks/signs.md)

The messages are in `blind_messages.toml`, written blind to the patterns. Only counts are shown, never a message and
never which one was missed: a pattern that is mended on these messages can no longer be measured with them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import pathlib
import platform
import tomllib
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

import scherp.signs
from scherp.signs.matcher import SEXUAL_TALK, matcher
from scherp.signs.vocabulary import Group, signs

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = pathlib.Path(__file__).parent
MESSAGES = HERE / "blind_messages.toml"
TESTS = HERE.parent / "tests/spec/said_otherwise"
INDEX = pathlib.Path(scherp.signs.__file__).parent / "index.json"
LANGUAGES = {"nl": "Dutch", "en": "English"}
Z = 1.959964  # of the standard normal distribution, for 95 %


class Count(NamedTuple):
    """found of shown: messages that show the sign. mistaken of harmless: look-alikes."""

    found: int
    shown: int
    mistaken: int
    harmless: int


Messages = dict[str, dict[str, dict[str, list[str]]]]  # by sign, language, and yes or no
Counts = dict[tuple[str, str], Count]  # by sign and language


def main() -> None:
    messages = tomllib.loads(MESSAGES.read_text(encoding="utf-8"))
    report = "\n".join(page(measured(messages), measured(unforeseen(messages)))) + "\n"
    (HERE / "signs.md").write_text(report, encoding="utf-8")
    print(report)


def unforeseen(messages: Messages) -> Messages:
    """Give the messages that are, once read, no example or test of the writers of the patterns."""
    known = foreseen()
    return {
        sign: {
            language: {kind: [text for text in texts if read(text) not in known] for kind, texts in kinds.items()}
            for language, kinds in languages.items()
        }
        for sign, languages in messages.items()
    }


def foreseen() -> set[str]:
    examples = {text for sign in signs().values() for said in sign.spoken.values() for text in (*said.yes, *said.no)}
    for path in TESTS.glob("*.toml"):
        spoken = tomllib.loads(path.read_text(encoding="utf-8")).values()
        examples |= {text for kinds in spoken for texts in kinds.values() for text in texts}
    return {read(text) for text in examples}


def read(text: str) -> str:
    return matcher().find(text).text


def measured(messages: Messages) -> Counts:
    expected = set(signs()) - {SEXUAL_TALK}
    if set(messages) != expected:
        raise SystemExit(f"signs without messages, or the reverse: {sorted(set(messages) ^ expected)}")
    return {
        (sign, language): counted(sign, **messages[sign][language])
        for sign in signs()
        if sign in expected
        for language in LANGUAGES
    }


def counted(sign: str, yes: list[str], no: list[str]) -> Count:
    return Count(sum(shows(sign, text) for text in yes), len(yes), sum(shows(sign, text) for text in no), len(no))


def shows(sign: str, text: str) -> bool:
    return matcher().ids.index(sign) in matcher().find(text).signs


def page(counts: Counts, new: Counts) -> list[str]:
    return [*head(), *overall(counts, new), *by_group(counts), *by_sign(counts)]


def head() -> list[str]:
    return [
        "# Signs in messages written blind to the patterns",
        "",
        "Made by `.venv/bin/python benchmarks/signs.py` "
        f"on {dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}.",
        "",
        "**The messages are synthetic**: invented, of invented people, in `blind_messages.toml`. They were not written"
        " by the writers of the patterns, but by somebody who had seen only the list of signs with their meaning, and"
        " not the patterns, their examples or their tests. They say how well Scherp recognises a sign worded another"
        " way; they do not say how well it does on real chats. Their writer also chose which sign each shows, wrote"
        " all in one sitting, and may word things much as the writers of the patterns do: expect less of real people."
        " Nothing may be tuned on them.",
        "",
        "Found: messages that show the sign in which Scherp finds that sign (another sign does not count). Mistaken:"
        " harmless messages that look like it in which Scherp finds it all the same; they were chosen to be hard, so"
        " this is no rate for daily chats. Each message is read alone, without what was said before. `sexual_talk` is"
        " not measured here: it has no written examples.",
        "",
        "New wording only: without the messages that happen to be, word for word, among the examples and tests of the"
        " writers of the patterns too (short, common ones mostly). That is the stricter figure.",
        "",
        "Intervals: Wilson, 95 %, as if all messages were independent; those of one sign are alike, so the truth is"
        " wider.",
        "",
        f"SHA-256 of the messages `{fingerprint(MESSAGES)}`, of the index `{fingerprint(INDEX)}`.",
        "",
    ]


def fingerprint(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def overall(counts: Counts, new: Counts) -> list[str]:
    rows = [("both", total(counts.values()))]
    rows += [(name, total(of_language(counts, language))) for language, name in LANGUAGES.items()]
    strong = {sign for sign, about in signs().items() if about.strong}
    rows += [
        ("strong signs", total(count for (sign, _), count in counts.items() if sign in strong)),
        ("weak signs and contexts", total(count for (sign, _), count in counts.items() if sign not in strong)),
    ]
    rows += [(f"{name}, new wording only", total(of_language(new, language))) for language, name in LANGUAGES.items()]
    rows.append(("both, new wording only", total(new.values())))
    return ["## Overall", "", *table("of", rows), ""]


def by_group(counts: Counts) -> list[str]:
    rows = [
        (f"{group.replace('_', ' ')}, {name}", total(of_language(counts, language, group)))
        for group in Group
        for language, name in LANGUAGES.items()
    ]
    return ["## By group", "", *table("group", rows), ""]


def by_sign(counts: Counts) -> list[str]:
    columns = " | ".join(f"{name}: {what}" for name in LANGUAGES.values() for what in ("found", "mistaken"))
    rows = [
        f"| `{sign}` | {' | '.join(sign_cells(counts[sign, language]) for language in LANGUAGES)} |"
        for sign in dict.fromkeys(sign for sign, _ in counts)
    ]
    return ["## By sign", "", f"| sign | {columns} |", f"|---|{'---:|' * 2 * len(LANGUAGES)}", *rows]


def of_language(counts: Counts, language: str, group: Group | None = None) -> list[Count]:
    return [
        count for (sign, spoken), count in counts.items() if spoken == language and group in {None, signs()[sign].group}
    ]


def total(counts: Iterable[Count]) -> Count:
    return Count(*map(sum, zip(*counts, strict=True)))


def table(first: str, rows: list[tuple[str, Count]]) -> list[str]:
    return [
        f"| {first} | found | recall | 95 % | mistaken | false hits | 95 % |",
        "|---|---:|---:|---|---:|---:|---|",
        *starmap(row, rows),
    ]


def row(name: str, count: Count) -> str:
    return f"| {name} | {share(count.found, count.shown)} | {share(count.mistaken, count.harmless)} |"


def share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part} of {whole} | {part / whole:.1%} | {low:.1%} to {high:.1%}"


def sign_cells(count: Count) -> str:
    return f"{count.found} of {count.shown} | {count.mistaken} of {count.harmless}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % score interval of Wilson (1927) for a proportion."""
    rate, square = part / whole, Z * Z / whole
    middle = rate + square / 2
    reach = Z * math.sqrt(rate * (1 - rate) / whole + square / whole / 4)
    # Rounding may carry the ends a hair past 0 and 1.
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


if __name__ == "__main__":
    main()
