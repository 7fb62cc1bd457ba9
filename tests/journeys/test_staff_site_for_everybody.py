"""The staff's site for every member: on a phone, in the dark, in grey, by keyboard, with a screen reader."""

from __future__ import annotations

import pytest
from test_everybody_can_use_it import SMALL, violations
from test_report_page import FAINT, SIDEWAYS

from conftest import sign_in

pytestmark = pytest.mark.browser

OF = {
    "ans": ["/", "/ik/", "/medewerkers/", "/medewerkers/nieuw/", "/medewerkers/team/", "/account/password/change/",
            "/account/2fa/", "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/add/", "/account/logout/",
            "/account/2fa/recovery-codes/generate/", "/account/reauthenticate/", "/account/2fa/reauthenticate/",
            "/desk-that-is-not-there/", "/logboek/"],
    "otto": ["/logboek/", "/logboek/?kind=nothing-of-the-kind", "/logboek/keten/"],
}  # fmt: skip
PAGES = [(name, path) for name, paths in OF.items() for path in paths]
PRESSED = SMALL.replace("input[type=radio]", "input:is([type=radio], [type=checkbox])")  # the label is pressed too
LOOKS = [("light", False, 390), ("dark", False, 1280), ("light", True, 1280), ("dark", True, 390)]


@pytest.fixture(scope="module")
def pages(chromium, staff_site, people):
    """A page on which each of them is signed in; axe is put into it, which the policy would not let in."""
    found = {}
    for name in OF:
        context = chromium.new_context(bypass_csp=True, locale="nl-NL")
        found[name] = context.new_page()
        found[name].goto(staff_site("/"))
        sign_in(found[name], people[name])
    yield found
    for page in found.values():
        page.context.close()


def amiss(page):
    """What is amiss with a page as it is now."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 844})
    found = {"axe": violations(page), "small": page.evaluate(PRESSED), "faint": page.evaluate(FAINT)}
    return {name: what for name, what in found.items() if what}


def look(page, scheme, grey, width):
    """Have a page as somebody sees it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("grey => document.documentElement.classList.toggle('grey', grey)", grey)


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_nothing_is_amiss_with_a_page_however_it_is_looked_at(pages, staff_site, name, path):
    page = pages[name]
    page.goto(staff_site(path))
    for scheme, grey, width in LOOKS:
        look(page, scheme, grey, width)
        assert amiss(page) == {}, (scheme, grey, width)
        for narrow in (320, 640, width):
            page.set_viewport_size({"width": narrow, "height": 844})
            assert not page.evaluate(SIDEWAYS), narrow


def test_nothing_is_amiss_at_the_door_nor_with_one_s_mistake(chromium, staff_site, people):
    with_axe = chromium.new_context(bypass_csp=True, locale="en-GB")
    page = with_axe.new_page()
    page.goto(staff_site("/ik/"))
    assert amiss(page) == {}
    page.fill("[name=login]", people["omar"].email)
    page.fill("[name=password]", "wrong")
    page.click("form:has([name=password]) button")
    assert "do not go together" in page.inner_text("main")
    assert amiss(page) == {}
    page.fill("[name=password]", "drie rode stoelen buiten")
    page.click("form:has([name=password]) button")
    page.wait_for_selector("[name=code]")
    assert amiss(page) == {}
    with_axe.close()


def test_nothing_is_amiss_with_a_colleague_s_page(pages):
    page = pages["ans"]
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/medewerkers/")
    page.click("main >> text=Kees")
    for scheme, grey, width in LOOKS:
        look(page, scheme, grey, width)
        assert amiss(page) == {}
        assert not page.evaluate(SIDEWAYS)


def test_with_the_keyboard_alone_one_gets_in(at_the_door, people, staff_site):
    page = at_the_door("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.focus("[name=login]")
    page.keyboard.type(people["yara"].email)
    page.keyboard.press("Tab")
    page.keyboard.type("drie rode stoelen buiten")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=code]")
    page.focus("[name=code]")
    page.keyboard.type(people["yara"].code())
    page.keyboard.press("Enter")
    page.wait_for_selector("header nav")
    assert page.url == staff_site("/")
