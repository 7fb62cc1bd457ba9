"""The pages of advice: Markdown files under `pages/`, one a page and language, with a head that says what they are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from scherp.advice import Audience, Country, Line, lines
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

_HEAD = "+++\n"
_EASY = "nl-easy"
_LINE = re.compile(r"\{line:([a-z_0-9]+)\}")
_PICTURE = re.compile(r"\{pic:([a-z-]+)\}")
_PAGE = re.compile(r"\]\(page:([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Source:
    """Where what a page says can be looked up."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language.

    easy: written for who reads with effort (A1/A2), with pictograms. numbers: who to call, the most fitting first.
    checked: the day it was last held against its sources. body: Markdown, with `{line:id}`, `{pic:name}`, `page:slug`.
    """

    slug: str
    language: Language
    easy: bool
    title: str
    audience: Audience
    order: int
    summary: str
    numbers: tuple[str, ...]
    checked: date
    sources: tuple[Source, ...]
    body: str

    @property
    def is_card(self) -> bool:
        """Whether it is a card to talk by, also printed."""
        return self.slug.startswith("kaart-")

    def lines(self, country: Country) -> list[Line]:
        """Give who to call in a country, in the page's order."""
        return [lines()[name] for name in self.numbers if country in lines()[name].countries]

    def html(self, address: Callable[[str], str], picture: Callable[[str], str]) -> str:
        """Write the body as HTML. `address` gives that of another page, `picture` that of a pictogram."""
        body = _LINE.sub(lambda found: _called(lines()[found[1]], self.language), self.body)
        body = _PAGE.sub(lambda found: f"]({address(found[1])})", body)
        body = _PICTURE.sub(lambda found: f"![]({picture(found[1])})", body)
        return str(_markdown().render(body))


@cache
def pages() -> Mapping[tuple[str, Language, bool], Page]:
    """Give every page, by slug, language, and whether it is the easy one."""
    found: dict[tuple[str, Language, bool], Page] = {}
    for folder in (files(__package__) / "pages").iterdir():
        for path in folder.iterdir() if folder.is_dir() else ():
            page = _read(folder.name, path)
            found[page.slug, page.language, page.easy] = page
    return found


def pages_for(audience: Audience, language: Language) -> list[Page]:
    """Give the pages for one kind of reader, in their order, the easy ones left out."""
    fitting = (p for p in pages().values() if p.audience is audience and p.language is language and not p.easy)
    return sorted(fitting, key=lambda page: page.order)


def _read(slug: str, path: Traversable) -> Page:
    _, head, body = path.read_text(encoding="utf-8").split(_HEAD, 2)
    told: dict[str, Any] = tomllib.loads(head)
    written = path.name.removesuffix(".md")
    return Page(
        slug=slug,
        language=Language(written.removesuffix("-easy")),
        easy=written == _EASY,
        title=told["title"],
        audience=Audience(told["audience"]),
        order=told["order"],
        summary=told["summary"],
        numbers=tuple(dict.fromkeys((*told["numbers"], *told["numbers_be"]))),
        checked=told["checked"],
        sources=tuple(Source(**source) for source in told["sources"]),
        body=body.strip(),
    )


def _called(line: Line, language: Language) -> str:
    """The line as a link that calls it, or that opens its site where there is no number."""
    name = line.name[language].partition(" (")[0]
    if line.phone is None:
        return f"[{name}]({line.web})"
    number = line.phone if line.by_law else name if line.phone in name else f"{name} {line.phone}"
    return f"[{number}](tel:{line.phone.replace('-', '')})"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
