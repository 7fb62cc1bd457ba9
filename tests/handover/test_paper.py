"""The handover on paper: everything stands in it, suspects apart, and no character is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handed_over import BARE, FINGERPRINT, LOTTES
from scherp.handover import Entry, Informed, Knows, Person, Recipient, Role, Suspect
from scherp.handover.as_pdf import as_pdf
from scherp.handover.nouns import Deed
from scherp.handover.paper import Paper
from scherp.texts import Language, has, say

LONG = "Dit is een heel lang verhaal dat maar doorgaat. " * 400


@pytest.fixture
def on_paper(monkeypatch):
    """What is written, page by page."""
    pages: dict[int, str] = {}
    shown = Paper.shown

    def noted(paper, text):
        there = shown(paper, text)
        page = max(paper.page, 0)
        pages[page] = pages.get(page, "") + "\n" + there
        return there

    def write(handover, language=Language.NL):
        pages.clear()
        pdf = as_pdf(handover, FINGERPRINT, language)
        return pdf, dict(pages)

    monkeypatch.setattr(Paper, "shown", noted)
    return write


@pytest.mark.parametrize("language", Language)
def test_it_says_what_a_reader_has_to_know(on_paper, language):
    _, pages = on_paper(LOTTES, language)
    text = "\n".join(pages.values())
    for part in (
        "Z-2026-0014", "De Brug Jeugdhulp", "Politie, team zeden Oost", LOTTES.reason, LOTTES.ground.how,
        *LOTTES.summary, "Bo", "12-15", "27-2-2026", "3-3-2026 09:30", "Eerste contact", LOTTES.enclosures[0].sha256,
        "originals/001-whatsapp-chat-met-kim.txt", FINGERPRINT[:39], FINGERPRINT[40:],
        say("handover.pdf.no_proof", language), say("handover.pdf.unknown", language),
        say("handover.deed.viewed", language),
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize("language", Language)
def test_it_says_on_which_legal_ground_where_there_is_no_consent(on_paper, language):
    text = "\n".join(on_paper(BARE, language)[1].values())
    assert all(part in text for part in (BARE.ground.name, BARE.ground.article, BARE.ground.reason))
    assert say("handover.pdf.consent_how", language) not in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("knows", Knows)
def test_it_says_whether_the_young_person_knows_of_it(on_paper, language, knows):
    told = replace(LOTTES, informed=Informed(knows, "Gisteren in het gesprek."))
    text = "\n".join(on_paper(told, language)[1].values())
    assert say(f"handover.pdf.knows.{knows}", language) in text
    assert "Gisteren in het gesprek." in text
    assert say("handover.pdf.informed", language) not in "\n".join(on_paper(LOTTES, language)[1].values())


def test_suspects_stand_on_a_page_of_their_own_and_nowhere_else(on_paper):
    _, pages = on_paper(LOTTES)
    last = max(pages)
    assert "Persoon K" in pages[last]
    assert not any("Persoon K" in text for page, text in pages.items() if page != last)
    assert "Lotte meldt zich" not in pages[last]
    _, pages = on_paper(replace(LOTTES, suspects=()))
    assert not any(say("handover.pdf.suspects", Language.NL) in text for text in pages.values())


def test_each_page_says_what_it_is_and_which_it_is():
    pdf = as_pdf(LOTTES, FINGERPRINT, Language.NL)
    count = int(re.search(rb"/Count (\d+)", pdf)[1])
    assert count >= 3
    for language in Language:
        footer = say("handover.pdf.footer", language, case="Z", page=2, pages=3)
        assert re.search(r"Geen bewijs|Not proof", footer)
        assert footer.endswith(("2 van 3", "2 of 3"))


def test_the_pdf_is_of_the_kind_that_is_kept_and_its_letters_are_in_it():
    pdf = as_pdf(LOTTES, FINGERPRINT, Language.EN)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in pdf
    assert b"/FontFile2" in pdf
    assert b"/Lang (en)" in pdf


def test_what_is_longer_than_a_page_goes_on_and_nothing_of_it_is_lost(on_paper):
    # a table refuses a row that is higher than a page
    handover = replace(
        LOTTES,
        timeline=(Entry(None, LONG, LONG),),
        suspects=(Suspect("K" * 3000, LONG),),
        ground=replace(LOTTES.ground, how=LONG),
        people=(Person("x\n" * 300, Role.OTHER),),
    )
    pdf, pages = on_paper(handover)
    assert int(re.search(rb"/Count (\d+)", pdf)[1]) > 15
    assert sum(text.count("verhaal") for text in pages.values()) >= 4 * LONG.count("verhaal")


def test_a_character_that_the_letters_lack_stands_there_by_its_number():
    paper = Paper(LOTTES, Language.NL)
    assert paper.shown("Zoë Łukasz Ελένη Олена") == "Zoë Łukasz Ελένη Олена"
    assert paper.shown("e\u0301") == "é"
    assert paper.shown("😀") == "[U+1F600]"
    # and none acts on the page, or turns its direction
    assert paper.shown("a\u202eb\x00c\x01") == "a[U+202E]b[U+0000]c[U+0001]"
    paper.add_page()
    assert paper.finished().startswith(b"%PDF-")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from(Language))
@settings(max_examples=25)
def test_any_words_can_be_printed(text, language):
    handover = replace(
        BARE, case=text, reason=text, summary=(text, text), timeline=(Entry(None, text, text),),
        people=(Person(text, Role.OTHER),), suspects=(Suspect(text, text),),
    )  # fmt: skip
    assert as_pdf(handover, FINGERPRINT, language).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", [Recipient, Role, Deed])
def test_every_kind_has_a_word(kind):
    assert [one for one in kind if not has(f"handover.{kind.__name__.lower()}.{one}")] == []
