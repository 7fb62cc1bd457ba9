"""A conversation card as a PDF of one page, to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf import FPDF

if TYPE_CHECKING:
    from collections.abc import Callable

    from scherp.web.guidance.pages import Page

_PLAIN = str.maketrans(
    {"\u2026": "...", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)
"""What the fonts that every printer has do not hold (they are Latin-1)."""


def as_pdf(page: Page, address: Callable[[str], str]) -> bytes:
    """Give the card as a PDF, A4. `address` gives the whole address of another page."""
    pdf = FPDF(format="A4")
    pdf.set_title("Scherp")
    pdf.set_lang(page.language.value)
    pdf.set_margin(22)
    pdf.add_page()
    pdf.set_font("helvetica", "B", 22)
    pdf.multi_cell(0, 10, page.title.translate(_PLAIN), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    pdf.set_font("helvetica", size=13)
    html = page.html(address, lambda _: "")
    pdf.write_html(html.translate(_PLAIN))
    return bytes(pdf.output())
