"""Stores made long ago: their rows are read after every later migration, and no model lacks one."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from own_stores import Stores
from scherp.web.stores import LINE, STAFF

FIRST = {
    LINE: {"audit": "0001_initial", "sealing": "0001_initial", "talks": "0001_initial"},
    STAFF: {
        "audit": "0001_initial", "sealing": "0001_initial", "accounts": "0001_initial", "cases": "0004_handovers",
    },
}  # fmt: skip
"""The first version of each app of a store that keeps something; of cases the first that had all of their tables.

An app that comes later is added here with the first that it shipped.
"""

LONG_AGO = """
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

long_ago = {
    store: MigrationExecutor(connections[store]).loader.project_state([*versions.items()]).apps
    for store, versions in FIRST.items()
}

def then(store, app, model):
    return long_ago[store].get_model(app, model).objects.using(store)

for store in FIRST:
    then(store, "audit", "Event").create(at=timezone.now(), kind="something.done", by="system:then")
key = AESGCM.generate_key(bit_length=256)
wrapped = Fernet(settings.MASTER_KEYS["line"][0]).encrypt(key)
talk = then("line", "talks", "Talk").create(
    key=then("line", "sealing", "Key").create(wrapped=wrapped), language="nl", last_number=1)
message = then("line", "talks", "Message").create(talk=talk, number=1, writer="young")
sealed = b"n" * 12 + AESGCM(key).encrypt(b"n" * 12, b"Ik ben er nog", f"message.words:{message.pk}".encode())
then("line", "talks", "Message").filter(pk=message.pk).update(words=sealed)
team = then("default", "accounts", "Team").create(name="Team Noord")
fenna = then("default", "accounts", "Member").create(
    email="fenna@scherp.example", name="Fenna", known_as="Fenna", team=team, roles=["counsellor"])
own = AESGCM.generate_key(bit_length=256)
wrapped = Fernet(settings.MASTER_KEYS["default"][0]).encrypt(own)
case = then("default", "cases", "Case").create(
    reference="S-2024-000001", team=team, opened_by=fenna,
    key=then("default", "sealing", "Key").create(wrapped=wrapped))
given = then("default", "cases", "Handover").create(
    case=case, made_by=fenna, to_kind="police", ground="consent", consent_by="merel",
    consent_at=timezone.now(), expires=timezone.now())
sealed = b"c" * 12 + AESGCM(own).encrypt(b"c" * 12, b"Aangifte", f"handover.reason:{given.pk}".encode())
then("default", "cases", "Handover").filter(pk=given.pk).update(reason=sealed)
"""
TODAY = """
from scherp.web.accounts.models import Member
from scherp.web.cases.models import Handover
from scherp.web.talks.models import Message
fenna, given = Member.objects.get(), Handover.objects.get()
print(Message.objects.get().words, fenna.team.name, fenna.roles, fenna.is_active)
print(given.reason, given.consent_by, repr(given.informed), repr(given.capacity), repr(given.without_parents))
"""


@pytest.mark.django_db(databases=[STAFF, LINE])
def test_no_model_lacks_a_migration():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.fixture
def first(tmp_path):
    """Both stores as their first version made them."""
    made = Stores(tmp_path / "stores")
    for store, versions in FIRST.items():
        for app, name in versions.items():
            made.must("migrate", app, name, "--database", store, "--verbosity", "0")
    yield made
    made.drop()


def test_what_the_first_version_kept_is_read_by_the_version_of_today(first):
    # Given rows as the first version wrote them, When both stores are brought to today, Then they are read and linked
    first.python(f"FIRST = {FIRST!r}\n{LONG_AGO}")
    first.migrate()
    said, handed_over = first.python(TODAY).splitlines()
    assert said == "Ik ben er nog Team Noord ['counsellor'] True"
    assert handed_over == "Aangifte merel '' '' ''"
    first.must("audit", "link")
    assert first.must("audit", "verify").count("all 1 events in the chain") == 2
