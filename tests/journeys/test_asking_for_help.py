"""A young person asks for help in a real browser: talking, losing the line, coming back, leaving no trace."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_everybody_can_use_it import SMALL, violations
from test_report_page import SIDEWAYS

from conftest import Watched

pytestmark = pytest.mark.browser

BEGIN = {"nl": "Begin met praten", "en": "Begin to talk"}
KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
  script: document.cookie, state: history.state,
})"""
NOTHING = {"local": 0, "session": 0, "caches": 0, "databases": 0, "workers": 0, "script": "", "state": None}
homes = itertools.count(1)


@pytest.fixture(scope="module")
def sam(stores):
    """Sam, a counsellor, at the newest talk."""
    settings = {"SCHERP_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "scherp.web.staff_site.settings"}
    ours = os.environ | settings | stores.surroundings("scherp_staff")
    call = [sys.executable, Path(__file__).parent / "counsellor_side.py"]
    with subprocess.Popen(call, env=ours, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def does(what, **told):
            process.stdin.write(json.dumps({"what": what} | told) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield does
        process.stdin.close()


@pytest.fixture
def home(chromium, site):
    """Open a page of the site from a home of one's own; complaints about a lost line are no complaints."""
    watched = []

    def open_at(path, width=390, **settings):
        told = {"X-Real-IP": f"203.0.113.{next(homes)}"}
        settings = {"viewport": {"width": width, "height": 844}, "extra_http_headers": told} | settings
        watched.append(Watched(chromium, site, **settings))
        page = watched[-1].open(path)
        page.set_default_timeout(60_000)  # a busy machine is no failure
        return page

    yield open_at
    for one in watched:
        one.complaints = [said for said in one.complaints if not re.search(r"ERR_INTERNET|ERR_|40[39]|503", said)]
        one.close()


def only_me(page):
    page.check('input[name="screen"][value="no"]')
    page.click("main form button")


def begun(page, language="nl"):
    only_me(page)
    page.click(f"text={BEGIN[language]}")
    page.wait_for_selector("[data-live]")
    return page


def type_and_send(page, words):
    page.fill("[data-field]", words)
    page.click('button[value="say"]')


def sees(page, words):
    page.locator("[data-list] .words", has_text=words).first.wait_for()


def said(page):
    return page.locator("[data-list] .words").all_inner_texts()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_the_first_question_to_an_erased_conversation(home, sam, language):
    # Given Mus alone with a phone, When Mus talks with Sam, is asked things and decides, Then Mus erases it all
    page = home(f"/{language}/praten/")
    only_me(page)
    page.fill("#nickname", "Mus")
    page.check('input[value="12-14"]')
    page.check('input[value="danger-now"]')
    page.click(f"text={BEGIN[language]}")
    page.wait_for_selector("[data-live]")
    assert page.is_visible('.first-call a[href="tel:112"]')
    type_and_send(page, "Hoi, ik durf het niet te zeggen.")
    sees(page, "Hoi, ik durf het niet te zeggen.")
    sam("take")
    sam("say", words="Neem de tijd.")
    sees(page, "Neem de tijd.")
    assert page.inner_text('[data-when="with"] strong') == "Sam"
    _decides(page, sam)
    page.fill("[data-field]", "half af")
    page.click(".ways-on summary")
    page.click('button[value="end"]')
    page.wait_for_selector('[data-when="over"]:not([hidden])')
    page.click('[data-when="over"] a')
    page.click("main form button")
    page.wait_for_selector("h1")
    assert sam("state") == "erased"
    assert page.context.cookies() == []
    assert page.evaluate(KEPT) == NOTHING


def _decides(page, sam):
    sam("read_along")
    page.wait_for_selector('[data-when="along"]:has-text("Noor")')
    sam("ask_to_share")
    page.fill("[data-field]", "ik typ nog")
    page.click('button[value="share-yes"]')
    page.wait_for_selector('[data-when="sharing"] button:visible')
    page.click('[data-when="sharing"] button')
    page.wait_for_selector('[data-when="sharing"] button', state="hidden")
    sam("ask_transfer")
    page.click('button[value="transfer-yes"]')
    page.wait_for_selector('[data-when="transfer"]', state="hidden")
    sam("take_over")
    page.wait_for_selector('[data-when="with"]:has-text("Noor")')
    assert page.input_value("[data-field]") == "ik typ nog"


def test_what_is_typed_without_a_line_is_sent_once_and_in_order_when_it_is_back(home, sam):
    page = begun(home("/nl/praten/"))
    sam("take")
    page.context.set_offline(True)
    for words in ("een", "twee", "drie"):
        type_and_send(page, words)
    page.wait_for_selector("[data-unsent-told]:visible")
    assert "Nog niet verstuurd" in page.inner_text("[data-unsent-told]")
    assert "Geen internet" in page.inner_text("[data-line]")
    sam("say", words="ben je er nog?")
    page.context.set_offline(False)
    sees(page, "drie")
    sees(page, "ben je er nog?")
    assert sam("heard")[-4:] == ["ben je er nog?", "een", "twee", "drie"]
    assert said(page)[-4:] == ["ben je er nog?", "een", "twee", "drie"]
    assert page.is_hidden("[data-unsent]")


def test_what_was_not_sent_before_the_end_is_said_to_be_so(home, sam):
    page = begun(home("/nl/praten/"))
    sam("take")
    page.context.set_offline(True)
    type_and_send(page, "nog één ding")
    sam("end")
    page.context.set_offline(False)
    page.locator("[data-unsent-told]", has_text="niet meer verstuurd").wait_for()
    assert "nog één ding" in page.inner_text("[data-unsent]")
    assert page.is_visible('[data-when="over"] a')
    assert "nog één ding" not in sam("heard")


def test_an_answer_that_got_lost_on_the_way_does_not_make_a_message_twice(home, sam):
    # Given a line that breaks after the message arrived, When the page sends it again, Then it is said once
    page = begun(home("/nl/praten/"))
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    page.route("**/bericht/", lose)
    type_and_send(page, "maar één keer")
    sees(page, "maar één keer")
    page.wait_for_selector("[data-unsent]", state="hidden")
    page.wait_for_timeout(1500)
    assert sam("heard").count("maar één keer") == 1
    assert said(page).count("maar één keer") == 1


def test_when_the_server_is_restarted_the_talk_goes_on(home, sam, site):
    page = begun(home("/nl/praten/"))
    type_and_send(page, "voor")
    sees(page, "voor")
    site.process.send_signal(signal.SIGHUP)
    type_and_send(page, "tijdens")
    sam("take")
    sam("say", words="na")
    sees(page, "na")
    sees(page, "tijdens")
    assert said(page) == [*dict.fromkeys(said(page))]
    assert sorted(sam("heard")[1:]) == sorted(["voor", "tijdens", "joined", "na"])


def test_without_a_stream_the_page_asks_by_itself(home, sam):
    page = home("/nl/praten/")
    page.route(
        "**/nieuws/*",
        lambda route: route.continue_() if "json" in route.request.headers["accept"] else route.fulfill(status=503),
    )
    begun(page)
    sam("take")
    sam("say", words="ook zo")
    sees(page, "ook zo")


def test_a_closed_tab_and_the_four_words(home, sam):
    # Given the tab closed, When Mus types the words with an error, Then earlier words are shown only after the question
    page = begun(home("/nl/praten/"))
    type_and_send(page, "van eerder")
    sees(page, "van eerder")
    page.fill("[data-field]", "half af")
    page.click("button[formaction]")
    code = page.inner_text(".code").split()
    page.click("main form button")
    assert page.input_value("[data-field]") == "half af"
    back = home("/nl/praten/terug/")
    only_me(back)
    back.fill("#code", " ".join([code[0].upper() + "x", *code[1:]]))
    back.click("main form button")
    back.wait_for_selector("[data-live]")
    assert "van eerder" not in said(back)
    page.wait_for_selector("[data-gone]:visible")
    assert page.locator("[data-list] li").count() == 0
    sam("take")
    sam("ask_whether_safe")
    sam("show_earlier")
    sees(back, "van eerder")
    numbers = back.eval_on_selector_all("[data-list] li", "all => all.map((one) => Number(one.dataset.number))")
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("how", ["button", "shift"])
def test_leaving_wipes_what_was_typed_and_ends_the_seat(home, sam, elsewhere, site, how):
    page = begun(home("/nl/praten/", width=1280))
    type_and_send(page, "mijn geheim")
    sees(page, "mijn geheim")
    page.fill("[data-field]", "half af")
    wiped = "document.addEventListener('scherp:leaving', () => setTimeout(() => {"
    wiped += "console.info('left with: ' + document.querySelector('[data-field]').value"
    wiped += " + document.querySelector('[data-list]').textContent) }))"
    left = []
    page.on("console", lambda message: left.append(message.text))
    page.evaluate(wiped)
    if how == "button":
        page.click("header a.leave", no_wait_after=True)
    else:
        page.locator("h1").evaluate("() => document.activeElement.blur()")
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(elsewhere("/"))
    assert not [words for words in left if "geheim" in words or "half" in words]
    assert page.context.cookies() == []
    assert sam("heard")[-1] == "left"
    page.goto(site("/nl/praten/gesprek/"))
    assert "mijn geheim" not in page.content()


def test_nothing_that_is_written_can_be_pressed(home, sam):
    page = begun(home("/nl/praten/"))
    sam("take")
    words = "http://voorbeeld.nl <a href=x>klik</a> <img src=x onerror=alert(1)> 06 12345678 mailto:a@b.nl"
    sam("say", words=words)
    sees(page, words)
    assert page.locator("[data-list] a, [data-list] img, [data-list] button").count() == 0
    type_and_send(page, words)
    page.reload()
    assert page.locator("[data-list] a, [data-list] img, [data-list] button").count() == 0
    assert page.locator("meta[http-equiv]").count() == 0


def test_the_browser_keeps_nothing_of_a_talk(home, sam):
    page = begun(home("/nl/praten/"))
    type_and_send(page, "mijn geheim")
    sees(page, "mijn geheim")
    assert page.evaluate(KEPT) == NOTHING
    [cookie] = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
    assert "geheim" not in page.url
    page.fill("[data-field]", "half af")
    page.reload()
    assert page.input_value("[data-field]") == ""


def test_the_device_did_the_work(home, sam, stores):
    page = begun(home("/nl/praten/"))
    call = "import django; django.setup(); from scherp.web.helpchat.models import Spent; print(Spent.objects.count())"
    ours = {"DJANGO_SETTINGS_MODULE": "scherp.web.public_site.settings"}
    told = subprocess.run(
        [sys.executable, "-c", call],
        env=os.environ | stores.surroundings() | ours,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) >= 1
    assert page.url.endswith("/gesprek/")


def test_without_javascript_it_works_by_buttons(home, sam):
    page = home("/nl/praten/", java_script_enabled=False)
    only_me(page)
    page.click("text=Sla over en begin")
    page.fill("[data-field]", "Hoi")
    page.click('button[value="say"]')
    sees(page, "Hoi")
    sam("take")
    sam("say", words="Ik ben er.")
    page.fill("[data-field]", "half af")
    page.click('button[value="look"]')
    sees(page, "Ik ben er.")
    assert page.input_value("[data-field]") == "half af"
    sam("ask_transfer")
    page.click('button[value="look"]')
    page.click('button[value="transfer-no"]')
    assert page.is_hidden('[data-when="transfer"]')
    assert page.input_value("[data-field]") == "half af"
    page.click('a[href$="/lezen/"]')
    sam("say", words="Vanzelf te zien.")
    sees(page, "Vanzelf te zien.")
    page.locator("text=Terug om te typen").first.click()
    page.click(".ways-on summary")
    page.click('button[value="end"]')
    page.click('[data-when="over"] a')
    page.click("main form button")
    assert sam("state") == "erased"


def test_when_somebody_may_be_looking_nothing_else_is_shown(home):
    page = home("/nl/praten/")
    page.check('input[value="unsure"]')
    page.click("main form button")
    assert page.inner_text("h1") == "Dan wachten we even"
    assert page.locator("footer").count() == 0
    assert page.title() == "Informatie"


PAGES = ["screen", "later", "before", "talk", "asked", "code", "over", "erase", "gone", "back"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everybody_can_use_every_step(home, sam, language, scheme):
    page = home(f"/{language}/praten/", bypass_csp=True, color_scheme=scheme)
    found = {}
    for name in _steps(page, sam, language):
        found[name] = violations(page), page.evaluate(SMALL)
        for width in (320, 640, 1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert not page.evaluate(SIDEWAYS), (name, width)
    assert set(found) == set(PAGES)
    assert found == dict.fromkeys(PAGES, ([], []))


def _steps(page, sam, language):
    yield "screen"
    page.check('input[value="yes"]')
    page.click("main form button")
    yield "later"
    page.goto(page.url)
    only_me(page)
    yield "before"
    page.check('input[value="danger-now"]')
    page.click(f"text={BEGIN[language]}")
    page.wait_for_selector("[data-live]")
    type_and_send(page, "Hoi")
    sees(page, "Hoi")
    sam("take")
    sam("say", words="Ik ben er.")
    sees(page, "Ik ben er.")
    yield "talk"
    sam("read_along")
    sam("ask_to_share")
    sam("ask_transfer")
    page.wait_for_selector('[data-when="transfer"]:not([hidden])')
    page.click(".ways-on summary")
    yield "asked"
    page.click("button[formaction]")
    yield "code"
    page.click("main form button")
    page.click(".ways-on summary")
    page.click('button[value="end"]')
    page.wait_for_selector('[data-when="over"]:not([hidden])')
    yield "over"
    page.click('[data-when="over"] a')
    yield "erase"
    held = page.context.cookies()
    page.click("main form button")
    page.context.add_cookies(held)  # a browser that did not let go of it
    page.goto(re.sub(r"praten/.*$", "praten/gesprek/", page.url))
    assert "terug/" in page.locator("main a").last.get_attribute("href")
    yield "gone"
    page.goto(re.sub(r"gesprek/$", "terug/", page.url))
    only_me(page)
    yield "back"


def test_what_is_new_is_told_to_a_screen_reader_and_the_keyboard_is_enough(home, sam):
    page = begun(home("/nl/praten/", width=1280))
    log = page.locator("[role=log]:has([data-list])")
    assert (log.get_attribute("role"), log.get_attribute("aria-label")) == ("log", "Wat er gezegd is")
    page.focus("[data-field]")
    page.keyboard.type("met het toetsenbord")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twee regels")
    page.keyboard.press("Enter")
    sees(page, "met het toetsenbord\ntwee regels")
    assert page.evaluate("document.activeElement.matches('[data-field]')")
    assert sam("heard")[-1] == "met het toetsenbord\ntwee regels"
