"""Members of staff at the door of their site: password and second factor, passkey, locked out, gone home."""

from __future__ import annotations

import re

import psycopg
import pytest
from people_at_work import PASSWORD

from conftest import sign_in

pytestmark = pytest.mark.browser


def try_password(page, email, password):
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("form:has([name=password]) button")


def test_who_is_not_signed_in_is_asked_to(at_the_door, staff_site):
    assert at_the_door("/ik/").url == staff_site("/account/login/?next=%2Fik%2F")


@pytest.mark.parametrize("javascript", [True, False])
def test_with_password_and_code_one_gets_where_one_wanted(at_the_door, staff_site, people, javascript):
    page = at_the_door("/ik/", java_script_enabled=javascript)
    sign_in(page, people["fenna"])
    assert page.url == staff_site("/ik/")
    page.click("header button")
    assert page.url == staff_site("/account/login/")


def test_a_new_member_gets_from_a_one_time_password_to_the_start(at_work, at_the_door, staff_site):
    # Given Mila, whom Ans adds, When she comes in with what Ans passed on, Then she ends at the start, with an app
    ans = at_work("ans", "/medewerkers/nieuw/")
    ans.fill("[name=name]", "Mila Bos")
    ans.fill("[name=email]", "mila@scherp.example")
    ans.check("[name=roles][value=counsellor]")
    ans.click("main form button")
    once = ans.inner_text("#password")
    mila = at_the_door("/")
    try_password(mila, "mila@scherp.example", once)
    mila.fill("[name=oldpassword]", once)
    mila.fill("[name=password1]", PASSWORD)
    mila.fill("[name=password2]", PASSWORD)
    mila.click("main form button")
    mila.goto(staff_site("/"))
    assert mila.url == staff_site("/account/2fa/")
    mila.click("text=App aanzetten")
    assert mila.evaluate("document.querySelector('img.code').naturalWidth") > 0
    mila.fill("[name=code]", _code(mila.inner_text("#secret")))
    mila.click("main form button")
    assert len(re.findall(r"\d{8}", mila.inner_text("main"))) == 10
    mila.click("text=Ik heb ze bewaard")
    assert mila.url == staff_site("/")


def _code(secret):
    """What an app shows for a secret."""
    from people_at_work import Colleague

    class App(Colleague):
        secret = ""

    app = App("Mila", ())
    App.secret = secret
    return app.code()


def with_a_key(page):
    """Give a browser an authenticator that knows its owner (WebAuthn, by the DevTools protocol)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_passkey_is_added_and_then_opens_the_door_by_itself_and_as_second_step(at_work, staff_site, people):
    page = at_work("bram", "/account/2fa/webauthn/add/")
    devtools, key = with_a_key(page)
    page.fill("[name=name]", "Laptop van Bram")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("/account/2fa/(recovery-codes/)?$"))
    assert len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    page.click("header button")
    page.click("#passkey_login")
    page.wait_for_selector("header nav")
    assert "Bram" in page.inner_text("header")

    page.click("header button")
    try_password(page, people["bram"].email, PASSWORD)
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_selector("header nav")

    page.goto(staff_site("/account/2fa/webauthn/"))
    assert "Laptop van Bram" in page.inner_text("main")
    page.click("a:has-text('Weghalen')")
    page.click("main form button")
    assert "De passkey is weg." in page.inner_text("main")


def test_a_passkey_that_is_not_there_is_said_and_nothing_else_happens(at_the_door, staff_site):
    page = at_the_door("/")
    devtools, key = with_a_key(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-problem:not([hidden])", timeout=20_000)
    assert page.url.startswith(staff_site("/account/login/"))


def test_after_five_wrong_passwords_jip_is_locked_out_and_ans_lifts_it(at_the_door, at_work, people, staff_site):
    page = at_the_door("/")
    for _ in range(5):
        try_password(page, people["jip"].email, "niet mijn wachtwoord")
    try_password(page, people["jip"].email, PASSWORD)
    assert "Te vaak geprobeerd" in page.inner_text("main")
    ans = at_work("ans", "/medewerkers/")
    ans.click("main >> text=Jip")
    ans.click("text=Slot eraf halen")
    assert "Het slot is eraf." in ans.inner_text("main")
    page.goto(staff_site("/"))
    sign_in(page, people["jip"])


def test_after_half_an_hour_of_nothing_the_next_click_asks_to_sign_in(at_work, stores, staff_site):
    page = at_work("noor", "/ik/")
    if not stores.have_roles:
        pytest.skip("looks into PostgreSQL")
    with psycopg.connect(stores.surroundings()["SCHERP_STAFF_STORE"]) as store:
        store.execute(
            "UPDATE accounts_session SET expire_date = now() - interval '1 second' FROM accounts_member "
            "WHERE accounts_member.id = member_id AND name = 'Noor'"
        )
    page.reload()
    assert page.url.startswith(staff_site("/account/login/"))
    assert "Na een half uur" in page.inner_text("main")


def test_signing_out_everywhere_reaches_another_browser(at_work, staff_site):
    phone, desk = at_work("soraya", "/ik/", width=390), at_work("soraya", "/ik/")
    phone.click("text=Overal uitloggen")
    desk.reload()
    assert desk.url.startswith(staff_site("/account/login/"))
