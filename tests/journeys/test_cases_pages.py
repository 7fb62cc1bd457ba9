"""The pages of cases in a real browser: on a small phone and a wide screen, in both languages, by keyboard, for all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from test_everybody_can_use_it import SMALL, violations
from test_report_page import SIDEWAYS

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
ELSEWHERE = {"new", "closing", "emergency"}
"""Pages on which no case is named."""


@pytest.fixture(scope="module")
def made(stores):
    """A case, made by the role that the staff's site has: it needs no more than that."""
    return json.loads(stores.python(HERE / "a_case.py", role="scherp_staff"))


@pytest.fixture
def open_at(chromium, staff_site, made):
    """Open pages as a member; whatever the browser complains of is held against them."""
    contexts, complaints = [], []

    def opened(page, who="nl", width=390, **settings):
        context = chromium.new_context(viewport={"width": width, "height": 844}, **settings)
        contexts.append(context)
        context.add_cookies([{"name": "scherp_staff", "value": made["cookies"][who], "url": staff_site("/")}])
        found = context.new_page()
        found.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        found.goto(staff_site(made["pages"][page]))
        return found

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_every_page_is_there_for_everybody_in_both_languages(open_at, made, staff_site):
    shots = os.environ.get("SCHERP_SHOTS")
    for who in ("nl", "en"):
        page = open_at("list", who)
        for name, address in made["pages"].items():
            page.goto(staff_site(address))
            assert page.url == staff_site(address)
            assert (made["reference"] in page.content()) or name in ELSEWHERE, (who, name)
            assert page.locator("h1").count() == 1, (who, name)
            assert violations(page) == [], (who, name)
            assert page.evaluate(SMALL) == [], (who, name)
            for width in (320, 1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                assert not page.evaluate(SIDEWAYS), (who, name, width)
                if shots and width != 320:
                    page.screenshot(path=f"{shots}/{who}-{name}-{width}.png", full_page=True)


def test_every_page_is_readable_in_the_dark(open_at, made, staff_site):
    page = open_at("list", width=1280, color_scheme="dark")
    for name in ("list", "case", "request", "handover", "closing", "decide"):
        page.goto(staff_site(made["pages"][name]))
        assert page.url == staff_site(made["pages"][name])
        assert violations(page) == [], name


def test_a_note_is_written_by_keyboard_alone_and_without_script(open_at, made):
    page = open_at("add-note", "fenna", java_script_enabled=False)
    page.focus("textarea")
    page.keyboard.type("Met het toetsenbord")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/casussen/*/#notes")
    assert "Met het toetsenbord" in page.inner_text("#notes")


def test_a_mistake_is_said_beside_the_field_and_nothing_is_lost(open_at):
    page = open_at("add-flag", "fenna")
    page.fill("textarea", "Sinds gisteren weg")
    page.fill("input[type=date]", "2020-01-01")
    page.click("main form button")
    assert "Deze dag kan niet" in page.inner_text("main")
    assert page.input_value("textarea") == "Sinds gisteren weg"
