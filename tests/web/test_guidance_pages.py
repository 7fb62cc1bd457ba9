"""The pages of advice: whole, in both languages, easy to read, and saying nothing that harms."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from easy_dutch import EASY, flesch_douma, long_words, sentences
from scherp.advice import Audience, Country, lines
from scherp.texts import Language
from scherp.web.guidance.pages import pages, pages_for

PAGES = list(pages().values())
DUTCH = [page for page in PAGES if page.language is Language.NL]
PLAIN = [page for page in DUTCH if page.audience is not Audience.PROFESSIONAL]
YOUNG = [page for page in PAGES if page.audience is Audience.YOUNG_PERSON]
THREATENED = "stap-voor-stap"
PICTOGRAMS = {"stop", "praat", "bel", "foto", "hart", "huis", "telefoon", "vraag", "hulp", "niet-jouw-schuld"}


def named(page):
    return f"{page.slug}-{page.language}{'-easy' if page.easy else ''}"


def each(chosen):
    return pytest.mark.parametrize("page", chosen, ids=named)


def read(page):
    """The words of a page as somebody reads them: every heading and every point of a list is a sentence."""
    body = re.sub(r"\{pic:[a-z-]+\} *", "", page.body)
    body = re.sub(r"\{line:[a-z_0-9]+\}", "naam", body)
    body = re.sub(r"\[([^\]]*)\]\(page:[a-z0-9-]+\)", r"\1", body).replace("**", "")
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:-|\d+\.|>|#))", f"{page.title}\n\n{page.summary}\n\n{body}")
    said = (re.sub(r"^\s*(#+|-|\d+\.|>)\s*(\d+\.)?", "", block.strip()).replace("\n", " ").strip() for block in blocks)
    return " ".join(one if one[-1] in ".?!:" else f"{one}." for one in said if one)


@each(PAGES)
def test_a_page_is_there_in_both_languages(page):
    assert {language for slug, language, easy in pages() if slug == page.slug and not easy} == set(Language)


@each(YOUNG)
def test_a_page_for_young_people_is_there_in_easy_words(page):
    assert (page.slug, Language.NL, True) in pages()


@each(PAGES)
def test_what_a_page_names_is_there(page):
    assert set(page.numbers) <= set(lines())
    assert set(re.findall(r"\{line:([a-z_0-9]+)\}", page.body)) <= set(page.numbers)
    assert {(slug, page.language, False) for slug in re.findall(r"page:([a-z0-9-]+)", page.body)} <= set(pages())
    assert set(re.findall(r"\{pic:([a-z-]+)\}", page.body)) <= PICTOGRAMS


@each(PAGES)
def test_no_number_is_typed_in_a_page(page):
    typed = re.sub(r"\{line:[a-z_0-9]+\}|\b20\d\d\b", "", page.body)
    assert not re.search(r"\d{3,}[- ]?\d+|\b11[23]\b|https?:", typed)


@each(PAGES)
def test_belgian_readers_find_a_belgian_number(page):
    assert [line for line in page.lines(Country.BE) if Country.NL not in line.countries]


@each(PAGES)
def test_a_page_calls_only_lines_that_are_for_its_reader(page):
    assert all(page.audience in lines()[name].audiences for name in page.numbers)


@each(PAGES)
def test_a_page_says_what_it_rests_on_and_when_it_was_checked(page):
    assert page.sources
    assert all(re.fullmatch(r"https://[a-z0-9.-]+(/\S*)?", source.url) for source in page.sources)
    assert dt.date(2026, 1, 1) <= page.checked <= dt.datetime.now(dt.UTC).date()


@each(PLAIN)
def test_dutch_for_young_people_and_parents_is_easy(page):
    text = read(page)
    easiest = page.easy or page.slug == THREATENED
    assert flesch_douma(text) >= (80 if easiest else 70)
    assert max(map(len, sentences(text))) <= (11 if easiest else 15)
    assert sorted(set(long_words(text)) - EASY) == []


@each([page for page in DUTCH if page.audience is Audience.PROFESSIONAL])
def test_dutch_for_professionals_can_be_read_between_two_lessons(page):
    assert flesch_douma(read(page)) >= 45
    assert max(map(len, sentences(read(page)))) <= 22


@each([page for page in PAGES if page.language is Language.EN])
def test_english_has_short_sentences(page):
    said = [part.split() for part in re.split(r"[.?!:]+(?:\s|$)", read(page)) if part.strip()]
    assert max(map(len, said)) <= 22


@each(YOUNG)
def test_young_people_are_not_blamed_or_labelled(page):
    said = re.sub(r'"[^"]*"', "", read(page).lower())  # not what one is told not to say
    assert "loverboy" not in said
    for word in (
        "waarom heb je",
        "why did you",
        "dom van jou",
        "stupid of you",
        "eigen schuld",
        "slachtoffer",
        "victim",
        "prostitu",
    ):
        assert word not in said


@each(PAGES)
def test_no_page_promises_that_nothing_will_be_published_or_calls_anything_safe(page):
    said = read(page).lower()
    for promise in (
        "zal niet online",
        "komt nooit online",
        "will never be online",
        "ze doen het toch niet",
        "dan is het veilig",
    ):
        assert promise not in said


@pytest.mark.parametrize("easy", [False, True])
def test_who_is_threatened_reads_the_steps_in_this_order(easy):
    body = pages()[THREATENED, Language.NL, easy].body.lower()
    steps = (
        "niet jouw schuld",
        "stuur geen",
        "bewaar",
        "blokkeren",
        "kopie",
        "{line:helpwanted}",
        "{line:zelfmoordpreventie}",
    )
    places = [body.index(step) for step in steps]
    assert places == sorted(places)


def test_who_is_threatened_is_never_asked_for_a_picture():
    for easy in (False, True):
        body = pages()[THREATENED, Language.NL, easy].body
        assert "Ook niet naar ons" in body
        assert "Gooi de chat niet weg" in body


@each([page for page in PAGES if page.easy])
def test_each_paragraph_in_easy_words_begins_with_one_pictogram(page):
    for paragraph in re.split(r"\n\s*\n", page.body):
        if not paragraph.startswith("#"):
            assert re.match(r"\{pic:[a-z-]+\}", paragraph)
            assert paragraph.count("{pic:") == 1


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", list(Language))
def test_pages_are_listed_in_their_order(audience, language):
    found = pages_for(audience, language)
    assert found == sorted(found, key=lambda page: page.order)
    assert len(found) >= 4


def test_what_somebody_writes_as_html_is_shown_as_text():
    # Given a page into which a tag slipped, When it is shown, Then it is words and not a tag
    page = PAGES[0]
    slipped = type(page)(
        **{name: getattr(page, name) for name in page.__slots__} | {"body": "<script>alert(1)</script>"}
    )
    assert "<script>" not in slipped.html(str, str)
