"""`manage.py staff audit`: what somebody sees who keeps the record."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from scherp.handover.keys import new_key, private_pem, public_pem
from scherp.texts import Language, say
from scherp.web.accounts.events import Happened
from scherp.web.audit import chain, on_paper
from scherp.web.audit.models import Event, Link
from scherp.web.audit.recording import Actor, record_in
from scherp.web.stores import LINE, STAFF
from unguarded import unguarded

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
OTTO = Actor("staff", "otto")


@pytest.fixture(autouse=True)
def on_record():
    """Two events in each store, linked."""
    for store in (STAFF, LINE, STAFF, LINE):
        record_in(store, Happened.SIGNED_IN, by=OTTO)
    audit("link")


def audit(*said):
    out = StringIO()
    call_command("audit", *map(str, said), "--lang", "en", stdout=out)
    return out.getvalue()


@pytest.fixture
def keys(tmp_path):
    """The organisation's key, in two files."""
    key = new_key()
    (tmp_path / "private.pem").write_bytes(private_pem(key))
    (tmp_path / "public.pem").write_bytes(public_pem(key))
    return tmp_path


def test_verify_says_of_each_store_that_it_is_whole():
    assert audit("verify").splitlines() == [
        "the line: all 2 events in the chain are as they were put on record.",
        "the desk: all 2 events in the chain are as they were put on record.",
    ]


def test_verify_speaks_dutch_as_well(capsys):
    out = StringIO()
    call_command("audit", "--lang", "nl", "verify", stdout=out)
    assert "de hulplijn: alle 2 gebeurtenissen" in out.getvalue()


def test_verify_fails_with_the_number_of_a_changed_event():
    with unguarded(LINE):
        Event.objects.using(LINE).filter(link=2).update(about="talk:another")
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("audit", "verify", "--lang", "en", stdout=out)
    assert failed.value.returncode == 1
    assert "the line: the chain is broken at 1 events. Numbers: 2." in out.getvalue()


def test_an_event_that_just_came_may_wait_and_one_that_waits_long_may_not():
    record_in(STAFF, Happened.SIGNED_IN, by=OTTO)
    assert "1 events are not in the chain yet" in audit("verify")
    record_in(STAFF, Happened.SIGNED_IN, by=OTTO, at=timezone.now() - timedelta(minutes=5))
    with pytest.raises(CommandError):
        audit("verify")


def test_the_signed_head_of_yesterday_holds_today(keys):
    (keys / "head.json").write_text(audit("head", "--key", keys / "private.pem"))
    record_in(LINE, Happened.SIGNED_IN, by=OTTO)
    audit("link")
    said = audit("head", "--check", keys / "head.json", "--signed-by", keys / "public.pem")
    assert said.count("passes through number 2") == 2


def test_a_chain_made_anew_does_not_hold_against_the_head_of_yesterday(keys):
    (keys / "head.json").write_text(audit("head", "--key", keys / "private.pem"))
    with unguarded(STAFF):
        Event.objects.using(STAFF).update(by="staff:noor")
        Link.objects.using(STAFF).all().delete()
        chain.link(STAFF)
    assert "all 2 events" in audit("verify")
    with pytest.raises(CommandError):
        audit("head", "--check", keys / "head.json", "--signed-by", keys / "public.pem")


@pytest.mark.parametrize(
    ("spoilt", "why"), [("{}", "no-heads"), (None, "changed")], ids=["no heads", "changed after signing"]
)
def test_a_head_that_is_none_is_refused_in_words(keys, spoilt, why):
    head = audit("head", "--key", keys / "private.pem")
    (keys / "head.json").write_text(spoilt or head.replace('"number": 2', '"number": 1'))
    with pytest.raises(CommandError) as refused:
        audit("head", "--check", keys / "head.json", "--signed-by", keys / "public.pem")
    assert str(refused.value) == say(f"keeping.audit.{why}", Language.EN, file=keys / "head.json")


def test_a_head_without_a_key_and_a_key_that_is_none_are_refused(keys):
    with pytest.raises(CommandError, match="--key"):
        audit("head")
    with pytest.raises(CommandError, match="--signed-by"):
        audit("head", "--check", keys / "head.json")
    (keys / "private.pem").write_text("no key")
    with pytest.raises(CommandError, match="cannot be used"):
        audit("head", "--key", keys / "private.pem")
    with pytest.raises(CommandError, match="cannot be read"):
        audit("head", "--key", keys / "away.pem")


def test_an_export_can_be_verified_without_the_database_and_is_on_record(tmp_path):
    record_in(LINE, Happened.SIGNED_IN, by=OTTO)
    file = tmp_path / "line.jsonl"
    audit("export", "line", file)
    found = on_paper.verified(file.read_text().splitlines())
    assert (found.walked.head, found.unlinked) == (chain.head(LINE), 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Event.objects.using(LINE).filter(kind="record.exported").count() == 1
    assert json.loads(file.read_text().splitlines()[1])["event"]["by"] == "staff:otto"


def test_an_export_never_writes_over_a_file(tmp_path):
    (tmp_path / "line.jsonl").write_text("mine")
    with pytest.raises(CommandError, match="not there yet"):
        audit("export", "line", tmp_path / "line.jsonl")
    assert not Event.objects.using(LINE).filter(kind="record.exported").exists()
