"""The page of an evaluation in a real chromium: on a phone, in the dark, and alone in the world."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from test_report_page import FAINT, SIDEWAYS

pytestmark = pytest.mark.browser
SHOWS = ["leest je moeder je appjes", "dit blijft tussen ons he", "stuur eens een foto van jezelf"]


def conversation(n, *, risky, register):
    lines = [SHOWS[at % 3] if risky and at >= 8 + n else "ik ga zo naar huis" for at in range(60)]
    said = [{"author": "ab"[at % 2], "time": None, "text": text} for at, text in enumerate(lines)]
    known = {"steering": "a", "first_request": 20, "slices": ["boys"]} if risky else {"slices": ["family"]}
    return json.dumps({"id": n, "label": int(risky), "register": register, "messages": said} | known)


@pytest.fixture(scope="module")
def page_of_figures(tmp_path_factory):
    place = tmp_path_factory.mktemp("evaluation")
    rows = [conversation(n, risky=True, register="dutch_risky") for n in range(20)]
    rows += [conversation(n, risky=False, register=name) for n in range(20) for name in ("dutch_hard", "translated")]
    (place / "all.jsonl").write_text("\n".join(rows), encoding="utf-8")
    call = "from scherp.cli import main; main()"
    words = ["evaluate", str(place / "all.jsonl"), "--html", str(place / "page.html"), "--quiet", "--lang", "nl"]
    subprocess.run([sys.executable, "-c", call, *words], check=True)
    return place / "page.html"


@pytest.fixture
def opened(chromium, page_of_figures):
    contexts, asked, complaints = [], [], []

    def open_at(width=390, **settings):
        context = chromium.new_context(viewport={"width": width, "height": 844}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(page_of_figures.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert set(asked) == {page_of_figures.as_uri()}
    assert complaints == []


def test_only_the_tables_scroll_sideways(opened):
    page = opened()
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert not page.evaluate(SIDEWAYS), width


def test_a_wide_table_is_reached_with_the_keyboard(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_what_is_behind_it(opened, scheme):
    assert opened(color_scheme=scheme).evaluate(FAINT) == []


def test_a_screen_reader_hears_what_is_drawn(opened):
    page = opened()
    tree = page.locator("body").aria_snapshot()
    assert re.findall(r"heading .*\[level=(\d)\]", tree)[:2] == ["1", "2"]
    assert len(re.findall(r'img "AUC', tree)) == 1
    assert len(page.locator("svg desc").all()) == len(page.locator("svg").all()) >= 5


def test_no_words_of_a_drawing_fall_outside_it(opened):
    for width in (390, 1280):
        page = opened(width)
        outside = page.evaluate("""() => [...document.querySelectorAll('svg')].flatMap(svg => {
          const box = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter(text => {
            const at = text.getBoundingClientRect();
            return at.left < box.left - 1 || at.right > box.right + 1 || at.bottom > box.bottom + 1;
          }).map(text => text.textContent);
        })""")
        assert outside == [], width
