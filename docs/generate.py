"""Write the pages of the reference that are made from the code, and the output of the sessions shown in pages.

Run: .venv/bin/python docs/generate.py        (or: make docs)
"""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import asvs
import line_api
import model_card
import record
from sessions import ROOT, WRITTEN, Step, prepared, rewritten, run

from scherp import errors
from scherp.advice import checked_in_words, cost_in_words, hours_in_words, lines
from scherp.cli.main import scherp
from scherp.errors import ExitCode, ScherpError
from scherp.reading.detect import READERS
from scherp.signs.vocabulary import Group, signs
from scherp.texts import Language, say
from scherp.web.accounts.permissions import ALLOWED, Permission, Role
from scherp.web.stores.grants import AT_STAFF, ON_THE_LINE, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scherp.advice import Line
    from scherp.signs.vocabulary import Sign

DOCS = ROOT / "docs"
EXAMPLES_EACH = 3
NAMES = {Language.NL: "Nederlands", Language.EN: "English"}

_SAID_WHEN = {
    ExitCode.FINE: "All went well. A worrying chat gives 0 too: the code tells how the run went, not what was found.",
    ExitCode.BUG: "A mistake of ours. No traceback is shown, for it could hold words of the chat.",
    ExitCode.USAGE: "The command was not understood: an option or argument is wrong or missing.",
    ExitCode.SOME_LINES_UNREAD: "`scherp score` or `evaluate` went on to the end, but some lines could not be read.",
    ExitCode.NOT_VERIFIED: "`scherp verify`: something is wrong with the package, or it was signed with another key.",
    ExitCode.KEY_NOT_COMPARED: "`scherp verify` without `--key`: the package is whole, its key not compared yet.",
    ExitCode.INTERRUPTED: "Stopped by the person (Ctrl-C).",
}


def main() -> None:
    """Write every page that is made."""
    for path, text in {**made_pages(), **pages_with_sessions()}.items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


def made_pages() -> dict[Path, str]:
    """Give every page that is made from the code, by its path."""
    reference = {DOCS / "reference" / f"{name}.md": _page(title, make()) for name, (title, make) in _MADE.items()}
    return {**reference, **papers()}


def papers() -> dict[Path, str]:
    """Give the pages for an organisation that are made, by their path."""
    walk = _page("OWASP ASVS, walked through", asvs.page(asvs.walk()), "from asvs.toml, beside it")
    events = _page("What is put on record", record.page())
    return {DOCS / "organisation" / "asvs.md": walk, DOCS / "organisation" / "record.md": events}


def pages() -> list[Path]:
    """Give every page of the documentation, the made ones included."""
    beside = (ROOT / folder for folder in ("", "examples", "benchmarks"))
    folders = (DOCS.rglob("*.md"), *(folder.glob("*.md") for folder in beside))
    return sorted(path for found in folders for path in found)


def pages_with_sessions() -> dict[Path, str]:
    """Give the pages that show a session under the mark, with its output as it is today."""
    texts = {path: path.read_text(encoding="utf-8") for path in pages()}
    return {path: _rewritten(text) for path, text in texts.items() if WRITTEN in text}


def _rewritten(page: str) -> str:
    with tempfile.TemporaryDirectory() as place:
        return rewritten(page, prepared(Path(place)))


def _page(title: str, rows: Iterator[str], source: str = "from the code") -> str:
    note = f"<!-- Made by docs/generate.py {source}. Do not edit: run `make docs`. -->"
    return "\n".join([note, "", f"# {title}", "", *rows]).rstrip() + "\n"


def _cli() -> Iterator[str]:
    yield "What each command says under `--help`, in both languages. Try them on the chats in"
    yield "[examples](../../examples/README.md)."
    for name in ("", *scherp.commands):
        command = f"scherp {name}".strip()
        yield from ("", f"## {command}")
        for language in Language:
            yield from ("", "```text", _help(command, language), "```")


def _help(command: str, language: Language) -> str:
    return run([Step(f"COLUMNS=100 {command} --help --lang {language}", "")], DOCS)[0].output.rstrip()


def _signs() -> Iterator[str]:
    strong = sum(sign.strong for sign in signs().values())
    yield f"{len(signs())} signs, {strong} of them strong. A strong sign counts at once and no safe context lowers it;"
    yield "a weak one counts together with others. The order of the groups is for reading only: real"
    yield "conversations keep none. All examples: `scherp signs NAME`. What each weighs: [weights](weights.md)."
    for group in Group:
        yield from ("", f"## {group}", "")
        yield f"*{say(f'report.group.{group}', Language.NL)}* · *{say(f'report.group.{group}', Language.EN)}*"
        for sign in signs().values():
            if sign.group is group:
                yield from _sign(sign)


def _sign(sign: Sign) -> Iterator[str]:
    yield from ("", f"### {sign.id}", "")
    yield f"**{'strong' if sign.strong else 'weak'}** · {sign.what[Language.NL]} · *{sign.what[Language.EN]}*"
    yield ""
    if not any(sign.spoken[language].yes for language in Language):
        yield say("cli.signs.by_hash", Language.EN)
    for language in Language:
        spoken = sign.spoken[language]
        for word, texts in (("yes", spoken.yes), ("no", spoken.no)):
            if texts:
                yield f"- {language} {word}: " + " · ".join(f"`{text}`" for text in texts[:EXAMPLES_EACH])


def _exit_codes() -> Iterator[str]:
    said: dict[ExitCode, list[type[ScherpError]]] = {}
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, ScherpError) and kind is not ScherpError:
            said.setdefault(kind.exit_code, []).append(kind)
    yield "What the shell gets back, and what the person reads. `{name}` stands for the name of the file and the like;"
    yield "no error ever holds message text."
    yield from ("", "| code | name | when |", "|---|---|---|")
    for code in ExitCode:
        when = " ".join(map(_when, said.get(code, ()))) or _SAID_WHEN[code]
        yield f"| {int(code)} | {code.name} | {when} |"
    for code, kinds in sorted(said.items()):
        for kind in kinds:
            yield from ("", f"## {int(code)}: {kind.__name__}", "", _when(kind))
            for language in Language:
                yield from ("", "```text", say(f"errors.{kind.key}", language), "```")


def _when(kind: type[ScherpError]) -> str:
    return (inspect.getdoc(kind) or "").partition(" Values:")[0]


def _formats() -> Iterator[str]:
    yield "Scherp tells from the content of a file which form it has, never from its name alone, and asks the readers"
    yield "in this order. Pictures, video and sound are never opened. Each form has a sample, written by"
    yield "us, in `tests/reading/samples`; what the newest version of an app writes may differ."
    for reader in READERS:
        about = inspect.getdoc(sys.modules[reader.read.__module__]) or ""
        yield from ("", f"## {reader.title}", "", f"`{reader.name}`", "", about)


def _help_lines() -> Iterator[str]:
    unknown = sum(line.last_checked is None for line in lines().values())
    yield f"{len(lines())} lines, from `src/scherp/advice/numbers.toml`; {unknown} have never been called to check."
    yield "Hours are those of the source; that a line is open *now* is said only when somebody called it in the last 90"
    yield "days (112 apart, which is open by law). What we do not know is shown as unknown, in reports as well."
    for line in lines().values():
        yield from ("", f"## {line.name[Language.NL]}", "", *_help_line(line))


def _help_line(line: Line) -> Iterator[str]:
    en = Language.EN
    numbers = ", ".join(filter(None, (line.phone, *line.also))) or "no telephone"
    yield f"{line.for_whom[Language.NL]} *{line.for_whom[en]}*"
    yield from ("", f"- number: {numbers}")
    yield f"- web: {f'<{line.web}>' if line.web else 'none'}{' (chat)' if line.chat else ''}"
    yield f"- hours: {hours_in_words(line, en)}{' (by law)' if line.by_law else ''}"
    yield f"- cost: {cost_in_words(line, en)}; languages that are certain: {', '.join(line.languages) or 'none'}"
    yield f"- country: {', '.join(sorted(line.countries))}; shown to: {', '.join(sorted(line.audiences))}"
    yield f"- source: <{line.source}>; {checked_in_words(line, en)}"


def _weights() -> Iterator[str]:
    yield "Every number that a warning rests on, but for the learned words themselves: there are thousands of them,"
    yield "as hashes, in `src/scherp/scoring/words.bin`. How all work together:"
    yield "[how a warning comes about](../explanation/how-a-warning-comes-about.md). Where the learned ones come from:"
    yield "[the model card](model-card.md)."
    for title, name in (("Set by hand, each with its reason", "weights.toml"), ("Learned", "learned.toml")):
        text = (ROOT / "src/scherp/scoring" / name).read_text(encoding="utf-8")
        yield from ("", f"## {title}: `{name}`", "", "```toml", text.rstrip(), "```")


def _model_card() -> Iterator[str]:
    learned = json.loads((ROOT / "src/scherp/training/learned_from.json").read_text(encoding="utf-8"))
    measured = json.loads((ROOT / "benchmarks/evaluation.json").read_text(encoding="utf-8"))["whole"]
    head = (ROOT / "src/scherp/training/model_card_head.md").read_text(encoding="utf-8").rstrip()
    yield model_card.in_sentences(head, measured)
    yield from ("", "## Learned from", "", "| source | language | messages | people or conversations |")
    yield "| --- | --- | ---: | ---: |"
    for name, count in sorted(learned["messages"].items(), key=lambda row: -row[1]):
        source, _, lang = name.partition(" ")
        yield f"| {SOURCES[source]} | {lang} | {count:,} | {learned['people'][name]:,} |"
    yield ""
    yield f"{learned['grams']:,} words and pairs of words were weighed; {learned['packed']:,} weigh enough to ship."
    yield from ("", "What a group of signs weighs beside words, set by hand = 1:", "")
    yield from (f"- {group}: {weight}" for group, weight in learned["groups"].items())
    yield from ("", "## What was measured", "")
    yield "By `make evaluate`, on development data that could be looked at. Everything:"
    yield "[evaluation](../../benchmarks/evaluation.md); why what went wrong did, and which part would have mended it:"
    yield "[errors by cause](../../benchmarks/errors.md). Synthetic: written by us. n is risky : harmless."
    yield from ("", *_bars())
    yield from ("", "### Our own conversations, Dutch beside English", "")
    yield "Synthetic. Two bars are for our Dutch alone; elsewhere only the register that does worst is shown above."
    yield from ("", *model_card.ours(measured))
    yield from ("", "Not measured: natural Dutch, real young people, any register not named here. How far the words")
    yield "travel to a register that was left out of training: [not far](../../benchmarks/leave_out.md) for private"
    yield "messages between people who know each other."


def _bars() -> Iterator[str]:
    """The bars' table of the last `make evaluate`, as it stands."""
    page = (ROOT / "benchmarks/evaluation.md").read_text(encoding="utf-8")
    rows = page.partition("## To reach")[2].partition("| figure |")
    yield from (rows[1] + rows[2]).partition("\n\n")[0].splitlines()


def _permissions() -> Iterator[str]:
    yield "Who may do what on the staff's site, from `src/scherp/web/accounts/permissions.py`. Somebody with more than"
    yield "one role may do what any of them may. Whatever is not here is refused, at the address itself. An"
    yield "administrator or auditor has no other role, and nobody changes their own."
    for role in Role:
        names = [say(f"staff.roles.{role}", language) for language in (Language.EN, Language.NL)]
        yield from ("", f"## {names[0].capitalize()}", "", f"`{role}` · *{names[1]}*", "")
        yield from (f"- `{one}`: {say(f'staff.may.{one}', Language.EN)}" for one in Permission if one in ALLOWED[role])
    yield from ("", "## Everybody who works here", "")
    yield f"- `{Permission.SIGNED_IN}`: {say(f'staff.may.{Permission.SIGNED_IN}', Language.EN)}"


def _public_site() -> Iterator[str]:
    """The site's own answers, from a process of its own: set up as for a real deployment."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("SCHERP_")}
    told = subprocess.run(
        [sys.executable, DOCS / "site_reference.py"],
        env=theirs | {"DJANGO_SETTINGS_MODULE": "scherp.web.public_site.settings", **_DEPLOYED},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    yield from told.stdout.splitlines()


_DEPLOYED = {
    "SCHERP_PUBLIC_HOSTS": "scherp.example",
    "SCHERP_PUBLIC_KEY": "signs nothing here",
    "SCHERP_LINE_STORE": "postgresql://scherp_public@127.0.0.1/line",  # never reached
    "SCHERP_LINE_KEY": "hashes nothing here",
    "SCHERP_LINE_MASTER_KEYS": "seals nothing here",
}


def _grants() -> Iterator[str]:
    yield "What each role of a deployment may do with each table, on PostgreSQL. Made from"
    yield "`src/scherp/web/stores/grants.py`. What is not named is refused, the other store's tables included."
    yield "`manage.py staff grants` gives exactly this, and takes away whatever else was given. Run it as the owner,"
    yield "after each `migrate`."
    yield ""
    yield "`scherp_owner` owns the tables, migrates, backs up and rotates keys; no site runs as it. On SQLite there are"
    yield "no roles: whoever can write the file can do everything."
    for title, given in (("The line", ON_THE_LINE), ("The desk", AT_STAFF)):
        yield from ("", f"## {title}", "", f"| table | {' | '.join(f'`scherp_{role}`' for role in given)} |")
        yield "|---|" + "---|" * len(given)
        for table in dict.fromkeys(table for rules in given.values() for table in rules):
            cells = (", ".join(map(str.lower, rule(table, rules))) or "nothing" for rules in given.values())
            yield f"| `{table}` | {' | '.join(cells)} |"
    yield from (
        "",
        "A rule for one table goes before one with a star. Each role may connect to the stores in which it has a",
    )
    yield "column here, and to no other."


SOURCES = {
    "adult": "adults later convicted, writing to adult volunteers who posed as minors, 2006-2009",
    "decoy": "these volunteers",
    "sms": "text messages, many by 16 to 20 year olds, one side only (half; the other half is measured)",
    "topical": "crowd-written dialogues, CDLA-Sharing-1.0 (half)",
    "irc": "technical chat (half)",
    "steers": "our own risky conversations: who steers (synthetic)",
    "steered": "our own risky conversations: the other side (synthetic)",
    "hard": "our own hard harmless conversations (synthetic)",
    "everyday": "our own everyday conversations (synthetic)",
    "sign": "examples of the signs that must match (synthetic)",
    "look_alike": "examples that must not match (synthetic)",
}


_MADE: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "cli": ("The commands", _cli),
    "signs": ("The signs", _signs),
    "exit-codes": ("Exit codes and errors", _exit_codes),
    "formats": ("The forms of export that are read", _formats),
    "help-lines": ("Who can help", _help_lines),
    "weights": ("The weights", _weights),
    "public-site": ("The public site", _public_site),
    "permissions": ("Who may do what", _permissions),
    "grants": ("Who may do what in the database", _grants),
    "line-api": ("What the pages' scripts speak", line_api.page),
    "model-card": ("Model card of the learned weights", _model_card),
}


if __name__ == "__main__":
    main()
