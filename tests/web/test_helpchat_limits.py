"""The line cannot be flooded, and nothing that says who somebody is has to be kept for that."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from altcha import Challenge, Payload, solve_challenge
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone
from young import Young

from scherp.web.audit.models import Event
from scherp.web.helpchat import address, limits, work
from scherp.web.helpchat.models import DayKey, Spent, Tally
from scherp.web.stores import LINE
from scherp.web.talks import actions
from scherp.web.talks.models import Block, Message, State, Talk

pytestmark = pytest.mark.django_db(databases=[LINE])

SCHOOL = "203.0.113.50"


def solved():
    challenge = Challenge.from_dict(json.loads(work.challenge()))
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def opened(place=SCHOOL, **told):
    return Young(place).begin(**told).status_code


# The work


def test_work_that_was_done_counts_once():
    done = solved()
    assert work.is_done(done)
    assert not work.is_done(done)


@pytest.mark.parametrize(
    "told", ["", "x", base64.b64encode(b"{}").decode(), base64.b64encode(b"[]").decode(), "a" * 9000]
)
def test_what_is_no_work_does_not_count(told):
    assert not work.is_done(told)


def test_work_that_was_changed_or_guessed_does_not_count():
    made = json.loads(base64.b64decode(solved()))
    for change in ({"cost": 1}, {"keyPrefix": "00"}, {"expiresAt": 4_000_000_000}):
        other = made | {"challenge": made["challenge"] | {"parameters": made["challenge"]["parameters"] | change}}
        assert not work.is_done(base64.b64encode(json.dumps(other).encode()).decode())
    guessed = made | {"solution": {"counter": 1, "derivedKey": "00" * 32}}
    assert not work.is_done(base64.b64encode(json.dumps(guessed).encode()).decode())


def test_work_of_another_hour_does_not_count(monkeypatch):
    monkeypatch.setattr(work, "_GOOD_FOR", timedelta(seconds=-5))
    assert not work.is_done(solved())


# Opening


def test_without_the_work_a_few_may_open_a_talk_from_one_address_and_with_it_a_class(open_line):
    # Given a school that is one address, When many open a talk, Then with the work done a whole class can
    assert [opened() for _ in range(5)] == [303] * 4 + [429]
    assert [opened(work=solved()) for _ in range(3)] == [303] * 3
    Tally.objects.update(count=limits.WITH_WORK[limits.Limited.OPEN])
    assert opened(work=solved()) == 429


def test_a_class_that_did_the_work_does_not_stop_who_has_an_old_phone(open_line):
    for _ in range(5):
        opened(work=solved())
    assert opened() == 303


def test_elsewhere_and_in_the_next_hour_it_is_possible_again(open_line):
    Tally.objects.all().delete()
    for _ in range(5):
        opened()
    assert opened("198.51.100.9") == 303
    Tally.objects.update(hour=timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1))
    assert opened() == 303


def test_who_is_over_the_limit_reads_who_to_call_and_that_it_is_not_about_them(open_line):
    for _ in range(4):
        opened()
    page = Young(SCHOOL).begin().content.decode()
    assert 'href="tel:08000432"' in page
    assert "Dit zegt niets over jou" in page
    assert Young(SCHOOL).browser.get("/nl/bellen/").status_code == 200


# Codes


def test_codes_cannot_be_guessed_one_after_another(mus, stranger):
    code = mus.code()
    tries = [
        stranger.browser.sends(stranger.at("terug/woorden/"), {"screen": "no", "code": "appel boom fiets lamp"})
        for _ in range(5)
    ]
    assert tries[-1].status_code == 429
    answer = stranger.browser.sends(stranger.at("terug/woorden/"), {"screen": "no", "code": code})
    assert answer.status_code == 429
    assert "te vaak fout gegaan" in answer.content.decode()


def test_when_somebody_guesses_from_everywhere_only_who_did_the_work_may_try(mus):
    code = mus.code()
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Tally.objects.create(what="wrong-code", hour=hour, count=limits.WRONG_CODES + 1)
    lena = Young("198.51.100.77")
    told = {"screen": "no", "code": code}
    assert lena.browser.sends(lena.at("terug/woorden/"), told).status_code == 429
    assert lena.browser.sends(lena.at("terug/woorden/"), told | {"work": solved()}).status_code == 303


def test_only_wrong_codes_count_for_everybody_together(mus, stranger):
    stranger.browser.sends(stranger.at("terug/woorden/"), {"screen": "no", "code": mus.code()})
    assert not Tally.objects.filter(what="wrong-code").exists()


# Blocks


def test_who_is_blocked_opens_no_talk_and_reads_a_kind_text_and_numbers(mus):
    Block.objects.create(
        from_hash=mus.talk.from_hash, reason="threats", by=mus.talk.pk, until=timezone.now() + timedelta(hours=2)
    )
    again = Young()
    for answer in (again.browser.sends("/nl/praten/", {"screen": "no"}), again.begin()):
        assert answer.status_code == 403
        assert "Bellen kan wel" in answer.content.decode()
        assert 'href="tel:08000432"' in answer.content.decode()
    assert Talk.objects.count() == 1
    assert again.browser.get("/nl/lezen/stap-voor-stap/").status_code == 200
    assert mus.send("ik zit er nog").status_code == 200


@pytest.mark.parametrize("change", [{"until": timedelta(seconds=-1)}, {"lifted_at": timedelta(0)}])
def test_a_block_that_ended_or_was_lifted_stops_nobody(mus, change):
    now = timezone.now()
    block = {"from_hash": mus.talk.from_hash, "reason": "threats", "by": mus.talk.pk, "until": now + timedelta(hours=2)}
    Block.objects.create(**block | {name: now + away for name, away in change.items()})
    assert Young().begin().status_code == 303


def test_of_a_block_that_is_over_nothing_of_where_it_came_from_stays(mus):
    until = timezone.now() + timedelta(hours=2)
    block = Block.objects.create(from_hash=mus.talk.from_hash, reason="threats", by=mus.talk.pk, until=until)
    actions.forget()
    assert Block.objects.get().from_hash
    Block.objects.filter(pk=block.pk).update(until=timezone.now() - timedelta(minutes=1))
    actions.forget()
    assert Block.objects.get().from_hash == ""
    Block.objects.filter(pk=block.pk).update(until=timezone.now() - timedelta(days=31))
    actions.forget()
    assert not Block.objects.exists()


def test_a_block_of_yesterday_evening_still_holds_this_morning(mus):
    from_hash = mus.talk.from_hash
    DayKey.objects.update(day=timezone.localdate() - timedelta(days=1))
    Block.objects.create(
        from_hash=from_hash, reason="threats", by=mus.talk.pk, until=timezone.now() + timedelta(hours=2)
    )
    assert Young().begin().status_code == 403


# Addresses


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::5", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
        ("nonsense", "", True),
    ],
)
def test_one_home_is_one_hash(one, other, same):
    hashes = [address.address_hash(RequestFactory().get("/", REMOTE_ADDR=told)) for told in (one, other)]
    assert (hashes[0] == hashes[1]) == same


def test_a_hash_cannot_be_made_again_once_the_key_of_its_day_is_gone():
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    before = address.address_hash(request)
    DayKey.objects.all().delete()
    assert address.address_hash(request) != before


def test_the_header_of_the_proxy_counts_only_where_it_is_set(settings):
    told = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "203.0.113.7"}
    believed, plain = RequestFactory().get("/", **told), RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")
    assert address.address_hash(believed) == address.address_hash(plain)
    settings.ADDRESS_FROM = "HTTP_X_REAL_IP"
    assert address.address_hash(believed) != address.address_hash(plain)


def test_no_address_is_in_the_store(mus, django_db_blocker):
    from django.db import connections

    with connections[LINE].cursor() as cursor:
        for table in connections[LINE].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.7" not in str(cursor.fetchall())


# Forgetting


def test_what_may_be_kept_no_longer_is_forgotten(mus):
    # Given a talk that ended, and keys, tallies and proofs of days ago, When it is time, Then they go
    work.is_done(solved())
    actions.end(talk=mus.talk)
    long_ago = timezone.now() - timedelta(days=31)
    Talk.objects.update(ended_at=long_ago, opened_at=long_ago)
    DayKey.objects.update(day=timezone.localdate() - timedelta(days=2))
    Tally.objects.update(hour=timezone.now() - timedelta(hours=3))
    Spent.objects.update(until=timezone.now() - timedelta(seconds=1))
    call_command("forget", verbosity=0)
    assert Talk.objects.get().state == State.ERASED
    assert not [row for model in (DayKey, Tally, Spent) for row in model.objects.all()]


def test_a_talk_that_nobody_ended_goes_as_long_after_its_last_word(mus):
    mus.send("mijn geheim")
    Talk.objects.update(opened_at=timezone.now() - timedelta(days=40))
    call_command("forget", verbosity=0)
    assert Talk.objects.get().state == State.WAITING
    Message.objects.update(at=timezone.now() - timedelta(days=31))
    call_command("forget", verbosity=0)
    assert Talk.objects.get().state == State.ERASED


def test_what_may_still_be_kept_is(mus):
    mus.send("mijn geheim")
    call_command("forget", verbosity=0)
    assert mus.sees("mijn geheim")
    assert DayKey.objects.exists()


def test_after_a_day_a_talk_no_longer_says_where_it_came_from(mus):
    Talk.objects.update(opened_at=timezone.now() - timedelta(hours=25))
    call_command("forget", verbosity=0)
    assert Talk.objects.get().from_hash == ""


def test_no_word_of_a_talk_and_no_address_reaches_a_log(mus, caplog):
    with caplog.at_level("DEBUG"):
        mus.send("mijn geheim")
        mus.post("gesprek/", words="mijn geheim")
        mus.browser.sends(mus.at("terug/woorden/"), {"screen": "no", "code": "mijn geheim woord hier"})
    told = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "mijn geheim" not in told
    assert "203.0.113.7" not in told


# What is on record of who is refused


def noted():
    found = Event.objects.using(LINE).filter(kind="talk.refused", by="system:visitor").order_by("at", "pk")
    return [(event.detail["why"], event.detail["times_this_hour"]) for event in found]


def test_a_refusal_is_on_record_and_says_of_nobody(mus):
    stranger = Young()
    assert stranger.browser.get("/nl/praten/gesprek/nieuws/").status_code in {302, 403}
    assert stranger.browser.sends("/nl/praten/gesprek/bericht/", {"words": "hallo", "key": "k"}).status_code == 403
    assert ("no-seat", 1) in noted()
    event = Event.objects.using(LINE).filter(kind="talk.refused").first()
    assert event.about == ""
    assert "hallo" not in str(event.detail)


def test_who_goes_on_and_on_fills_no_record():
    for _ in range(120):
        limits.refused(limits.Refused.WRONG_CODE)
    assert noted() == [("wrong-code", 1), ("wrong-code", 10), ("wrong-code", 100)]


def test_another_site_and_a_wrong_code_are_on_record(mus):
    Young().browser.sends("/nl/praten/begin/", {"screen": "no"}, **{"sec-fetch-site": "cross-site"})
    limits.refused(limits.Refused.WRONG_CODE)
    assert {why for why, _times in noted()} >= {"foreign-form", "wrong-code"}
