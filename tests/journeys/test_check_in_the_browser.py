"""A chat checked in the visitor's own browser: it says what the terminal says, and nothing of it goes anywhere."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import Watched

EXAMPLES = Path(__file__).parents[2] / "examples"
KIM = EXAMPLES / "WhatsApp-chat met Kim.zip"
CHATS = sorted(tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8")))
SLOW = 40_000  # milliseconds: a busy machine is no failure

pytestmark = pytest.mark.browser

# Drives the page's own worker, as the page does, and gives the report for programs, which the page never shows.
UNSHOWN = """async ({ chats, wishes }) => {
  const { worker: at, pyodide, engine } = document.getElementById("given").dataset;
  const worker = new Worker(at, { type: "module" });
  const ask = (told, answer) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => data.what === answer ? resolve(data.value)
      : data.what === "failed" ? reject(new Error(data.value)) : undefined;
    worker.postMessage(told);
  });
  await ask({ what: "start", pyodide, engine }, "ready");
  const found = {};
  for (const [name, data] of Object.entries(chats)) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    await ask({ what: "open", file: new File([bytes], name.split("/").pop()), wishes }, "opened");
    await ask({ what: "check", wishes }, "checked");
    found[name] = await ask({ what: "unshown", place: 0, wishes }, "unshown");
  }
  worker.terminate();
  return found;
}"""

KEPT = """async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  history: history.length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def terminal(path, audience):
    call = "from scherp.cli import main; main()"
    words = ["check", str(path), "--for", audience, "--json", "--lang", "nl", "--country", "nl"]
    told = subprocess.run([sys.executable, "-c", call, *words], capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def long_chat(place, count):
    """A harmless chat of so many messages, as a file."""
    said = (f"0{n % 9 + 1}-03-24 20:{n % 60:02} - {'Kim' if n % 2 else 'Lotte'}: tot morgen {n}" for n in range(count))
    path = place / "long.txt"
    path.write_text("\n".join(said))
    return path


def ready(page):
    page.wait_for_selector("#go:not([disabled])", timeout=SLOW)


def look(page, audience="young-person", file=KIM, pasted=None):
    page.check(f'input[value="{audience}"]')
    if pasted is None:
        page.set_input_files("#file", file)
    else:
        page.fill("#pasted", pasted)
    page.click("#go")


def report(page):
    page.wait_for_selector("#found:not([hidden])", timeout=SLOW)
    return page.inner_text("#report")


@pytest.fixture(scope="module")
def browsing(chromium, site):
    """One browser for all, for making the engine ready takes seconds; each test has a page of its own."""
    watched = Watched(chromium, site, viewport={"width": 390, "height": 844})
    yield watched
    watched.close()


@pytest.fixture
def page(browsing):
    """The check page, with the engine ready."""
    opened = browsing.open("/nl/kijken/")
    ready(opened)
    yield opened
    browsing.context.set_offline(False)
    opened.close()


def test_for_every_example_it_finds_what_the_terminal_finds(page):
    chats = {name: base64.b64encode((EXAMPLES / name).read_bytes()).decode() for name in CHATS}
    wishes = {"audience": "professional", "language": "nl", "country": "NL"}
    found = page.evaluate(UNSHOWN, {"chats": chats, "wishes": wishes})
    for name in CHATS:
        expected = terminal(EXAMPLES / name, "professional")
        expected = expected[0] if isinstance(expected, list) else expected
        assert json.loads(found[name]) == expected, name


def test_from_choosing_a_file_to_the_report_nothing_is_asked_of_anybody(page, site):
    # Given the engine is ready, and the network is off
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    before, asked = site.asked(), []
    page.on("request", lambda request: asked.append(request.url))
    # When somebody chooses a chat and has it read
    look(page)
    assert "Het is niet jouw schuld" in report(page)
    # Then neither the browser nor the server saw a request
    assert asked == []
    assert site.asked() == before


def test_nothing_is_kept(page):
    history = page.evaluate("history.length")
    look(page)
    report(page)
    kept = page.evaluate(KEPT)
    assert kept == {
        "cookies": "",
        "local": 0,
        "session": 0,
        "databases": 0,
        "caches": 0,
        "history": history,
        "workers": 0,
    }
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_the_address_and_the_title_say_nothing_of_the_chat(page, site):
    look(page)
    report(page)
    assert page.url == site("/nl/kijken/")
    assert page.title() == "Informatie"


def test_the_page_may_reach_nobody_else_and_run_no_text(chromium, site, elsewhere):
    page = chromium.new_page()
    page.goto(site("/nl/kijken/"))
    refused = "async (url) => { try { await fetch(url); return 'reached' } catch { return 'refused' } }"
    assert page.evaluate(refused, elsewhere("/")) == "refused"
    policy = page.evaluate("fetch(location.href).then(answer => answer.headers.get('content-security-policy'))")
    assert "connect-src" not in policy  # so default-src holds: 'self'
    worker = page.evaluate(
        "fetch(document.getElementById('given').dataset.worker)"
        ".then(answer => answer.headers.get('content-security-policy'))"
    )
    assert worker == policy
    assert "script-src 'self' 'wasm-unsafe-eval'" in worker
    page.context.close()


def test_a_young_person_hears_first_what_matters_and_sees_no_number_and_no_level_over_time(page):
    look(page)
    said = report(page)
    assert said.index("Het is niet jouw schuld") < said.index("dringend")
    assert "Kim" not in said
    assert "Persoon A" in said
    assert page.locator("#report svg").count() == 1
    assert page.locator("#report svg [class^='level-']").count() == 0
    assert "Geen signalen in deze tekst is niet hetzelfde als veilig" in page.inner_text("#found")


def test_a_parent_first_reads_that_looking_together_is_better_and_is_shown_nothing_of_the_childs(page):
    page.check('input[value="parent"]')
    assert "samen" in page.inner_text("#before-parent").lower()
    look(page, "parent")
    page.wait_for_selector("#child:not([hidden])", timeout=SLOW)
    page.check('input[name="child"][value="Lotte"]')
    page.click("#go")
    said = report(page)
    assert "Je kind" in said or "je kind" in said
    assert page.locator("#report blockquote").count() > 0
    assert "Lotte" not in said


def test_a_parent_who_does_not_say_who_the_child_is_reads_no_message_at_all(page):
    look(page, "parent")
    page.wait_for_selector("#child:not([hidden])", timeout=SLOW)
    page.click("#go")
    report(page)
    assert page.locator("#report blockquote").count() == 0


def test_photos_in_a_zip_stay_closed_and_that_is_said(page):
    look(page)
    report(page)
    assert "1 foto of ander bestand" in page.inner_text("#done")


def test_pasted_text_is_read(page):
    look(
        page,
        pasted="Kim: hoe oud ben je eigenlijk\nLotte: 13\nKim: niks tegen je moeder zeggen\nKim: stuur eens een foto",
    )
    assert "Persoon A" in report(page)


def test_a_cry_for_help_in_the_box_is_answered_with_who_to_call(page):
    look(page, pasted="help ik word gechanteerd")
    page.wait_for_selector("#problem:not([hidden])", timeout=SLOW)
    said = page.inner_text("#problem")
    assert "112" in said
    assert "0800-0432" in said


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("leeg.txt", b""),
        ("foto.jpg", b"\xff\xd8\xff\xe0 no chat"),
        ("kapot.zip", b"PK\x03\x04 broken"),
        ("iets.txt", b"dag"),
    ],
)
def test_a_wrong_file_gets_an_answer_that_says_what_to_do_and_one_can_go_on(page, name, data):
    page.check('input[value="young-person"]')
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.click("#go")
    page.wait_for_selector("#problem:not([hidden])", timeout=SLOW)
    assert len(page.inner_text("#problem")) > 20
    assert "Traceback" not in page.inner_text("body")
    look(page)
    assert "dringend" in report(page)


def test_nobody_is_asked_for_nothing(page):
    page.click("#go")
    assert "wie je bent" in page.inner_text("#problem")
    page.check('input[value="young-person"]')
    page.click("#go")
    assert "Kies eerst een bestand" in page.inner_text("#problem")


def test_several_conversations_are_a_list_with_the_one_to_look_at_first_on_top(page, tmp_path):
    steers = (
        "hoe oud ben je eigenlijk",
        "leest je moeder mee",
        "stuur een foto van jezelf",
        "dit blijft tussen ons he",
    )
    said = {"Oma": [("Oma", "tot zondag"), ("Lotte", "ja leuk")] * 5, "Kim": [("Kim", text) for text in steers]}
    lines = [
        {"id": name, "messages": [{"author": author, "time": None, "text": text} for author, text in messages]}
        for name, messages in said.items()
    ]
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    look(page, file=path)
    report(page)
    rows = page.locator("#rows button")
    assert rows.count() == 2
    assert rows.nth(0).inner_text().startswith("Kim")
    rows.nth(1).click()
    page.wait_for_selector("#rows button:nth-of-type(1)[aria-current='true'] >> text=Oma", timeout=SLOW)


def test_reading_can_be_stopped_and_begun_again(page, tmp_path):
    long = long_chat(tmp_path, 60_000)
    look(page, file=long)
    page.wait_for_selector("#cancel:not([hidden])", timeout=SLOW)
    page.click("#cancel")
    assert "Er is niets bewaard" in page.inner_text("#problem")
    assert page.is_hidden("#found")
    ready_again = "#engine:has-text('klaar')"
    page.wait_for_selector(ready_again, timeout=SLOW)


def test_the_report_is_saved_only_after_a_warning(page):
    look(page)
    report(page)
    page.click("#save")
    assert "Gebruiken anderen dit apparaat" in page.inner_text("#save-sure")
    with page.expect_download() as told:
        page.click("#save-yes")
    saved = Path(told.value.path()).read_text(encoding="utf-8")
    assert told.value.suggested_filename == "verslag.html"
    assert saved.startswith("<!doctype html>")
    assert "Kim" not in saved
    assert 'rect class="level-' not in saved


def test_starting_again_erases_what_was_found(page):
    look(page)
    report(page)
    page.click("#again")
    assert page.inner_text("#report") == ""
    assert page.input_value("#pasted") == ""
    assert page.evaluate("document.getElementById('file').files.length") == 0


def test_leaving_blanks_the_page_and_lets_go_of_the_report(page):
    look(page)
    report(page)
    page.evaluate("document.dispatchEvent(new Event('scherp:leaving'))")
    assert page.inner_text("#report") == ""


def test_without_javascript_the_page_says_why_and_points_on(visit):
    page = visit("/nl/kijken/", java_script_enabled=False)
    assert "JavaScript" in page.inner_text("noscript")
    assert page.is_hidden("#given")


def test_while_it_reads_the_page_still_answers(page, tmp_path):
    long = long_chat(tmp_path, 10_000)
    look(page, file=long)
    # a task on the page itself is never kept waiting by the engine
    longest = page.evaluate("""async () => {
      let longest = 0;
      while (document.getElementById("found").hidden) {
        const begun = performance.now();
        await new Promise((go) => setTimeout(go, 10));
        longest = Math.max(longest, performance.now() - begun);
      }
      return longest;
    }""")
    assert longest < 5_000
    report(page)
