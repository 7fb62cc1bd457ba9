"""Rows of the record are added and never changed: the database itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from scherp.web.accounts.events import Happened
from scherp.web.audit.chain import link, verify
from scherp.web.audit.models import Event
from scherp.web.audit.recording import Actor, record_in
from scherp.web.stores import LINE, STAFF
from unguarded import unguarded

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
OTTO = Actor("staff", "otto")

REPLACED = {
    "sqlite": "INSERT OR REPLACE INTO audit_event (id, at, kind, about, detail, by) "
    "SELECT id, at, kind, about, detail, 'x' FROM audit_event",
    "postgresql": "INSERT INTO audit_event (id, at, kind, about, detail, by) "
    "SELECT id, at, kind, about, detail, 'x' FROM audit_event ON CONFLICT (id) DO UPDATE SET by = 'x'",
}

both_stores = pytest.mark.parametrize("store", [STAFF, LINE])


@pytest.fixture
def on_record(store):
    """One event, linked."""
    record_in(store, Happened.SIGNED_IN, by=OTTO)
    link(store)
    return store


def refused(store, statement):
    """Tell whether the database refuses, with the words of the guard."""
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(using=store):
        connections[store].cursor().execute(statement)


@both_stores
@pytest.mark.parametrize("statement", ["DELETE FROM audit_event", "DELETE FROM audit_link"])
def test_nobody_drops_a_row(on_record, statement):
    refused(on_record, statement)


@both_stores
def test_nobody_changes_who_did_it(on_record):
    refused(on_record, "UPDATE audit_event SET by = 'staff:somebody-else'")


@both_stores
def test_nobody_changes_a_digest(on_record):
    refused(on_record, "UPDATE audit_link SET digest = ''")


@both_stores
def test_nobody_replaces_a_row_by_another_of_the_same_id(on_record):
    refused(on_record, REPLACED[connections[on_record].vendor])


@both_stores
def test_nobody_empties_a_table(on_record):
    if connections[on_record].vendor == "postgresql":
        connections[on_record].cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused(on_record, "TRUNCATE audit_link, audit_event")


@both_stores
def test_a_way_around_in_django_is_refused_as_well(on_record):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(using=on_record):
        Event.objects.using(on_record).update(about="case:another")


@both_stores
def test_who_owns_the_database_can_take_the_guard_away_and_the_chain_then_tells(on_record):
    with unguarded(on_record):
        Event.objects.using(on_record).update(by="staff:somebody-else")
    assert verify(on_record).broken_at == (1,)


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
@both_stores
def test_the_guard_is_back_after_a_test_that_commits(on_record):
    refused(on_record, "DELETE FROM audit_event")
