"""Every address of the staff's site has a door, and nobody passes who may not."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, get_resolver

from scherp.web.accounts.doors import LIBRARY_DOORS, OPEN_TO_ALL
from scherp.web.audit.models import Event
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


def addresses(patterns, before=""):
    """Every address: its name, and its view."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or before + str(pattern.pattern), pattern.callback
        else:
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))


def test_only_signing_in_and_the_watchdog_are_open_to_all():
    open_to_all = {
        name
        for name, view in addresses(get_resolver().url_patterns)
        if OPEN_TO_ALL in (getattr(view, "door", None), LIBRARY_DOORS.get(name))
    }
    assert open_to_all == {"healthy", "account_login", "mfa_authenticate"}


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
