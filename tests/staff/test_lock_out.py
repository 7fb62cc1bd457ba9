"""Locked out: after five attempts, longer each time, for every address alike; lifted by an administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import code, try_code, try_password
from scherp.web.accounts import actions
from scherp.web.accounts.models import Lock
from scherp.web.audit.models import Event
from scherp.web.stores import STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF], transaction=True)

WRONG = "niet het goede wachtwoord"
TOO_OFTEN = "Te vaak geprobeerd"


def waits(address="wie@scherp.example", attempts=16):
    """How many seconds each attempt locks for, made as soon as can be."""
    now, found = timezone.now(), []
    for _ in range(attempts):
        assert actions.knock(address=address, now=now)
        lock = Lock.objects.get()
        found.append((lock.until - now).total_seconds() if lock.until else 0)
        now = lock.until or now
    return found


def test_the_wait_grows_to_an_hour_and_no_further():
    minutes = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    assert waits() == [60 * each for each in minutes]


def test_who_is_locked_out_is_not_listened_to_until_the_wait_is_over():
    now = timezone.now()
    for _ in range(5):
        actions.knock(address="wie@scherp.example", now=now)
    assert not actions.knock(address="WIE@scherp.example ", now=now + timedelta(seconds=59))
    assert actions.knock(address="wie@scherp.example", now=now + timedelta(seconds=61))


def test_after_a_day_all_is_forgotten():
    now = timezone.now()
    actions.knock(address="een@scherp.example", now=now)
    actions.knock(address="twee@scherp.example", now=now + timedelta(days=1, seconds=1))
    assert Lock.objects.count() == 1


@pytest.mark.parametrize("known", [True, False])
def test_the_sixth_attempt_is_refused_whoever_it_is(stranger, fenna_at_the_door, known):
    fenna, _ = fenna_at_the_door
    address = fenna.email if known else "nobody@scherp.example"
    answers = [try_password(stranger, address, WRONG).content.decode() for _ in range(6)]
    assert [TOO_OFTEN in answer for answer in answers] == [False] * 5 + [True]
    event = Event.objects.get(kind="member.locked-out")
    assert event.about == (f"member:{fenna.pk}" if known else "")
    assert address not in str(list(Event.objects.values())) + str(list(Lock.objects.values()))


def test_the_right_password_is_refused_too_while_locked_out(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    for _ in range(5):
        try_password(stranger, fenna, WRONG)
    assert TOO_OFTEN in try_password(stranger, fenna).content.decode()


def test_guessing_codes_with_a_stolen_password_locks_out(stranger, fenna_at_the_door):
    # Given somebody who has Fenna's password, When they guess at the code, Then after five they are locked out
    fenna, secret = fenna_at_the_door
    try_password(stranger, fenna)
    for _ in range(5):
        try_code(stranger, "000000")
    assert TOO_OFTEN in try_code(stranger, code(secret)).content.decode()
    stranger.post("/account/logout/")
    assert TOO_OFTEN in try_password(stranger, fenna).content.decode()


def test_knowing_the_password_does_not_set_the_count_of_codes_back(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    for _ in range(4):
        try_password(stranger, fenna)
        try_code(stranger, "000000")
        stranger.post("/account/logout/")
    assert Lock.objects.get().failures == 4


def test_who_gets_in_begins_anew(stranger, fenna_at_the_door):
    fenna, secret = fenna_at_the_door
    for _ in range(3):
        try_password(stranger, fenna, WRONG)
    try_password(stranger, fenna)
    assert try_code(stranger, code(secret)).status_code == 302
    assert not Lock.objects.exists()


def test_an_administrator_lifts_the_lock_and_it_is_on_record(stranger, signed_in, ans, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    for _ in range(5):
        try_password(stranger, fenna, WRONG)
    assert "Op slot" in signed_in(ans).get(f"/medewerkers/{fenna.pk}/").content.decode()
    signed_in(ans).post(f"/medewerkers/{fenna.pk}/slot/")
    assert try_password(stranger, fenna).status_code == 302
    assert Event.objects.get(kind="member.lock-lifted").by == f"staff:{ans.pk}"


def test_a_counsellor_cannot_lift_a_lock(signed_in, bram, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    assert signed_in(bram).post(f"/medewerkers/{fenna.pk}/slot/").status_code == 403


def test_many_attempts_at_once_are_all_counted(fenna_at_the_door):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def knock(_):
        try:
            return actions.knock(address="wie@scherp.example")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as many:
        heard = list(many.map(knock, range(16)))
    assert heard.count(True) == 5
