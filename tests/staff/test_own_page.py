"""A member's own page, and how long they stay signed in."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import PASSWORD
from scherp.web.accounts.models import Session
from scherp.web.audit.models import Event
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

MINE = {"language": "en", "known_as": "Fee", "talks_at_once": "2", "blur": "", "grey": "on"}


def test_fenna_says_how_she_works(signed_in, fenna):
    browser = signed_in(fenna)
    browser.post("/ik/", MINE)
    fenna.refresh_from_db()
    assert (fenna.language, fenna.known_as, fenna.talks_at_once, fenna.grey) == ("en", "Fee", 2, True)
    page = browser.get("/ik/").content.decode()
    assert '<html lang="en" class="grey">' in page
    assert "Sign out everywhere" in page
    assert "Fee" not in str(list(Event.objects.values("detail")))


@pytest.mark.parametrize("wrong", [{"talks_at_once": "99"}, {"language": "fr"}, {"known_as": ""}])
def test_what_cannot_be_is_said_and_not_kept(signed_in, fenna, wrong):
    page = signed_in(fenna).post("/ik/", MINE | wrong)
    fenna.refresh_from_db()
    assert (page.status_code, fenna.known_as) == (200, "Fenna")
    assert "errorlist" in page.content.decode()


def test_nobody_gives_themselves_a_role_here(signed_in, fenna):
    signed_in(fenna).post("/ik/", MINE | {"roles": ["supervisor"], "is_active": "on", "team": ""})
    fenna.refresh_from_db()
    assert (fenna.roles, fenna.team.name) == (["counsellor"], "Team Noord")


def test_a_break_begins_and_ends(signed_in, fenna):
    browser = signed_in(fenna)
    browser.post("/ik/pauze/", {"on": "yes"})
    fenna.refresh_from_db()
    assert fenna.on_break
    assert "Weer beginnen" in browser.get("/ik/").content.decode()
    browser.post("/ik/pauze/", {"on": "no"})
    fenna.refresh_from_db()
    assert not fenna.on_break


def test_a_new_password_ends_every_other_session_and_keeps_this_one(signed_in, fenna):
    fenna.set_password(PASSWORD)
    fenna.save()
    here, elsewhere = signed_in(fenna), signed_in(fenna)
    key = here.session.session_key
    elsewhere.get("/ik/")
    new = "zeven gele fietsen binnen"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", told).status_code == 302
    assert here.get("/ik/").status_code == 200
    assert here.session.session_key != key
    assert elsewhere.get("/ik/").status_code == 302
    assert list(Session.objects.filter(member=fenna)) == [Session.objects.get(pk=here.session.session_key)]


@pytest.mark.parametrize("weak", ["elf tekens!", "fenna@scherp", "password1234"])
def test_a_weak_password_is_refused(signed_in, fenna, weak):
    fenna.set_password(PASSWORD)
    fenna.save()
    told = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert signed_in(fenna).post("/account/password/change/", told).status_code == 200
    fenna.refresh_from_db()
    assert fenna.check_password(PASSWORD)


def test_passwords_are_kept_as_argon2(fenna):
    fenna.set_password(PASSWORD)
    assert fenna.password.startswith("argon2$argon2id$")


def test_sign_out_everywhere_is_everywhere(signed_in, fenna, bram):
    here, elsewhere, of_bram = signed_in(fenna), signed_in(fenna), signed_in(bram)
    for browser in (here, elsewhere, of_bram):
        browser.get("/ik/")
    here.post("/ik/overal-uit/")
    assert [browser.get("/ik/").status_code for browser in (here, elsewhere, of_bram)] == [302, 302, 200]
    assert Event.objects.get(kind="member.sessions-ended").detail == {"ended": 1}


def test_another_browser_can_be_signed_out_and_nobody_elses(signed_in, fenna, bram):
    here, elsewhere, of_bram = signed_in(fenna), signed_in(fenna), signed_in(bram)
    for browser in (here, elsewhere, of_bram):
        browser.get("/ik/")
    marks = [Session.objects.get(pk=one.session.session_key).mark for one in (elsewhere, of_bram)]
    page = here.get("/ik/").content.decode()
    assert [mark in page for mark in marks] == [True, False]
    assert elsewhere.session.session_key not in page
    for mark in (*marks, "", "nothing"):
        assert here.post("/ik/sessie-uit/", {"session": mark}).status_code == 302
    assert [browser.get("/ik/").status_code for browser in (here, elsewhere, of_bram)] == [200, 302, 200]
    ended = Event.objects.filter(kind="member.sessions-ended").order_by("at").values_list("detail", flat=True)
    assert [one["ended"] for one in ended] == [1, 0, 0, 0]


@pytest.mark.parametrize("what", ["sessie-uit/", "overal-uit/"])
def test_to_end_a_session_one_signs_in_again(signed_in, fenna, what):
    here, elsewhere = signed_in(fenna), signed_in(fenna)
    elsewhere.get("/ik/")
    session = here.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()
    mark = Session.objects.get(pk=elsewhere.session.session_key).mark
    answer = here.post(f"/ik/{what}", {"session": mark})
    assert answer.url.startswith(("/account/2fa/reauthenticate/", "/account/reauthenticate/"))
    assert elsewhere.get("/ik/").status_code == 200


def test_after_half_an_hour_of_nothing_somebody_is_signed_out(signed_in, fenna):
    browser = signed_in(fenna)
    browser.get("/ik/")
    left = Session.objects.get(member=fenna).expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    Session.objects.filter(member=fenna).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/ik/").status_code == 302


def test_what_a_page_asks_in_the_background_keeps_nobody_signed_in(signed_in, fenna):
    browser = signed_in(fenna)
    browser.get("/ik/")
    session = browser.session
    session["seen"] -= 180  # what is saved once in two minutes was saved three minutes ago
    session.save()
    soon = timezone.now() + timedelta(minutes=5)
    Session.objects.filter(member=fenna).update(expire_date=soon)
    browser.get("/ik/", headers={"sec-fetch-dest": "empty"})
    assert Session.objects.get(member=fenna).expire_date == soon
    browser.get("/ik/", headers={"sec-fetch-dest": "document"})
    assert Session.objects.get(member=fenna).expire_date > soon


def test_after_ten_hours_somebody_is_signed_out_whatever_they_do(signed_in, fenna):
    browser = signed_in(fenna)
    session = browser.session
    session["since"] = time.time() - 10 * 3600 - 1
    session.save()
    assert browser.get("/ik/").status_code == 302
    assert not Session.objects.filter(member=fenna).exists()


def test_the_cookie_goes_with_the_browser_and_no_script_reads_it(signed_in, fenna):
    browser = signed_in(fenna)
    browser.get("/ik/")
    cookie = browser.cookies["scherp_staff"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_a_colleague_s_page_is_not_there(signed_in, fenna, bram):
    assert signed_in(fenna).get(f"/medewerkers/{bram.pk}/").status_code == 403
