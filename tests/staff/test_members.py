"""The administrator's pages: who works here, and as what; every change on record, nobody their own."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator

from conftest import app, code, shown, try_password
from scherp.web.accounts import actions
from scherp.web.accounts.models import Member, Session
from scherp.web.accounts.permissions import Role
from scherp.web.audit.models import Event
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


def at(who):
    return f"/medewerkers/{who.pk}/"


def test_an_administrator_adds_a_member_and_sees_the_password_once(signed_in, ans, team, stranger):
    new = {"name": "Mila Bos", "email": "Mila@Scherp.example", "team": str(team.pk), "roles": ["counsellor"]}
    browser = signed_in(ans)
    page = browser.post("/medewerkers/nieuw/", new).content.decode()
    password = re.search(r'id="password">([^<]+)<', page)[1]
    mila = Member.objects.get(email="mila@scherp.example")
    assert (mila.team, mila.roles, len(password.split())) == (team, ["counsellor"], 5)
    assert password not in browser.get(at(mila)).content.decode()
    assert try_password(stranger, mila, password).status_code == 302
    event = Event.objects.get(kind="member.added")
    assert (event.by, event.about, event.detail["roles"]) == (f"staff:{ans.pk}", f"member:{mila.pk}", ["counsellor"])
    assert password not in str(list(Event.objects.values()))


@pytest.mark.parametrize("person", ["fenna", "soraya", "kees", "otto"])
def test_nobody_else_adds_a_member(request, signed_in, person):
    browser = signed_in(request.getfixturevalue(person))
    assert browser.get("/medewerkers/").status_code == 403
    assert browser.post("/medewerkers/nieuw/", {"name": "X", "email": "x@scherp.example"}).status_code == 403
    assert not Member.objects.filter(email="x@scherp.example").exists()


def test_the_same_address_twice_is_refused_and_said(signed_in, ans, fenna):
    page = signed_in(ans).post("/medewerkers/nieuw/", {"name": "Fenna", "email": "FENNA@scherp.example"})
    assert "Er is al iemand met dit adres" in page.content.decode()


@pytest.mark.parametrize("alone", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_sees_no_content_has_no_role_that_does(ans, fenna, alone):
    with pytest.raises(actions.RolesClash):
        actions.change(member=fenna, by=ans, name="Fenna", roles=[alone, Role.COUNSELLOR], team=None)
    with pytest.raises(actions.RolesClash):
        actions.add(by=ans, name="X", email="x@scherp.example", roles=[alone, Role.SUPERVISOR], team=None)


def test_new_roles_hold_at_once(signed_in, ans, fenna):
    # Given Fenna at work, When Ans takes her role away, Then Fenna is signed out everywhere
    her_browser = signed_in(fenna)
    assert her_browser.get("/ik/").status_code == 200
    signed_in(ans).post(at(fenna), {"name": "Fenna", "team": str(fenna.team.pk), "roles": ["analyst"]})
    assert her_browser.get("/ik/").status_code == 302
    assert not Session.objects.filter(member=fenna).exists()
    event = Event.objects.get(kind="member.changed")
    assert (event.detail["before"], event.detail["roles"]) == (["counsellor"], ["analyst"])


def test_a_new_name_signs_nobody_out(signed_in, ans, fenna):
    her_browser = signed_in(fenna)
    her_browser.get("/ik/")
    signed_in(ans).post(at(fenna), {"name": "Fenna de Wit", "team": str(fenna.team.pk), "roles": ["counsellor"]})
    assert her_browser.get("/ik/").status_code == 200


def test_nobody_changes_their_own_account_here(signed_in, ans):
    browser, before = signed_in(ans), ans.password
    for what in ("", "stoppen/", "wachtwoord/", "tweede-stap/", "slot/"):
        browser.post(at(ans) + what, {"name": "Ans", "roles": ["auditor"], "why": "ik wil het"})
    ans.refresh_from_db()
    assert (ans.roles, ans.is_active, ans.password) == (["administrator"], True, before)
    assert Authenticator.objects.filter(user=ans).exists()
    assert not Event.objects.filter(about=f"member:{ans.pk}").exclude(kind="member.signed-in").exists()


def test_who_stopped_gets_in_nowhere_and_what_they_did_stays(signed_in, ans, fenna):
    her_browser = signed_in(fenna)
    her_browser.get("/ik/")
    signed_in(ans).post(at(fenna) + "stoppen/", {"why": "werkt hier niet meer"})
    assert her_browser.get("/ik/").status_code == 302
    fenna.refresh_from_db()
    assert (fenna.is_active, fenna.has_usable_password(), fenna.permissions) == (False, False, frozenset())
    assert Event.objects.get(kind="member.stopped").detail == {"why": "werkt hier niet meer"}


def test_who_comes_back_begins_anew(signed_in, ans, fenna, stranger):
    actions.stop(member=fenna, by=ans, why="verlof")
    page = signed_in(ans).post(at(fenna) + "terug/").content.decode()
    password = re.search(r'id="password">([^<]+)<', page)[1]
    assert try_password(stranger, fenna, password).url == "/"
    assert stranger.get("/").url == "/account/password/change/"


@pytest.mark.parametrize("what", ["stoppen/", "wachtwoord/", "tweede-stap/"])
def test_without_a_reason_nothing_is_done(signed_in, ans, fenna, what):
    app(fenna)
    browser, before = signed_in(ans), fenna.password
    assert browser.post(at(fenna) + what, {"why": " "}).url == at(fenna)
    fenna.refresh_from_db()
    assert (fenna.is_active, fenna.password) == (True, before)
    assert Authenticator.objects.filter(user=fenna).exists()


def test_a_lost_second_factor_is_reset_and_its_member_is_told(signed_in, ans, fenna):
    # Given Fenna who lost her telephone, When Ans resets her second factor, Then Fenna sets up a new one, and reads why
    app(fenna)
    signed_in(ans).post(at(fenna) + "tweede-stap/", {"why": "telefoon gestolen"})
    assert not Authenticator.objects.filter(user=fenna).exists()
    browser = signed_in(fenna, second_factor=False)
    assert browser.get("/").url == "/account/2fa/"
    shown(browser, fenna)
    assert "telefoon gestolen" in browser.get("/").content.decode()
    browser.post("/ik/gelezen/")
    assert "telefoon gestolen" not in browser.get("/").content.decode()
    assert Event.objects.get(kind="member.second-factor-reset").by == f"staff:{ans.pk}"


def test_a_password_given_ends_the_sessions_and_its_member_is_told(signed_in, ans, fenna):
    her_browser = signed_in(fenna)
    her_browser.get("/ik/")
    page = signed_in(ans).post(at(fenna) + "wachtwoord/", {"why": "vergeten"}).content.decode()
    assert re.search(r'id="password">([^<]+)<', page)
    assert her_browser.get("/ik/").status_code == 302
    assert fenna.notices.get().why == "vergeten"


def test_what_matters_is_asked_again_after_five_minutes(signed_in, ans, fenna):
    import time

    browser = signed_in(ans)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()
    assert browser.get("/medewerkers/").status_code == 200
    for what in ("", "stoppen/", "wachtwoord/", "tweede-stap/", "slot/", "terug/"):
        answer = browser.post(at(fenna) + what, {"why": "x"})
        assert answer.url.startswith(("/account/2fa/reauthenticate/", "/account/reauthenticate/")), what
    fenna.refresh_from_db()
    assert fenna.is_active


def test_a_team_is_added_once(signed_in, ans, team):
    browser = signed_in(ans)
    assert browser.post("/medewerkers/team/", {"team_name": "Team Oost"}).status_code == 302
    assert "Er is al" in browser.post("/medewerkers/team/", {"team_name": "team noord"}).content.decode()


def test_the_list_names_everybody_and_what_they_are(signed_in, ans, fenna, otto):
    page = signed_in(ans).get("/medewerkers/").content.decode()
    assert "Fenna" in page
    assert "Team Noord · hulpverlener" in page
    assert "auditor" in page


def test_in_english_too(signed_in, ans, fenna):
    ans.language = "en"
    ans.save()
    page = signed_in(ans).get(at(fenna)).content.decode()
    assert "Take the second step away" not in page
    assert "no second step yet" in page
    assert 'lang="en"' in page


def test_what_was_asked_is_done_once_it_is_known_who_asks(signed_in, ans, fenna):
    # Given a session of Ans that showed nothing for a while, When she stops Fenna, Then it is done after her code
    import time

    browser = signed_in(ans)
    Authenticator.objects.filter(user=ans).delete()
    secret = app(ans)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()
    asked = browser.post(at(fenna) + "stoppen/", {"why": "werkt hier niet meer"}).url
    fenna.refresh_from_db()
    assert fenna.is_active
    again = asked.replace("/account/reauthenticate/", "/account/2fa/reauthenticate/")
    browser.post(again, {"code": code(secret)})
    fenna.refresh_from_db()
    assert not fenna.is_active
