"""Leave now: by a link, by thumb, by Shift three times; with and without JavaScript; and Back does not return."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def gone(page, elsewhere):
    page.wait_for_url(elsewhere("/"), timeout=20_000)
    return page.title() == "Weather"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("which", [0, 1])
def test_both_links_lead_away(visit, elsewhere, javascript, which):
    page = visit("/nl/lezen/stap-voor-stap/", java_script_enabled=javascript)
    link = page.locator("a[data-leaves]").nth(which)
    link.focus()
    link.press("Enter")
    assert gone(page, elsewhere)


def test_on_a_phone_the_button_is_within_reach_of_a_thumb_and_large(visit):
    page = visit("/nl/")
    box = page.locator("a.leave").bounding_box()
    assert box["y"] + box["height"] / 2 > 844 * 0.75
    assert box["x"] + box["width"] / 2 > 390 / 2
    assert box["height"] >= 56
    page.mouse.wheel(0, 2000)
    assert page.locator("a.leave").bounding_box()["y"] == box["y"]


def test_back_does_not_return(visit, elsewhere):
    page = visit("/nl/lezen/stap-voor-stap/")
    page.click("a.leave")
    assert gone(page, elsewhere)
    page.go_back()
    assert "lezen" not in page.url


def test_back_within_the_site_goes_back_within_the_site(visit, site):
    page = visit("/nl/jongeren/")
    page.click("text=Ik word gechanteerd")
    page.wait_for_url(site("/nl/lezen/stap-voor-stap/"))
    page.go_back()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_timeout(300)
    assert page.url == site("/nl/jongeren/")


def test_a_page_that_was_left_and_kept_in_memory_sends_away_again(visit, elsewhere):
    page = visit("/nl/jongeren/")
    page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement("div"), { className: "blank" }));
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")
    assert gone(page, elsewhere)


def test_shift_three_times_leads_away(visit, elsewhere):
    page = visit("/nl/lezen/stap-voor-stap/", width=1280)
    for _ in range(3):
        page.keyboard.press("Shift")
    assert gone(page, elsewhere)


def test_every_press_is_shown_and_told_to_a_screen_reader(visit):
    page = visit("/nl/", width=1280)
    told = page.locator("#leave-told")
    page.keyboard.press("Shift")
    assert "twee keer" in told.inner_text()
    assert page.locator(".leave-dots span.on").count() == 1
    page.keyboard.press("Shift")
    assert "één keer" in told.inner_text()
    assert page.locator(".leave-dots span.on").count() == 2


def test_another_key_or_five_seconds_stop_it(visit):
    page = visit("/nl/", width=1280)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    assert "gestopt" in page.inner_text("#leave-told")
    page.keyboard.press("Shift")
    assert page.locator(".leave-dots span.on").count() == 1
    page.clock.install()
    page.keyboard.press("Shift")
    page.clock.fast_forward(5_100)
    assert "gestopt" in page.inner_text("#leave-told")
    assert page.is_hidden(".leave-dots")


def test_shift_held_to_type_a_capital_does_not_count(visit, site):
    page = visit("/nl/kijken/", width=1280)
    page.wait_for_selector("#given:not([hidden])")
    page.focus("#pasted")
    for letter in "KLM":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("#pasted") == "KLM"
    assert page.url == site("/nl/kijken/")


def test_the_page_is_blank_before_the_browser_goes(visit, elsewhere):
    page = visit("/nl/lezen/stap-voor-stap/")
    at_once = page.evaluate("""() => {
      document.querySelector("a.leave").click();
      const sheet = document.querySelector(".blank").getBoundingClientRect();
      return [sheet.width, sheet.height, document.title];
    }""")
    assert at_once == [390, 844, ""]
    assert gone(page, elsewhere)


def test_without_a_network_it_goes_straight_to_the_other_site(visit, elsewhere):
    page = visit("/nl/")
    page.wait_for_load_state("networkidle")  # the icon comes last
    page.context.set_offline(True)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.click("a.leave", no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked[:1] == [elsewhere("/")]


def test_a_page_says_plainly_what_it_cannot_erase(visit):
    page = visit("/nl/")
    page.click("footer a:has-text('niet kan wissen')")
    assert "geschiedenis" in page.inner_text("#body").lower()
