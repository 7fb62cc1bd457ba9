"""A report as lines for a terminal: plain runs of text with a style each, so that any terminal library can draw it.

Nothing is told by colour alone: each level has its own word and mark, counted words are underlined on their own
line as well when `underline` is asked for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scherp.advice import hours_in_words, words
from scherp.conversation import Level
from scherp.report.quotes import Style
from scherp.report.wording import harmless, when
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scherp.advice import Line
    from scherp.report.explanation import Explanation
    from scherp.report.quotes import Quote


class Look(StrEnum):
    """How a run of text is drawn."""

    PLAIN = "plain"
    STRONG = "strong"
    HEADING = "heading"
    QUIET = "quiet"
    COUNTED = "counted"
    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_NONE = "level_none"
    LEVEL_ATTEND = "level_attend"
    LEVEL_CONCERN = "level_concern"
    LEVEL_URGENT = "level_urgent"


class Run(NamedTuple):
    """Characters drawn alike."""

    text: str
    look: Look = Look.PLAIN


class TextLine(NamedTuple):
    """One paragraph: its runs, how far it is set in, and what stands before it."""

    runs: tuple[Run, ...] = ()
    indent: int = 0
    bullet: str = ""


MARK = {None: "·", Level.NONE: "○", Level.ATTEND: "▲", Level.CONCERN: "▲▲", Level.URGENT: "▲▲▲"}
"""The mark of each level, for who does not see colour."""

_BLANK = TextLine()


def as_text(explanation: Explanation) -> list[TextLine]:
    """Give the report's paragraphs, in the order in which they are to be read."""
    language = explanation.view.language
    return [
        *_sentences(explanation, explanation.advice.first_words, Look.STRONG),
        _BLANK,
        *_verdict(explanation),
        *_section("doing", map(_plain, done(explanation)), explanation),
        *_quotes(explanation),
        *_section("tempo", [_plain(explanation.tempo)] if explanation.tempo else [], explanation),
        *_section("against", map(_plain, explanation.against), explanation),
        *_section("unknown", map(_plain, explanation.unknown), explanation),
        *_steps("do_now", explanation.advice.do_first, explanation, numbered=True),
        *_steps("after", explanation.advice.do_after, explanation),
        *_steps("keep", explanation.advice.keep, explanation),
        *_steps("do_not", explanation.advice.do_not, explanation),
        *_section("lines", (_line(one, explanation) for one in explanation.advice.lines), explanation),
        *_section("file", map(_plain, explanation.source.about), explanation),
        _BLANK,
        *(_quiet(words(key, language)) for key in explanation.advice.caveats),
        _quiet(explanation.not_evidence),
    ]


def done(explanation: Explanation) -> list[str]:
    """Give what whoever steers does, a sentence for each group, and what the words themselves add."""
    return [*(doing.sentence for doing in explanation.doing), *([explanation.manner] if explanation.manner else [])]


def quote_head(quote: Quote, explanation: Explanation) -> str:
    """Give the line above a quote: its number, its time if known, who said it, how often if more than once."""
    language = explanation.view.language
    key = "report.quote_head" if quote.time else "report.quote_head_timeless"
    head = say(key, language, number=quote.number, time=when(quote.time), who=quote.who)
    return head if quote.times == 1 else say("report.times", language, what=head, count=quote.times)


def level_line(explanation: Explanation) -> str:
    """Give the level in words, with its step; without a step where nothing can be said."""
    level = explanation.level
    if level in (None, Level.NONE):
        return explanation.level_word
    rank = level.rank if level else 0
    return say("report.level_line", explanation.view.language, word=explanation.level_word, rank=rank)


def _verdict(explanation: Explanation) -> Iterator[TextLine]:
    level = explanation.level
    look = Look(f"level_{level.value if level else 'unknown'}")
    yield TextLine((Run(f"{MARK[level]} {level_line(explanation)}", look),))
    if explanation.who:
        yield TextLine((Run(explanation.who, Look.STRONG),))
    yield _plain(explanation.meaning)


def _quotes(explanation: Explanation) -> Iterator[TextLine]:
    note = explanation.quotes_note
    if not explanation.quotes and not note:
        return
    yield from _heading("quotes", explanation)
    for quote in explanation.quotes:
        yield TextLine((Run(quote_head(quote, explanation), Look.QUIET),), indent=2)
        yield TextLine(tuple(_run(p.text, p.style) for p in quote.pieces), indent=4)
        yield TextLine((Run("; ".join(quote.why), Look.QUIET),), indent=4, bullet="→ ")
    if note:
        yield TextLine((Run(note, Look.QUIET),), indent=2)


def _run(text: str, style: Style) -> Run:
    flat = " ".join(harmless(text).split("\n"))
    return Run(flat, {Style.COUNTED: Look.COUNTED, Style.MASKED: Look.QUIET}.get(style, Look.PLAIN))


def _line(line: Line, explanation: Explanation) -> TextLine:
    language = explanation.view.language
    contact = " · ".join(part for part in (line.phone, *line.also, web_address(line)) if part)
    return TextLine(
        (
            Run(f"{line.name[language]}: ", Look.STRONG),
            Run(f"{contact} ({hours_in_words(line, language)}). {line.for_whom[language]}"),
        )
    )


def web_address(line: Line) -> str:
    """Give a line's web address as people write it."""
    return (line.web or "").removeprefix("https://").removeprefix("www.")


def _steps(part: str, keys: Iterable[str], explanation: Explanation, *, numbered: bool = False) -> Iterator[TextLine]:
    steps = [words(key, explanation.view.language) for key in keys]
    if steps:
        yield from _heading(part, explanation)
        for number, step in enumerate(steps, 1):
            yield TextLine((Run(step),), indent=2, bullet=f"{number}. " if numbered else "- ")


def _section(part: str, lines: Iterable[TextLine], explanation: Explanation) -> Iterator[TextLine]:
    lines = list(lines)
    if lines:
        yield from _heading(part, explanation)
        for line in lines:
            yield line._replace(indent=2, bullet=line.bullet or "- ")


def _heading(part: str, explanation: Explanation) -> Iterator[TextLine]:
    yield _BLANK
    yield TextLine((Run(say(f"report.heading.{part}", explanation.view.language), Look.HEADING),))


def _sentences(explanation: Explanation, keys: Iterable[str], look: Look) -> Iterator[TextLine]:
    for key in keys:
        yield TextLine((Run(words(key, explanation.view.language), look),))


def _plain(text: str) -> TextLine:
    return TextLine((Run(text),))


def _quiet(text: str) -> TextLine:
    return TextLine((Run(text, Look.QUIET),))
