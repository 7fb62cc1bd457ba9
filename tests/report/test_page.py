"""The page: harmless whatever stands in a chat, alone in the world, in order."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_by_hand import as_words, chat, found

from scherp.advice import Audience, Country, lines
from scherp.conversation import Level
from scherp.errors import ExitCode, NotPermitted
from scherp.report.as_html import as_html
from scherp.report.explanation import Source, explain
from scherp.report.view import View, may_show_names
from scherp.signs.vocabulary import signs
from scherp.texts import Language, say

NL, EN = Language
VOID = {"meta", "br"}
VIEWS = [
    View(audience, language, "Lotte" if audience is Audience.PARENT else None, names=False)
    for audience in Audience
    for language in Language
]
NASTY = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><script>1</script>", "a & b &lt; &#60;",
    "'; DROP", "\x1b[31mred\x1b[0m\x07", "a\x00b", "\u202egnp.exe\u202c",
    "\u200f\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627", "]]>", "<!--", "{who} {0}",
    "https://evil.example/x", "javascript:alert(1)", "half \ud83d pair", "\ufffe",
]  # fmt: skip


class Tree(HTMLParser):
    """Walks a page, and refuses one whose elements are not closed in order."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.words = [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def all(self, tag):
        return [attrs for seen, attrs in self.seen if seen == tag]


def page_of(conversation, scored, view):
    return as_html(explain(conversation, scored, view))


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view.audience}-{view.language}")
def view(request):
    return request.param


@pytest.fixture
def page(kim_and_lotte, kim_steers, view):
    return page_of(kim_and_lotte, kim_steers, view)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(NASTY), st.text(min_size=1, max_size=30) | st.sampled_from(NASTY))
def test_whatever_a_message_or_a_name_holds_it_adds_no_element_and_no_attribute(text, name):
    # Given the most hostile text and names, even shown to a professional, Then the page has the elements it had
    def elements(words, who):
        conversation = chat((who, f"{words} stuur een foto"), ("Fenna Bakker", "nee"), (who, "wis dit gesprek"))
        scored = found(conversation, ("image_request", 0), ("delete_request", 2), steering=who)
        view = View(Audience.PROFESSIONAL, NL, names=True)
        source = Source(about=(words,), doubts=(who,))
        return Tree(as_html(explain(conversation, scored, view, source)))

    hostile, plain = elements(text, name), elements("hoi", "Kim")
    for tag in {tag for tag, _ in hostile.seen} - {"mark", "span", "rect"}:
        assert len(hostile.all(tag)) == len(plain.all(tag)), tag
    assert not {tag for tag, _ in hostile.seen} - {tag for tag, _ in plain.seen} - {"mark", "span"}
    assert not any(key.startswith("on") or key == "style" for _, attrs in hostile.seen for key in attrs)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_message_acts_on_a_page_or_a_terminal(text):
    conversation = chat((text, f"stuur een foto {text}"), ("Lotte", "nee"))
    scored = found(conversation, ("image_request", 0), steering=text)
    explanation = explain(conversation, scored, View(Audience.PROFESSIONAL, NL))
    for output in (as_html(explanation), as_words(explanation)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", output)
        output.encode("utf-8")


def test_the_page_is_whole_and_asks_nothing_of_anybody(page):
    tree = Tree(page)
    assert page.startswith("<!doctype html>\n")
    assert not {tag for tag, _ in tree.seen} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    urls = [attrs[key] for _, attrs in tree.seen for key in ("src", "href", "action", "srcset") if key in attrs]
    known = {line.web for line in lines().values()}
    assert all(url in known or re.fullmatch(r"tel:[0-9+]+", url) for url in urls)
    assert "url(" not in page
    assert "@import" not in page


def test_its_policy_allows_its_own_style_and_nothing_else(page):
    policy = next(attrs["content"] for attrs in Tree(page).all("meta") if attrs.get("http-equiv"))
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_its_title_says_nothing_of_what_it_is_about(page, view):
    title = re.search("<title>(.*?)</title>", page)[1]
    assert title == say("report.document_title", view.language)
    assert not re.search("scherp|chat|kind|child|misbruik|grooming|gesprek", title, re.IGNORECASE)


def test_it_says_its_language_and_has_its_headings_in_order(page, view):
    tree = Tree(page)
    assert tree.all("html") == [{"lang": view.language.value}]
    headings = [tag for tag, _ in tree.seen if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1
    assert set(headings[1:]) == {"h2"}


def test_the_drawing_is_told_in_words(page):
    tree = Tree(page)
    drawing = tree.all("svg")[0]
    told = {attrs.get("id") for tag, attrs in tree.seen if tag in ("title", "desc")}
    assert drawing["role"] == "img"
    assert set(drawing["aria-labelledby"].split()) <= told


def test_people_are_person_a_and_b(kim_and_lotte, kim_steers, view):
    words = " ".join(Tree(page_of(kim_and_lotte, kim_steers, view)).words)
    assert not re.search(r"\b(kim|lotte)\b", words, re.IGNORECASE)
    assert say("report.person", view.language, letter="A") in words


def test_a_professional_who_asks_sees_names(kim_and_lotte, kim_steers):
    names = may_show_names(Audience.PROFESSIONAL, wanted=True)
    page = page_of(kim_and_lotte, kim_steers, View(Audience.PROFESSIONAL, NL, names=names))
    assert "Kim lijkt dit gesprek te sturen." in page


@pytest.mark.parametrize("audience", [Audience.PARENT, Audience.YOUNG_PERSON])
def test_nobody_else_may_ask_for_names(audience):
    with pytest.raises(NotPermitted) as refusal:
        may_show_names(audience, wanted=True)
    assert refusal.value.exit_code is ExitCode.NOT_PERMITTED
    assert not may_show_names(audience, wanted=False)


def test_a_handle_keeps_its_own_small_letter():
    conversation = chat(("kim_xx", "stuur een foto"), ("Lotte", "nee"))
    scored = found(conversation, ("image_request", 0), steering="kim_xx")
    assert "kim_xx lijkt dit gesprek te sturen." in as_words(
        explain(conversation, scored, View(Audience.YOUNG_PERSON, NL))
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("level", [*Level, None])
def test_every_report_ends_with_what_not_to_do_with_it(kim_and_lotte, audience, level, language):
    scored = found(kim_and_lotte, ("image_request", 2), steering="Kim", level=level)
    words = " ".join(as_words(explain(kim_and_lotte, scored, View(audience, language))).split())
    assert ("geen bewijs" if language is NL else "not proof") in words
    assert ("Zoek deze persoon niet op" if language is NL else "Do not look this person up") in words
    assert ("zet niets online" if language is NL else "put nothing online") in words
    assert "112" in words
    assert "0900-8844" in words


@pytest.mark.parametrize("audience", Audience)
def test_nobody_in_belgium_is_sent_to_the_dutch_police(kim_and_lotte, kim_steers, audience):
    explanation = explain(kim_and_lotte, kim_steers, View(audience, NL, country=Country.BE))
    for output in (as_words(explanation), as_html(explanation)):
        assert "0900" not in output
        assert "112" in output


@pytest.mark.parametrize("language", Language)
def test_what_did_not_count_is_not_held_against_anybody(kim_and_lotte, language):
    # Given a message of Kim's that shows a sign of no weight besides, Then it is no reason for the warning
    scored = found(kim_and_lotte, ("image_request", 2), ("states_minor_age", 0), steering="Kim")
    weighed = tuple(e._replace(strength=e.strength if e.sign == "image_request" else 0) for e in scored.evidence)
    scored = replace(scored, evidence=weighed)
    explanation = explain(kim_and_lotte, scored, View(Audience.YOUNG_PERSON, language))
    reasons = {quote.number: quote.why for quote in explanation.quotes}
    assert signs()["image_request"].what[language] in reasons[3]
    assert all(signs()["states_minor_age"].what[language] not in why for why in reasons.values())
