"""A report as one page that needs nothing else: no script, no request, its own strict policy; to read and to print."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scherp import __version__
from scherp.advice import hours_in_words, words
from scherp.report.as_svg import as_svg, described
from scherp.report.as_text import MARK, done, level_line, quote_head, web_address
from scherp.report.elements import Element, el, page
from scherp.report.quotes import Style
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.advice import Line
    from scherp.report.explanation import Explanation
    from scherp.report.quotes import Piece, Quote


def as_html(explanation: Explanation) -> str:
    """Give the whole page. Its title says nothing of what it is about."""
    language = explanation.view.language
    return page(sections(explanation), title=say("report.document_title", language), style=_style(), language=language)


def sections(explanation: Explanation) -> list[Element]:
    """Give the parts of the page, for a page that has a frame of its own."""
    advice = explanation.advice
    parts = [
        el("h1", say("report.title", explanation.view.language)),
        _section("first", _sentences(explanation, advice.first_words), explanation, class_="first"),
        _verdict(explanation),
        _list("do_now", "ol", _said(explanation, advice.do_first), explanation),
        _section("lines", [el("ul", *(_line(x, explanation) for x in advice.lines), class_="lines")], explanation),
        _list("after", "ul", _said(explanation, advice.do_after), explanation),
        _list("do_not", "ul", _said(explanation, advice.do_not), explanation),
        _list("keep", "ul", _said(explanation, advice.keep), explanation),
        _list("doing", "ul", done(explanation), explanation),
        _section("quotes", _quotes(explanation), explanation),
        _section("tempo", [el("p", explanation.tempo)] if explanation.tempo else [], explanation),
        _section("timeline", _timeline(explanation), explanation),
        _list("against", "ul", explanation.against, explanation),
        _list("unknown", "ul", explanation.unknown, explanation),
        _list("file", "ul", explanation.source.about, explanation),
        _footer(explanation),
    ]
    return [part for part in parts if part is not None]


def _verdict(explanation: Explanation) -> Element:
    level = explanation.level
    return el(
        "section",
        el(
            "p",
            el("span", MARK[level], class_="mark", aria_hidden="true"),
            level_line(explanation),
            class_="word",
        ),
        el("p", explanation.who, class_="who") if explanation.who else None,
        el("p", explanation.meaning),
        class_=f"verdict {level.value if level else 'unknown'}",
    )


def _quotes(explanation: Explanation) -> list[Element]:
    note = explanation.quotes_note
    return [
        *(_quote(quote, explanation) for quote in explanation.quotes),
        *([el("p", note, class_="quiet")] if note else []),
    ]


def _quote(quote: Quote, explanation: Explanation) -> Element:
    return el(
        "blockquote",
        el("p", quote_head(quote, explanation), class_="head"),
        el("p", *map(_piece, quote.pieces), class_="said", dir="auto"),
        el("p", "→ " + "; ".join(quote.why), class_="quiet"),
    )


def _piece(piece: Piece) -> Element | str:
    if piece.style is Style.COUNTED:
        return el("mark", piece.text)
    return el("span", piece.text, class_="masked") if piece.style is Style.MASKED else piece.text


def _timeline(explanation: Explanation) -> list[Element]:
    language = explanation.view.language
    caption = "caption" if explanation.timeline.levels else "caption_without_level"
    return [
        el(
            "figure",
            as_svg(explanation),
            el("figcaption", say(f"report.timeline.{caption}", language)),
        ),
        el("ul", *(el("li", sentence) for sentence in described(explanation)), class_="quiet"),
    ]


def _line(line: Line, explanation: Explanation) -> Element:
    language = explanation.view.language
    phones = [el("a", number, href=f"tel:{number.replace('-', '')}") for number in (line.phone, *line.also) if number]
    web = el("a", web_address(line), href=line.web, rel="noreferrer noopener") if line.web else None
    return el(
        "li",
        el("strong", line.name[language]),
        f" ({hours_in_words(line, language)})",
        el("br"),
        line.for_whom[language],
        el("br"),
        *phones,
        web,
    )


def _footer(explanation: Explanation) -> Element:
    language = explanation.view.language
    return el(
        "footer",
        *(el("p", words(key, language)) for key in explanation.advice.caveats),
        el("p", explanation.not_evidence),
        el("p", say("report.print_hint", language), class_="screen"),
        el("p", say("report.made_with", language, version=__version__)),
    )


def _said(explanation: Explanation, keys: Iterable[str]) -> list[str]:
    return [words(key, explanation.view.language) for key in keys]


def _sentences(explanation: Explanation, keys: Iterable[str]) -> list[Element]:
    return [el("p", sentence) for sentence in _said(explanation, keys)]


def _list(part: str, kind: str, items: Iterable[str], explanation: Explanation) -> Element | None:
    items = list(items)
    return _section(part, [el(kind, *(el("li", item) for item in items))] if items else [], explanation)


def _section(
    part: str, content: list[Element], explanation: Explanation, *, class_: str | None = None
) -> Element | None:
    if not content:
        return None
    heading = el("h2", say(f"report.heading.{part}", explanation.view.language))
    return el("section", heading, *content, class_=class_)


@cache
def _style() -> str:
    return (files(__package__) / "page.css").read_text(encoding="utf-8")
