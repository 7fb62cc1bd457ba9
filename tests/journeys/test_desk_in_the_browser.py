"""A counsellor's evening in a real browser: by mouse and by keyboard, wide and narrow, in both languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_everybody_can_use_it import SMALL, violations
from test_report_page import SIDEWAYS

from conftest import Watched

HERE = Path(__file__).parent
KIM = HERE.parents[1] / "examples" / "WhatsApp-chat met Kim.zip"
PICTURES = os.environ.get("SCHERP_PICTURES")

pytestmark = pytest.mark.browser


@pytest.fixture
def play(stores):
    """Have somebody do something, in a process of their own."""
    return lambda *what: stores.python(HERE / "desk_actors.py", *what).strip()


@pytest.fixture
def at_work(chromium, staff_site, play):
    """Open the desk as a member; whatever the browser complains of is held against it."""
    watched, enter_forgives = [], set()

    def enter(path="/desk/", *, name="Fenna", role="counsellor", language="nl", width=1280, **settings):
        one = Watched(chromium, staff_site, viewport={"width": width, "height": 900}, **settings)
        one.context.set_default_timeout(60_000)
        session = play("member", name, role, language)
        one.context.add_cookies([{"name": "scherp_staff", "value": session, "url": staff_site("/")}])
        watched.append(one)
        return one.open(path)

    enter.forgives = enter_forgives
    yield enter
    for one in watched:
        one.complaints = [said for said in one.complaints if not any(part in said for part in enter_forgives)]
        one.close()


@pytest.fixture(autouse=True)
def nobody_waits(stores):
    """Each journey begins with an empty line."""
    stores.python("-c", "import django; django.setup(); from scherp.web.talks.models import *; "
                  "Talk.objects.exclude(state='erased').update(state='ended')")  # fmt: skip


def looked_at(page, name):
    """Keep a picture, for somebody to look at; and let axe look."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/desk_{name}.png", full_page=True)
    assert violations(page) == []
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(SMALL) == []


def lines(page):
    return page.locator("[data-list] .words").all_inner_texts()


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("en", 390)])
def test_from_the_queue_to_the_end_of_a_talk(at_work, play, language, width):
    # Given somebody in danger and somebody who is not, When Fenna takes the next, Then it is who is in danger
    play("waits", "Pim", language, "pictures")
    mus = play("waits", "Mus", language, "danger-now", "threat")
    page = at_work(language=language, width=width)
    looked_at(page, f"board_{language}_{width}")
    page.click("button.large")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    assert "hoi, ik ben Mus" in lines(page)
    looked_at(page, f"talk_{language}_{width}")

    # When Mus writes, Then it is there by itself; and when Fenna answers, it is said once
    play("says", mus, "ik durf niet naar huis http://nergens.example/")
    page.get_by_text("ik durf niet naar huis").wait_for()
    assert page.locator("[data-list] a").count() == 0
    page.fill("#words", "Ik ben er.\nWaar ben je nu?")
    page.click("#say p button")
    page.locator("[data-list] .counsellor", has_text="Waar ben je nu?").wait_for()
    assert page.locator("[data-unsent] li").count() == 0
    assert play("said", mus).count("Waar ben je nu?") == 1

    # When a sentence is chosen, Then it stands in the field and is not sent
    page.click(".canned > summary")
    page.locator(".sentence").nth(3).click()
    assert page.input_value("#words")
    page.fill("#words", "")

    page.fill("#note", "Belt morgen terug")
    page.click("#notes form:last-of-type button")
    page.get_by_text("Belt morgen terug").wait_for()
    page.locator("details.card summary").nth(1).click()
    looked_at(page, f"tools_{language}_{width}")
    page.locator("details.card[open] form[action$='/end/'] button").click()
    page.wait_for_url("**/after/")
    looked_at(page, f"after_{language}_{width}")


def test_by_keyboard_alone(at_work, play):
    mus = play("waits", "Mus", "nl", "threat")
    page = at_work()
    take = page.locator("button.large")
    take.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if take.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    page.locator("#words").focus()
    page.keyboard.type("Hoi Mus")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("ik lees het")
    page.keyboard.press("Enter")
    page.locator("[data-list] .counsellor", has_text="ik lees het").wait_for()
    assert "Hoi Mus\nik lees het" in play("said", mus)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".canned").evaluate("one => one.open")


def test_the_queue_comes_by_itself_and_waits_for_who_is_typing(at_work, play):
    play("waits", "Mus", "nl", "threat")
    play("waits", "Pim", "nl", "pictures")
    page = at_work()
    page.locator(".queue summary").click()
    reason = page.locator(".queue details[open] input[name=reason]")
    reason.fill("Sprak Pim eerder")
    play("waits", "Ties", "nl", "danger-now")
    page.locator("[data-changed]:not([hidden])").wait_for()
    assert reason.input_value() == "Sprak Pim eerder"
    reason.fill("")
    page.locator("h1").first.click()
    page.locator(".queue > li").nth(2).wait_for()
    assert "nu in gevaar" in page.locator(".queue .first").inner_text()


def test_a_line_that_is_lost_loses_nothing(at_work, play):
    at_work.forgives.add("ERR_INTERNET_DISCONNECTED")
    mus = play("waits", "Mus", "nl")
    page = at_work()
    page.click("button.large")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    page.context.set_offline(True)
    page.fill("#words", "Ben je er nog?")
    page.keyboard.press("Enter")
    page.locator("[data-unsent]:not([hidden])").wait_for()
    play("says", mus, "ja, ik ben er")
    page.context.set_offline(False)
    page.locator("[data-list]", has_text="Ben je er nog?").wait_for()
    page.get_by_text("ja, ik ben er").wait_for()
    assert play("said", mus).count("Ben je er nog?") == 1
    numbers = page.locator("[data-list] > li").evaluate_all("all => all.map(one => Number(one.dataset.number))")
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_talk_that_its_writer_erases_is_gone_from_the_screen(at_work, play):
    mus = play("waits", "Mus", "nl")
    page = at_work()
    page.click("button.large")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    play("erases", mus)
    page.locator("[data-gone]:not([hidden])").wait_for()
    assert not page.locator(".desk").is_visible()  # nor the notes, nor the field to write in
    assert "ik ben Mus" not in page.inner_text("body")


@pytest.mark.parametrize(("language", "width"), [("nl", 390), ("en", 1280)])
def test_a_shared_conversation_beside_what_it_shows(at_work, play, language, width):
    mus = play("waits", "Mus", language, "somebody-online")
    page = at_work(language=language, width=width)
    page.click("button.large")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    page.goto(f"{page.url}shared/")
    looked_at(page, f"ask_{language}_{width}")
    play("agrees_to_share", mus)
    page.locator("#pasted").wait_for()
    looked_at(page, f"give_{language}_{width}")
    page.set_input_files("#file", KIM)
    page.locator("form[enctype] button").click()
    page.locator(".evidence").wait_for(timeout=60_000)
    looked_at(page, f"shared_{language}_{width}")

    # Given that messages are closed, When one is opened by keyboard, Then it can be read
    first = page.locator(".evidence .shows").first
    assert not first.locator(".words").is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator(".words").is_visible()
    page.locator(".signs button").first.click()
    page.locator(".signs [aria-pressed=true]").wait_for()
    page.locator("form[action$='/erase/'] button").click()
    page.locator("#pasted").fill(page.locator("h1").first.inner_text())

    # When the young person wants no more, Then all of it leaves the screen at once
    play("wants_no_more_sharing", mus)
    page.locator("form[action$='/ask/']").wait_for()
    assert page.locator("#pasted, .evidence").count() == 0


def test_reading_along_is_said_on_the_counsellor_s_screen_at_once(at_work, play):
    mus = play("waits", "Mus", "nl", "threat")
    page = at_work()
    page.click("button.large")
    page.wait_for_url(f"**/desk/talk/{mus}/")
    hers = at_work("/desk/talks/", name="Soraya", role="supervisor")
    looked_at(hers, "talks_now")
    hers.locator("form[action$='/begin/'] button").click()
    hers.wait_for_url("**/desk/along/**")
    looked_at(hers, "along")
    page.get_by_text("Soraya leest mee").first.wait_for()
    play("says", mus, "mag dat?")
    hers.get_by_text("mag dat?").wait_for()
    assert hers.locator("textarea").count() == 0


def test_without_javascript_all_of_it_works_by_buttons(at_work, play):
    mus = play("waits", "Mus", "nl", "threat")
    page = at_work(java_script_enabled=False, width=390)
    page.click("button.large")
    assert page.url.endswith(f"/desk/talk/{mus}/")
    page.fill("#words", "Dank je.")
    page.click(".canned > summary")
    page.locator(".sentence").first.click()
    assert page.input_value("#words").startswith("Dank je. Hoi")
    page.click("#say p button")
    assert lines(page)[-1].startswith("Dank je. Hoi")
    play("says", mus, "oké")
    page.locator("noscript a, a.button", has_text="iets nieuws").click()
    assert lines(page)[-1] == "oké"


@pytest.mark.parametrize("path", ["/desk/", "/desk/order/", "/desk/blocks/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_fit_for_everybody(at_work, path, scheme):
    page = at_work(path, color_scheme=scheme, width=320)
    looked_at(page, f"{path.strip('/').replace('/', '_')}_{scheme}")
