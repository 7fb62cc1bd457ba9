"""The sheets on which a handover is printed: letters that are packaged, headings, tables, a line under each page."""

from __future__ import annotations

import unicodedata
from datetime import UTC
from importlib.resources import as_file, files
from itertools import zip_longest
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape

from fpdf import FPDF, FontFace
from fpdf.enums import MethodReturnValue, TableCellFillMode
from fpdf.fonts import TTFFont

from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from scherp.handover.nouns import Handover
    from scherp.texts import Language

_FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_FONT = "DejaVu"
_TEXT, _SMALL, _HEADING, _TITLE = 10, 8, 13, 20
"""Points."""
_LINE = 5.2
"""Millimetres from line to line."""
_PADDING = 1.0
"""Millimetres around what stands in a table."""
_MOST_LINES = 35
"""Of one row of a table."""
_MAKER = "Scherp"
_METADATA = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmp:CreateDate="{at}" xmp:ModifyDate="{at}" xmp:MetadataDate="{at}" pdf:Producer="{maker}">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
"""Written here, for fpdf2 writes the time of the clock in it, and the same case has to give the same bytes."""
_GREY = 90
_ALL_PAGES = "\x01000"
"""Where the number of pages comes; no text can hold it, for `shown` lets no such character through."""


class Paper(FPDF):
    """A4, with the case and the number of pages under each; made to be kept (PDF/A-2u)."""

    def __init__(self, handover: Handover, language: Language) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-2U")
        self._handover = handover
        self._speaks = language
        for style, name in _FACES.items():
            with as_file(files("scherp.handover") / "fonts" / name) as path:
                self.add_font(_FONT, style, path)
        self._letters = _letters(self.fonts[_FONT.lower()])
        title = self.shown(f"{say('handover.pdf.title', language)}: {handover.case}")
        self.set_title(title)
        self.set_producer(_MAKER)
        self.set_lang(language.value)
        self.set_creation_date(handover.made_at)
        self.set_xmp_metadata(_metadata(title, handover.made_at))
        self.set_margins(20, 18)
        self.alias_nb_pages(_ALL_PAGES)
        self.set_auto_page_break(auto=True, margin=22)

    def footer(self) -> None:
        """Write under each page that it is confidential, of which case, and which page."""
        self.set_y(-16)
        self.set_font(_FONT, size=_SMALL)
        self.set_text_color(_GREY)
        case = self.shown(self._handover.case)
        words = say("handover.pdf.footer", self._speaks, case=case, page=self.page_no(), pages=_ALL_PAGES)
        self.multi_cell(0, 4, words, align="C")
        self.set_text_color(0)

    def shown(self, text: str) -> str:
        """Give the text as these letters can show it; a character that they lack, by its number: [U+1F600]."""
        composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        return "".join(c if c == "\n" or ord(c) in self._letters else f"[U+{ord(c):04X}]" for c in composed)

    def finished(self) -> bytes:
        """Give the PDF, and let go of the files of its letters."""
        made = bytes(self.output())
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
        return made

    def title_line(self, text: str) -> None:
        """Write the title."""
        self._write(text, _TITLE, bold=True, line=9)
        self.ln(2)

    def heading(self, text: str, *, small: bool = False) -> None:
        """Write a heading, never alone at the foot of a page; it stands in the outline of the PDF as well."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(2 if small else 5)
        self.start_section(self.shown(text), level=int(small))
        self._write(text, _TEXT if small else _HEADING, bold=True, line=7)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """Write a paragraph."""
        self._write(text, _TEXT, bold=bold, line=_LINE)
        self.ln(1.5)

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        """Write what is called what, a row each."""
        self._table([], list(rows), (2, 7), bold_first=True)

    def rows(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: tuple[int, ...]) -> None:
        """Write a table; its head stands again on each page."""
        self._table(head, rows, widths)

    def _write(self, text: str, size: float, *, bold: bool, line: float) -> None:
        self.set_font(_FONT, "B" if bold else "", size)
        self.multi_cell(0, line, self.shown(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def _table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: tuple[int, ...], *, bold_first: bool = False
    ) -> None:
        self.set_font(_FONT, size=_SMALL + 1)
        with self.table(
            col_widths=widths,
            text_align="LEFT",
            line_height=4.8,
            padding=_PADDING,
            borders_layout="HORIZONTAL_LINES",
            cell_fill_mode=TableCellFillMode.NONE,
            headings_style=FontFace(emphasis="BOLD"),
            first_row_as_headings=bool(head),
        ) as table:
            for cells in [*([head] if head else []), *self._on_pages(rows, widths)]:
                row = table.row()
                for place, cell in enumerate(cells):
                    bold = FontFace(emphasis="BOLD") if bold_first and place == 0 else None
                    row.cell(cell, style=bold)
        self.ln(2)

    def _on_pages(self, rows: Sequence[Sequence[str]], widths: tuple[int, ...]) -> Iterator[list[str]]:
        """Give the rows as they can stand; one that is higher than a page goes on in rows below it."""
        for cells in rows:
            parts = [
                self._parts(cell, self.epw * width / sum(widths)) for cell, width in zip(cells, widths, strict=True)
            ]
            yield from (list(part) for part in zip_longest(*parts, fillvalue=""))

    def _parts(self, text: str, width: float) -> list[str]:
        inside = width - 2 * _PADDING
        measured = self.multi_cell(
            inside, text=self.shown(text), dry_run=True, output=MethodReturnValue.LINES, align="L"
        )
        lines = cast("list[str]", measured)
        return ["\n".join(lines[start : start + _MOST_LINES]) for start in range(0, len(lines), _MOST_LINES)] or [""]


def _metadata(title: str, made_at: datetime) -> str:
    at = made_at.astimezone(UTC).isoformat(timespec="seconds")
    return _METADATA.format(title=escape(title), at=at, maker=_MAKER)


def _letters(font: object) -> frozenset[int]:
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()
