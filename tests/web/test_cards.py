"""Conversation cards on paper."""

from __future__ import annotations

import pytest

from scherp.web.guidance.pages import pages

CARDS = [page for page in pages().values() if page.is_card]


@pytest.mark.parametrize("page", CARDS, ids=lambda page: f"{page.slug}-{page.language}")
def test_a_card_is_one_page_of_pdf_with_a_neutral_title(visitor, page):
    answer = visitor.get(f"/{page.language}/lezen/{page.slug}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 1
    assert b"(Scherp)" in answer.content


def test_there_is_a_card_for_each_age():
    assert {page.slug for page in CARDS} == {"kaart-8-10", "kaart-11-12", "kaart-13-15", "kaart-16-17"}


def test_another_page_is_no_card(visitor):
    assert visitor.get("/nl/lezen/stap-voor-stap.pdf").status_code == 404
