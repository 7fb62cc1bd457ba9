"""`scherp check`: a chat export in, an explained warning out."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scherp.advice import Audience, Country, without_chat, words
from scherp.cli.bilingual import Misuse, locale_name
from scherp.cli.output import is_screen, progress, written_to
from scherp.conversation import Level
from scherp.errors import NoPastedChat, NoSuchSpeaker, NothingPasted
from scherp.reading import Options, all_conversations, choose, open_exports
from scherp.reading.export import DateOrder, authored
from scherp.report.explanation import explain, level_word
from scherp.report.view import View, child_in, may_show_names
from scherp.report.wording import harmless
from scherp.scoring import score
from scherp.texts import Language, say

if TYPE_CHECKING:
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

    def hold_together(self) -> None:
        """Refuse options that do not go together, before anything is read."""
        may_show_names(self.reader, wanted=self.names)
        if self.child is not None and self.reader is not Audience.PARENT:
            raise Misuse("child_without_parent")
        if self.json and self.page_on_screen:
            raise Misuse("two_on_screen")


@dataclass(frozen=True, slots=True)
class Checked:
    """One conversation with what was found in it."""

    export: Export
    conversation: Conversation
    scored: Scored


@dataclass(frozen=True, slots=True)
class Ranked:
    """All that was checked and this reader is shown, the one to look at first on top; `left_out` more were quiet."""

    shown: tuple[Checked, ...]
    several: bool
    left_out: int = 0


def run(file: str, wishes: Wishes, language: Language) -> None:
    """Check a file and write what was asked for."""
    wishes.hold_together()
    exports = _opened(file, wishes, language)
    if wishes.only_list:
        _list(exports, language)
        return
    ranked = _ranked(_chosen(exports, wishes), wishes, language)
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


def _chosen(exports: list[Export], wishes: Wishes) -> list[tuple[Export, Conversation]]:
    if wishes.wanted is None:
        return [(export, conversation) for export in exports for conversation in export.conversations]
    conversation = choose(exports, wishes.wanted)
    return [(export, conversation) for export in exports if conversation in export.conversations][:1]


def _ranked(chosen: list[tuple[Export, Conversation]], wishes: Wishes, language: Language) -> Ranked:
    """Judge each conversation; the one to look at first comes first.

    A parent is told of those with signs only: the others are the child's own.
    """
    if wishes.child is not None:
        _find_child(wishes.child, [conversation for _, conversation in chosen])
    judged = sorted(_judged(chosen, wishes, language), key=_quiet_last)
    shown = judged
    if wishes.reader is Audience.PARENT:
        shown = [c for c in judged if c.scored.level not in (None, Level.NONE)] or judged[:1]
    return Ranked(tuple(shown), len(judged) > 1, len(judged) - len(shown))


def _quiet_last(checked: Checked) -> float:
    return 1.0 if checked.scored.risk is None else -checked.scored.risk


def _judged(chosen: list[tuple[Export, Conversation]], wishes: Wishes, language: Language) -> list[Checked]:
    total = sum(len(conversation.messages) for _, conversation in chosen)
    found = []
    done = 0
    with progress(say("cli.judging", language), total, quiet=wishes.quiet or wishes.json) as told:
        for export, conversation in chosen:

            def tick(count: int, before: int = done) -> None:
                told(before + count)

            found.append(Checked(export, conversation, score(conversation, tick=tick)))
            done += len(conversation.messages)
    return found


def _find_child(wanted: str, conversations: list[Conversation]) -> None:
    """Make sure that the child wrote in one of these. Raises NoSuchSpeaker."""
    for conversation in conversations:
        with contextlib.suppress(NoSuchSpeaker):
            child_in(conversation, wanted)
            return
    names = dict.fromkeys(name for conversation in conversations for name in conversation.speakers)
    raise NoSuchSpeaker(wanted=wanted, names=", ".join(names))


def _explained(checked: Checked, wishes: Wishes, language: Language, *, names: bool) -> Explanation:
    from scherp.cli.source import described  # noqa: PLC0415  keeps --list quick

    conversation = checked.conversation
    view = View(wishes.reader, language, _child(conversation, wishes), names, wishes.country or _country())
    return explain(conversation, checked.scored, view, described(checked.export, conversation, language))


def _child(conversation: Conversation, wishes: Wishes) -> str | None:
    """Who the child is; None in a conversation, of several, in which the child wrote nothing under that name."""
    if wishes.child is not None:
        with contextlib.suppress(NoSuchSpeaker):
            return child_in(conversation, wishes.child)
    return None


def _page(ranked: Ranked, wishes: Wishes, language: Language) -> str:
    from scherp.report.as_html import as_html  # noqa: PLC0415  only when a page is asked for

    return as_html(_explained(ranked.shown[0], wishes, language, names=wishes.names))


def _print_json(ranked: Ranked, wishes: Wishes, language: Language) -> None:
    from scherp.report.as_json import as_json  # noqa: PLC0415  only when JSON is asked for

    reports = [
        as_json(_explained(c, wishes, language, names=True), c.conversation) | {"name": c.conversation.name}
        for c in ranked.shown
    ]
    with written_to(Path("-")) as out:
        json.dump(reports if ranked.several else reports[0], out, ensure_ascii=False, indent=2)
        out.write("\n")


def _show(ranked: Ranked, wishes: Wishes, language: Language) -> None:
    from scherp.cli.draw import draw  # noqa: PLC0415  the terminal library, only when drawing
    from scherp.report.as_text import as_text  # noqa: PLC0415  only when text is asked for

    lines = as_text(_explained(ranked.shown[0], wishes, language, names=True))
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
