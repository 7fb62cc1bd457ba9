"""The record as Otto, the auditor, reads it; his reading is on it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from scherp.texts import Language, keys
from scherp.web.accounts import events as accounts
from scherp.web.accounts.events import Happened
from scherp.web.accounts.record import happened as happened_in_words
from scherp.web.audit import events as audit
from scherp.web.audit.chain import link
from scherp.web.audit.models import Event
from scherp.web.audit.recording import Actor, record_in
from scherp.web.cases import events as cases
from scherp.web.desk import events as desk
from scherp.web.keeping import events as keeping
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import events as talks
from unguarded import unguarded

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def happened(fenna):
    """Three events of three days: two in the staff's store, and one of the line."""
    record_in(STAFF, Happened.ADDED, by=Actor("system", "x"), about="member:1", at=DAY)
    record_in(LINE, Happened.CHANGED, by=fenna.actor, about="talk:7", at=DAY + timedelta(days=1))
    record_in(STAFF, Happened.STOPPED, by=fenna.actor, about="case:9", at=DAY + timedelta(days=2), why="=1+1")


def shown(browser, **asked):
    """What is shown to whoever asks for this, newest first."""
    told = browser.get("/logboek/uitvoer.jsonl", asked)
    lines = b"".join(told.streaming_content).decode().splitlines()
    return [event["about"] for event in map(json.loads, lines) if event["at"] < "2026-04"]


def test_events_of_both_stores_come_newest_first(signed_in, otto, happened):
    assert shown(signed_in(otto)) == ["case:9", "talk:7", "member:1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"about": "talk:"}, ["talk:7"]),
        ({"kind": "member.stopped"}, ["case:9"]),
        ({"since": "2026-03-03", "until": "2026-03-03"}, ["talk:7"]),
        ({"until": "2026-03-02"}, ["member:1"]),
        ({"since": "gisteren"}, ["case:9", "talk:7", "member:1"]),
    ],
)
def test_they_are_found_by_thing_kind_and_day(signed_in, otto, happened, asked, found):
    assert shown(signed_in(otto), **asked) == found


def test_they_are_found_by_member_and_the_member_is_named(signed_in, otto, happened, fenna):
    browser = signed_in(otto)
    assert shown(browser, by=str(fenna.actor)) == ["case:9", "talk:7"]
    assert "<td>Fenna<br>" in browser.get("/logboek/", {"by": str(fenna.actor)}).content.decode()


def test_reading_and_taking_along_are_on_record_with_what_was_asked(signed_in, otto, happened):
    browser = signed_in(otto)
    browser.get("/logboek/", {"about": "talk:7"})
    browser.get("/logboek/uitvoer.csv", {"kind": "door"})
    read, taken = Event.objects.get(kind="events.read"), Event.objects.get(kind="events.exported")
    assert (read.by, read.detail) == (f"staff:{otto.pk}", {"asked": {"about": "talk:7"}, "page": 1})
    assert taken.detail == {"asked": {"kind": "door"}, "form": "csv"}


def test_in_csv_nothing_is_taken_for_a_formula(signed_in, otto, happened):
    record_in(STAFF, Happened.ADDED, by=Actor("system", "x"), about="=cmd", at=DAY)
    told = b"".join(signed_in(otto).get("/logboek/uitvoer.csv", {"about": "=cmd"}).streaming_content).decode()
    head, row = list(csv.reader(io.StringIO(told)))
    assert head == ["at", "store", "kind", "by", "about", "detail"]
    assert row[4] == "'=cmd"


def test_there_are_two_forms_and_no_third(signed_in, otto):
    assert signed_in(otto).get("/logboek/uitvoer.xml").status_code == 404


def test_what_goes_on_is_on_the_next_page(signed_in, otto):
    for number in range(101):
        record_in(LINE, Happened.CHANGED, by=Actor("system", "x"), about=f"talk:{number:03}", at=DAY)
    browser = signed_in(otto)
    first = browser.get("/logboek/", {"about": "talk:"}).content.decode()
    assert "page=2" in first
    assert first.count("<td>talk:") == 100
    assert browser.get("/logboek/", {"about": "talk:", "page": "2"}).content.decode().count("<td>talk:") == 1


def test_a_whole_chain_is_said_to_be_whole_and_a_broken_one_where(signed_in, otto, happened):
    link(STAFF)
    link(LINE)
    browser = signed_in(otto)
    assert browser.get("/logboek/keten/").content.decode().count("De keten is heel.") == 2
    with unguarded(STAFF):
        Event.objects.filter(about="case:9").update(about="case:10")
    page = browser.get("/logboek/keten/").content.decode()
    assert "De keten is gebroken bij:" in page
    assert page.count("De keten is heel.") == 1
    assert Event.objects.filter(kind="chain.verified").count() == 2


def test_an_event_that_waits_too_long_for_its_link_is_said(signed_in, otto, happened):
    page = signed_in(otto).get("/logboek/keten/").content.decode()
    assert page.count("Gebeurtenissen wachten te lang") == 2
    assert page.count("Er zit nog niets in de keten.") == 2
    assert "De keten is heel." not in page


@pytest.mark.parametrize("person", ["fenna", "soraya", "ans"])
@pytest.mark.parametrize("address", ["/logboek/", "/logboek/uitvoer.csv", "/logboek/keten/"])
def test_nobody_else_reads_the_record(request, signed_in, person, address):
    assert signed_in(request.getfixturevalue(person)).get(address).status_code == 403


def test_what_happened_is_said_in_words_and_each_kind_can_be_chosen(signed_in, otto, happened):
    page = signed_in(otto).get("/logboek/").content.decode()
    assert "<td>Medewerker toegevoegd<br>" in page
    assert '<option value="talk.taken">Gesprek aangenomen</option>' in page


def test_whatever_is_put_on_record_has_words_and_nothing_else_has():
    kinds = {kind.value for about in (accounts, audit, cases, desk, keeping, talks) for kind in about.Happened}
    assert {f"happened.{kind}" for kind in kinds} == {key for key in keys() if key.startswith("happened.")}


def test_a_kind_that_an_earlier_version_knew_is_shown_as_it_is():
    assert happened_in_words("talk.of-old", Language.NL) == "talk.of-old"
