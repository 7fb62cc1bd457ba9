"""`scherp check`: a chat export in, an explained warning out."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scherp.advice import Audience, Country
from scherp.conversation import Level
from scherp.errors import NotWritten
from scherp.reading import Options, all_conversations, choose, open_exports
from scherp.reading.export import DateOrder
from scherp.report.explanation import explain, level_word
from scherp.report.view import View, make_view, may_show_names
from scherp.scoring import score
from scherp.texts import Language, say

if TYPE_CHECKING:
    from pathlib import Path

    from scherp.conversation import Conversation
    from scherp.reading.export import Export
    from scherp.report.as_text import TextLine
    from scherp.report.explanation import Explanation
    from scherp.scoring import Scored


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for."""

    audience: Audience | None = None
    child: str | None = None
    wanted: str | None = None
    only_list: bool = False
    html: Path | None = None
    json: bool = False
    names: bool = False
    options: Options = Options()
    country: Country | None = None
    quiet: bool = False

    @classmethod
    def of(cls, settings: dict[str, Any]) -> Wishes:
        """Take the command line's settings, as click gives them."""
        audience, order, country = settings["for"], settings["date_order"], settings["country"]
        return cls(
            audience=Audience(audience) if audience else None,
            child=settings["child"],
            wanted=settings["with"],
            only_list=settings["list"],
            html=settings["html"],
            json=settings["json"],
            names=settings["names"],
            options=Options(DateOrder(order) if order else None),
            country=Country(country.upper()) if country else None,
            quiet=settings["quiet"],
        )

    @property
    def reader(self) -> Audience:
        """For whom it is; a young person unless said otherwise: whoever has a chat on their own screen."""
        return self.audience or Audience.YOUNG_PERSON


@dataclass(frozen=True, slots=True)
class Checked:
    """One conversation with what was found in it."""

    export: Export
    conversation: Conversation
    scored: Scored


def run(file: str, wishes: Wishes, language: Language) -> None:
    """Check a file and write what was asked for."""
    may_show_names(wishes.reader, wanted=wishes.names)
    exports = open_exports(file, wishes.options)
    if wishes.only_list:
        _list(exports, language)
        return
    ranked = _ranked(_chosen(exports, wishes), wishes, language)
    first = ranked[0]
    if wishes.html:
        _write(wishes.html, _page(first, wishes, language))
    if wishes.json:
        _print_json(ranked, wishes, language)
    elif not wishes.quiet:
        _show(ranked, wishes, language)


def _chosen(exports: list[Export], wishes: Wishes) -> list[tuple[Export, Conversation]]:
    if wishes.wanted is None:
        return [(export, conversation) for export in exports for conversation in export.conversations]
    conversation = choose(exports, wishes.wanted)
    return [(export, conversation) for export in exports if conversation in export.conversations][:1]


def _ranked(chosen: list[tuple[Export, Conversation]], wishes: Wishes, language: Language) -> list[Checked]:
    """Judge each conversation; the one to look at first comes first."""
    from scherp.cli.draw import progress  # noqa: PLC0415  the terminal library, only when drawing

    total = sum(len(conversation.messages) for _, conversation in chosen)
    found = []
    done = 0
    with progress(say("cli.judging", language), total, quiet=wishes.quiet or wishes.json) as told:
        for export, conversation in chosen:
            scored = score(conversation, tick=lambda n, before=done: told(before + n))  # type: ignore[misc]
            done += len(conversation.messages)
            found.append(Checked(export, conversation, scored))
    return sorted(found, key=lambda c: -(c.scored.risk if c.scored.risk is not None else -1.0))


def _explained(checked: Checked, wishes: Wishes, language: Language, *, names: bool) -> Explanation:
    from scherp.cli.source import described  # noqa: PLC0415  keeps --list quick

    conversation = checked.conversation
    child = wishes.child if wishes.reader is Audience.PARENT else None
    view = make_view(
        conversation, wishes.reader, language, child=child, names=names, country=wishes.country or _country()
    )
    return explain(conversation, checked.scored, view, described(checked.export, conversation, language))


def _page(checked: Checked, wishes: Wishes, language: Language) -> str:
    from scherp.report.as_html import as_html  # noqa: PLC0415  only when a page is asked for

    names = may_show_names(wishes.reader, wanted=wishes.names)
    return as_html(_explained(checked, wishes, language, names=names))


def _print_json(ranked: list[Checked], wishes: Wishes, language: Language) -> None:
    from scherp.report.as_json import as_json  # noqa: PLC0415  only when JSON is asked for

    reports = [
        as_json(_explained(c, wishes, language, names=True), c.conversation, c.scored) | {"name": c.conversation.name}
        for c in ranked
    ]
    json.dump(reports[0] if len(reports) == 1 else reports, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _show(ranked: list[Checked], wishes: Wishes, language: Language) -> None:
    from scherp.cli.draw import draw  # noqa: PLC0415  the terminal library, only when drawing
    from scherp.report.as_text import as_text  # noqa: PLC0415  only when text is asked for

    lines = as_text(_explained(ranked[0], wishes, language, names=True))
    draw([*_ranking(ranked, wishes, language), *lines, *_closing(wishes, language)])


def _ranking(ranked: list[Checked], wishes: Wishes, language: Language) -> list[TextLine]:
    from scherp.report.as_text import MARK, Look, Run, TextLine  # noqa: PLC0415  as above

    if len(ranked) == 1:
        return []
    rows = []
    for checked in ranked:
        level = checked.scored.level
        view = View(wishes.reader, language)
        words = say(
            "cli.several_row",
            language,
            mark=MARK[level],
            name=checked.conversation.name,
            level=level_word(level, view),
            messages=len(checked.conversation.messages),
        )
        rows.append(TextLine((Run(words, Look.STRONG if level not in (None, Level.NONE) else Look.PLAIN),), indent=2))
    return [
        TextLine((Run(say("cli.several", language, count=len(ranked))),)),
        *rows,
        TextLine((Run(say("cli.several_choose", language), Look.QUIET),)),
        TextLine(),
        TextLine((Run(ranked[0].conversation.name, Look.HEADING),)),
    ]


def _closing(wishes: Wishes, language: Language) -> list[TextLine]:
    from scherp.report.as_text import Look, Run, TextLine  # noqa: PLC0415  as above

    said = []
    if wishes.audience is None:
        said.append(say("report.for_whom", language))
    if wishes.html:
        said.append(say("cli.written", language, name=wishes.html))
    return [TextLine((Run(words, Look.QUIET),)) for words in said]


def _list(exports: list[Export], language: Language) -> None:
    for conversation in all_conversations(exports):
        people = ", ".join(conversation.speakers)
        row = say("cli.list_row", language, name=conversation.name, messages=len(conversation.messages), people=people)
        sys.stdout.write(row + "\n")


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise NotWritten(name=str(path)) from problem


def _country() -> Country:
    """Belgium where the device says so, else the Netherlands."""
    named = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return Country.BE if "_BE" in named else Country.NL
