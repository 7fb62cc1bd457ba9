"""The public site for everybody: on a small phone, enlarged, in the dark, by keyboard, with a screen reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_report_page import FAINT, SIDEWAYS

from scherp.web.guidance.pages import pages

KIM = Path(__file__).parents[2] / "examples" / "WhatsApp-chat met Kim.zip"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "/nl/", "/en/", "/nl/jongeren/", "/en/ouders/", "/nl/professionals/", "/nl/lezen/stap-voor-stap/",
    "/nl/lezen/stap-voor-stap/makkelijk/", "/en/lezen/kaart-11-12/", "/nl/lezen/vijf-stappen/", "/nl/lezen/sporen/",
    "/nl/wat-nu/", "/en/melden/", "/nl/bellen/", "/nl/kijken/", "/nl/niets/",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll("a, button, input, textarea, label.choice")].filter((one) => {
  const box = one.getBoundingClientRect();
  const inLabel = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label");
  const hidden = !box.width || box.right < 0 || one.closest("[hidden]") || inLabel;
  const inText = one.matches("a") && one.closest("p, .prose, .about") && !one.matches(".button, .beside, .ways a");
  return !hidden && !inText && (box.height < 44 || box.width < 44);
}).map((one) => one.outerHTML.slice(0, 80))"""

pytestmark = pytest.mark.browser


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", RULES)
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]]


READ = [f"/{p.language}/lezen/{p.slug}/{'makkelijk/' if p.easy else ''}" for p in pages().values()]


@pytest.mark.parametrize("path", sorted({*PAGES, *READ}))
def test_axe_has_nothing_to_say(visit_anyhow, path):
    assert violations(visit_anyhow(path)) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_has_nothing_to_say_in_the_dark(visit_anyhow, path):
    assert violations(visit_anyhow(path, color_scheme="dark")) == []


@pytest.mark.parametrize("step", range(1, 5))
@pytest.mark.parametrize("path", ["/nl/wat-nu/", "/nl/melden/"])
def test_axe_has_nothing_to_say_at_any_question_nor_at_the_answer(visit_anyhow, path, step):
    page = visit_anyhow(path)
    for _ in range(step):
        page.locator("fieldset input").first.check()
        with page.expect_navigation():
            page.locator("form button").click()
    assert violations(page) == []


def test_axe_has_nothing_to_say_of_a_report_on_the_page(visit_anyhow):
    page = visit_anyhow("/nl/kijken/")
    page.wait_for_selector("#go:not([disabled])", timeout=40_000)
    page.check('input[value="young-person"]')
    page.set_input_files("#file", KIM)
    page.click("#go")
    page.wait_for_selector("#found:not([hidden])", timeout=40_000)
    assert violations(page) == []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert not page.evaluate(SIDEWAYS), width


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_small_phone_and_twice_enlarged(visit_anyhow, path):
    page = visit_anyhow(path)
    for width in (320, 390, 768, 1280, 640):
        page.set_viewport_size({"width": width, "height": 844})
        assert not page.evaluate(SIDEWAYS), width


@pytest.mark.parametrize("path", PAGES)
def test_what_is_pressed_is_large_enough_for_a_thumb(visit_anyhow, path):
    assert visit_anyhow(path).evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_what_is_behind_it(visit_anyhow, scheme):
    for path in PAGES[:6]:
        assert visit_anyhow(path, color_scheme=scheme).evaluate(FAINT) == [], path


@pytest.fixture
def visit_anyhow(chromium, site):
    """Open a page that may answer 404, of which Chromium complains."""
    contexts = []

    def open_at(path, width=390, **settings):
        context = chromium.new_context(viewport={"width": width, "height": 844}, bypass_csp=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(site(path))
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_with_the_keyboard_alone_one_gets_from_the_front_page_to_an_answer(visit):
    page = visit("/nl/", width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.getAttribute('href')") != "/nl/wat-nu/":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(4):
        page.wait_for_selector("fieldset")
        page.locator("fieldset input").first.focus()
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "Dit kun je nu doen" in page.inner_text("main")


def test_what_has_the_focus_can_be_seen(visit):
    page = visit("/nl/", width=1280)
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_nothing_moves_for_who_asked_for_less_motion(visit):
    page = visit("/nl/", reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].map((one) => getComputedStyle(one))
      .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== "none").length"""
    assert page.evaluate(moving) == 0


def test_a_page_is_read_aloud_only_by_a_voice_on_the_device(visit):
    page = visit("/nl/lezen/is-dit-oke/")
    voices = page.evaluate("speechSynthesis.getVoices().filter((one) => one.localService).length")
    assert page.is_hidden("#aloud") == (voices == 0)


def test_a_link_is_copied(visit, site):
    page = visit("/nl/lezen/kaart-11-12/", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy")
    page.wait_for_selector("#copied:has-text('Gekopieerd')")
    assert page.evaluate("navigator.clipboard.readText()") == site("/nl/lezen/kaart-11-12/")


def test_sharing_is_a_plain_link_with_neutral_words(visit):
    page = visit("/nl/lezen/stap-voor-stap/")
    link = page.get_attribute("a[href^='https://wa.me']", "href")
    assert "Informatie%20voor%20thuis%20en%20school" in link
    assert "chant" not in link


def test_from_the_front_page_a_parent_gets_to_a_checked_chat_in_a_few_steps(visit):
    page = visit("/nl/")
    page.click("text=Kijk mee in een gesprek")
    page.wait_for_selector("#go:not([disabled])", timeout=40_000)
    page.check('input[value="parent"]')
    page.set_input_files("#file", KIM)
    page.click("#go")
    page.wait_for_selector("#child:not([hidden])", timeout=40_000)
    page.check('input[value="Lotte"]')
    page.click("#go")
    page.wait_for_selector("#found:not([hidden])", timeout=40_000)
    assert "Blijf rustig" in page.inner_text("#report")
