"""Every address of the staff's site has a door, and nobody passes who may not."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from scherp.web.accounts.doors import LIBRARY_DOORS, OPEN_TO_ALL
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.models import Event
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

OPEN = {"healthy", "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn"}
FIRST = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}


def addresses(patterns, before=""):
    """Every address: its name, and its view."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or before + str(pattern.pattern), pattern
        else:
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))


def doors():
    """Each address by its name, with its door; the first of a name is the one that answers."""
    found = {}
    for name, pattern in addresses(get_resolver().url_patterns):
        door = getattr(pattern.callback, "door", None) or LIBRARY_DOORS.get(name)
        found.setdefault(name, (_filled(name), door))
    return found


def _filled(name):
    """An address with something in each of its places."""
    kinds = {"UUIDConverter": uuid.uuid4(), "IntConverter": 7, "SlugConverter": "csv"}
    (possible, _pattern, _defaults, converters) = get_resolver().reverse_dict.getlist(name)[-1]
    places = {place: kinds.get(type(converters.get(place)).__name__, "abc") for place in possible[0][1]}
    return reverse(name, kwargs=places)


def test_only_signing_in_and_the_watchdog_are_open_to_all():
    assert {name for name, (_, door) in doors().items() if door == OPEN_TO_ALL} == OPEN


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_in_nowhere(stranger, method):
    for name, (address, _door) in doors().items():
        if name not in OPEN:
            answer = getattr(stranger, method)(address)
            assert answer.status_code == {"get": 302, "post": 403}[method], name
            assert answer.headers.get("Location", "/account/login/").startswith("/account/login/"), name


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_a_member_can_do_nothing_but_set_one_up(signed_in, fenna, method):
    browser = signed_in(fenna, second_factor=False)
    for name, (address, _door) in doors().items():
        if name not in OPEN | FIRST:
            answer = getattr(browser, method)(address)
            assert answer.status_code == {"get": 302, "post": 403}[method], name
            assert answer.headers.get("Location", "/account/2fa/") == "/account/2fa/", name


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_role_a_member_opens_their_own_pages_only(signed_in, fenna, method):
    fenna.roles = []
    fenna.save()
    browser = signed_in(fenna)
    for name, (address, door) in doors().items():
        if door not in {OPEN_TO_ALL, Permission.SIGNED_IN}:
            assert getattr(browser, method)(address).status_code == 403, name


@pytest.mark.parametrize("person", ["ans", "otto"])
def test_an_administrator_and_an_auditor_open_nothing_that_holds_what_anybody_said(request, signed_in, person):
    member = request.getfixturevalue(person)
    browser = signed_in(member)
    for name, (address, door) in doors().items():
        if door not in {OPEN_TO_ALL, *member.permissions}:
            assert browser.get(address).status_code == 403, name
    assert member.permissions <= {Permission.SIGNED_IN, Permission.MANAGE_MEMBERS, Permission.READ_AUDIT}


def test_a_session_that_did_not_show_the_second_factor_is_ended(signed_in, fenna):
    # Given a session of Fenna from before she set up a second factor, When it asks for a page, Then it is over
    browser = signed_in(fenna, second_factor=False)
    signed_in(fenna)
    assert browser.get("/ik/").url == "/account/login/"
    assert browser.get("/ik/").url.startswith("/account/login/?next=")
    assert Event.objects.filter(kind="door.refused", detail__at_door="second-factor").count() == 1


def test_a_stranger_is_sent_to_sign_in_and_is_on_record(stranger):
    answer = stranger.get("/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")
    assert Event.objects.get().kind == "door.refused"


def test_an_address_without_a_door_stays_shut_also_to_a_member(signed_in, fenna):
    answer = signed_in(fenna).get("/account/signup/")
    assert answer.status_code == 403
    assert Event.objects.filter(by=f"staff:{fenna.pk}", kind="door.refused").exists()


def test_a_member_who_left_gets_in_nowhere(signed_in, fenna):
    browser = signed_in(fenna)
    fenna.is_active = False
    fenna.save()
    assert browser.get("/").status_code == 302


def test_nothing_of_who_asks_reaches_a_page_or_a_store(signed_in, fenna):
    browser = signed_in(fenna)
    told = {"user-agent": "Fox", "x-forwarded-for": "203.0.113.9"}
    answer = browser.get("/ik/", REMOTE_ADDR="203.0.113.9", headers=told)
    assert answer.status_code == 200
    assert not {"REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"} & set(answer.wsgi_request.META)


def test_a_form_that_comes_from_elsewhere_or_is_too_old_is_refused_in_plain_words(fenna):
    browser = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    browser.force_login(fenna)
    answer = browser.post("/ik/pauze/", {"on": "yes"})
    assert (answer.status_code, "te oud" in answer.content.decode()) == (403, True)
    fenna.refresh_from_db()
    assert not fenna.on_break
