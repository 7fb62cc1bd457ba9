"""`scherp check`: a chat export in, an explained warning out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scherp.advice import Audience, Country, without_chat, words
from scherp.checking import explained, messages_in, rank
from scherp.cli.bilingual import Misuse, locale_name
from scherp.cli.output import is_screen, progress, written_to
from scherp.conversation import Level
from scherp.errors import NoPastedChat, NothingPasted
from scherp.reading import Options, all_conversations, open_exports
from scherp.reading.export import DateOrder, authored
from scherp.report.explanation import level_word
from scherp.report.view import View, may_show_names
from scherp.report.wording import harmless
from scherp.texts import Language, say

if TYPE_CHECKING:
    from scherp.checking import Checked, Ranked
    from scherp.reading.export import Export
    from scherp.report.as_text import TextLine


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
    date_order: DateOrder | None = None
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
            date_order=DateOrder(order) if order else None,
            country=Country(country.upper()) if country else None,
            quiet=settings["quiet"],
        )

    @property
    def reader(self) -> Audience:
        """For whom it is; a young person unless said otherwise: whoever has a chat on their own screen."""
        return self.audience or Audience.YOUNG_PERSON

    @property
    def page_on_screen(self) -> bool:
        """Whether the page itself goes to standard output, so that nothing else may."""
        return self.html is not None and is_screen(self.html)

    def view(self, language: Language, *, names: bool = True) -> View:
        """How this person sees what is found; a page has names only where they are asked for."""
        return View(self.reader, language, self.child, names, self.country or _country())

    def hold_together(self) -> None:
        """Refuse options that do not go together, before anything is read."""
        may_show_names(self.reader, wanted=self.names)
        if self.child is not None and self.reader is not Audience.PARENT:
            raise Misuse("child_without_parent")
        if self.json and self.page_on_screen:
            raise Misuse("two_on_screen")


def run(file: str, wishes: Wishes, language: Language) -> None:
    """Check a file and write what was asked for."""
    wishes.hold_together()
    exports = _opened(file, wishes, language)
    if wishes.only_list:
        _list(exports, language)
        return
    ranked = _ranked(exports, wishes, language)
    if wishes.html:
        with written_to(wishes.html) as out:
            out.write(_page(ranked, wishes, language))
    if wishes.json:
        _print_json(ranked, wishes, language)
    elif not wishes.quiet and not wishes.page_on_screen:
        _show(ranked, wishes, language)


def _opened(file: str, wishes: Wishes, language: Language) -> list[Export]:
    """Read a file, or what was pasted: who pastes no chat may be crying for help, and is told who to call."""
    try:
        return open_exports(file, Options(wishes.date_order))
    except (NoPastedChat, NothingPasted) as error:
        keys = without_chat(wishes.reader, wishes.country or _country())
        error.add_note(" ".join(words(key, language) for key in keys))
        raise


def _ranked(exports: list[Export], wishes: Wishes, language: Language) -> Ranked:
    total = messages_in(exports, wishes.wanted)
    with progress(say("cli.judging", language), total, quiet=wishes.quiet or wishes.json) as told:
        return rank(exports, wishes.view(language), wanted=wishes.wanted, tick=told)


def _page(ranked: Ranked, wishes: Wishes, language: Language) -> str:
    from scherp.report.as_html import as_html  # noqa: PLC0415  only when a page is asked for

    return as_html(explained(ranked.shown[0], wishes.view(language, names=wishes.names)))


def _print_json(ranked: Ranked, wishes: Wishes, language: Language) -> None:
    from scherp.report.as_json import as_json  # noqa: PLC0415  only when JSON is asked for

    reports = [
        as_json(explained(c, wishes.view(language)), c.conversation) | {"name": c.conversation.name}
        for c in ranked.shown
    ]
    with written_to(Path("-")) as out:
        json.dump(reports if ranked.several else reports[0], out, ensure_ascii=False, indent=2)
        out.write("\n")


def _show(ranked: Ranked, wishes: Wishes, language: Language) -> None:
    from scherp.cli.draw import draw  # noqa: PLC0415  the terminal library, only when drawing
    from scherp.report.as_text import as_text  # noqa: PLC0415  only when text is asked for

    lines = as_text(explained(ranked.shown[0], wishes.view(language)))
    draw([*_ranking(ranked, wishes, language), *lines, *_closing(wishes, language)])


def _ranking(ranked: Ranked, wishes: Wishes, language: Language) -> list[TextLine]:
    from scherp.report.as_text import Look, Run, TextLine  # noqa: PLC0415  as above

    if not ranked.several:
        return []
    total = len(ranked.shown) + ranked.left_out
    said = [TextLine((Run(say("cli.several", language, count=total)),))]
    said += [_row(checked, wishes, language) for checked in ranked.shown]
    if ranked.left_out:
        said.append(TextLine((Run(say("cli.several_quiet", language, count=ranked.left_out)),), indent=2))
    return [
        *said,
        TextLine((Run(say("cli.several_choose", language), Look.QUIET),)),
        TextLine(),
        TextLine((Run(ranked.shown[0].conversation.name, Look.HEADING),)),
    ]


def _row(checked: Checked, wishes: Wishes, language: Language) -> TextLine:
    from scherp.report.as_text import MARK, Look, Run, TextLine  # noqa: PLC0415  as above

    scored, conversation = checked.scored, checked.conversation
    row = say(
        "cli.several_row",
        language,
        mark=MARK[scored.level],
        name=conversation.name,
        level=level_word(scored, View(wishes.reader, language)),
        messages=authored(conversation.messages),
    )
    look = Look.PLAIN if scored.level in (None, Level.NONE) else Look.STRONG
    return TextLine((Run(row, look),), indent=2)


def _closing(wishes: Wishes, language: Language) -> list[TextLine]:
    from scherp.report.as_text import Look, Run, TextLine  # noqa: PLC0415  as above

    said = []
    if wishes.audience is None:
        said.append(say("report.for_whom", language))
    if wishes.html:
        said.append(say("cli.written", language, name=wishes.html))
    return [TextLine((Run(one, Look.QUIET),)) for one in said]


def _list(exports: list[Export], language: Language) -> None:
    for conversation in all_conversations(exports):
        people = ", ".join(conversation.speakers)
        row = say(
            "cli.list_row", language, name=conversation.name, messages=authored(conversation.messages), people=people
        )
        click.echo(" ".join(harmless(row).split("\n")))


def _country() -> Country:
    """Belgium where the device says so, else the Netherlands."""
    return Country.BE if "_BE" in (locale_name() or "") else Country.NL
