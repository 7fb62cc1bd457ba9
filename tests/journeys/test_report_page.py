"""The report in a real browser: read on a phone, in the dark, enlarged, printed; and alone in the world."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "examples" / "WhatsApp-chat met Kim.zip"
READERS = {
    "young-person": [],
    "parent": ["--child", "Lotte"],
    "professional": ["--names"],
}
IN_FORCE = "getComputedStyle(document.querySelector('main')).maxWidth !== 'none'"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# Text against what is behind it, for every element that has text of its own; WCAG 2.2 relative luminance.
FAINT = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parts = colour => colour.match(/[0-9.]+/g).map(Number);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const seen = parts(getComputedStyle(at).backgroundColor);
      if (seen.length < 4 || seen[3] > 0) return seen;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || element.closest('title, desc')) continue;
    const style = getComputedStyle(element);
    const front = parts(element.closest('svg') ? style.fill : style.color);
    const [a, b] = [light(front), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push([element.tagName, element.className, ratio.toFixed(2)]);
  }
  return faint;
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=READERS)
def report(request, tmp_path_factory):
    """The page of the demo, for each reader."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    call = "from scherp.cli import main; main()"
    words = ["check", str(DEMO), "--for", request.param, "--html", str(path), "--quiet", *READERS[request.param]]
    subprocess.run([sys.executable, "-c", call, *words], check=True)
    return path


@pytest.fixture
def opened(chromium, report):
    """Open the page; in the end, nothing may have been asked for or complained of."""
    contexts, asked, complaints = [], [], []

    def open_at(width=390, **settings):
        context = chromium.new_context(viewport={"width": width, "height": 844}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(report.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert set(asked) == {report.as_uri()}
    assert complaints == []


def test_it_fits_every_width(opened):
    page = opened()
    assert page.evaluate(IN_FORCE)
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert not page.evaluate(SIDEWAYS), width


def test_its_own_style_passes_its_own_policy(opened):
    page = opened()
    assert page.evaluate("getComputedStyle(document.querySelector('.first')).borderLeftStyle") == "solid"


@pytest.fixture
def refused(chromium, report, tmp_path):
    """The page with something added that a message might have smuggled in."""

    def open_with(smuggled):
        path = tmp_path / "smuggled.html"
        path.write_text(report.read_text(encoding="utf-8").replace("</main>", f"{smuggled}</main>"), encoding="utf-8")
        page = chromium.new_page()
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(path.as_uri())
        return page, told

    return open_with


@pytest.mark.parametrize(
    "smuggled",
    ["<script>document.title = 'owned'</script>", "<img src=x onerror=\"document.title='owned'\">",
     "<style>body { display: none }</style>", "<iframe src='https://example.org'></iframe>",
     "<p style='position: fixed'>"],
)  # fmt: skip
def test_should_anything_ever_slip_through_the_policy_stops_it(refused, smuggled):
    page, told = refused(smuggled)
    assert page.title() != "owned"
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert any("Content Security Policy" in words for words in told)
    page.context.close()


def test_twice_as_large_it_still_fits(opened):
    # 200 % zoom leaves half of the width
    page = opened()
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width // 2, "height": 844})
        assert not page.evaluate(SIDEWAYS), width


def test_with_large_letters_it_still_fits(chromium, report):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(report.as_uri())
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
    assert not page.evaluate(SIDEWAYS)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_what_is_behind_it(opened, scheme):
    page = opened(color_scheme=scheme)
    assert page.evaluate(FAINT) == []


def test_the_two_schemes_differ(opened):
    colours = {
        scheme: opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


def test_a_thumb_can_hit_every_link(opened):
    page = opened(390)
    boxes = page.evaluate("[...document.querySelectorAll('a')].map(a => [a.textContent, a.getBoundingClientRect()])")
    assert boxes
    assert [(words, box["height"]) for words, box in boxes if box["height"] < 44 or box["width"] < 24] == []


def test_a_screen_reader_gets_it_in_order(opened):
    page = opened()
    tree = page.locator("body").aria_snapshot()
    headings = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert headings[0] == 1
    assert set(headings[1:]) == {2}
    assert re.search(r'\bimg "[^"]{20,}', tree)
    assert "▲" not in tree


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_on_at_most_four_pages_black_on_white(opened, tmp_path, scheme):
    page = opened(1280, color_scheme=scheme)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    pages = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "report.pdf").read_bytes()))
    assert 1 <= pages <= 4
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('section')).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".screen").first.is_visible()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext (poppler-utils) here to read it back with")
def test_what_is_printed_is_what_is_read(opened, tmp_path):
    page = opened(1280)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    words = subprocess.run(["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, check=True).stdout.decode()
    printed = " ".join(words.split())
    for heading in page.locator("h2").all_inner_texts():
        assert heading in printed
    assert "112" in printed
