"""Backups: made while the sites run, read back whole, and never a way around an erasure."""

from __future__ import annotations

import json
import shutil
import stat

import pytest

from own_stores import Stores

MUS = """
import uuid
from scherp.texts import Language
from scherp.web.talks import actions
from scherp.web.talks.models import Talk
from scherp.web.talks.opening import Opening
from scherp.web.audit.chain import link
"""
SAYS = (
    MUS
    + """
talk = actions.open_talk(language=Language.NL, opening=Opening("Mus"))[0]
actions.say(talk=talk, words="Ik heb iets doms gedaan", key=uuid.uuid4())
link("line"), link("default")
print(talk.pk)
"""
)
OPENS_CASE = """
from scherp.web.accounts.models import Member, Team
from scherp.web.cases import actions as of_cases
from scherp.web.cases.models import Case
fenna = Member.objects.create(email="fenna@scherp.example", name="Fenna", known_as="Fenna",
                              team=Team.objects.create(name="Team Noord"), roles=["counsellor"])
print(of_cases.open_case(about="Meisje van dertien, wordt afgeperst", by=fenna).pk)
"""
ERASES_CASE = """
from scherp.web.audit.recording import RETENTION
from scherp.web.cases import actions as of_cases
from scherp.web.cases.models import Case
of_cases.erase(case=Case.objects.get(pk={case!r}), by=RETENTION)
"""
CASE = """
from scherp.web.cases.models import Case
case = Case.objects.get(pk={case!r})
print(case.state, case.key, case.about)
"""
ERASES = MUS + "actions.erase(talk=Talk.objects.get(pk={talk!r}), by=actions.young(Talk.objects.get(pk={talk!r})))"
READS = MUS + "print([m.words or m.said for m in Talk.objects.get(pk={talk!r}).messages.all()])"
STATE = MUS + "t = Talk.objects.get(pk={talk!r}); print(t.state, t.key, t.messages.count())"
KINDS = """
from scherp.web.audit.models import Event
for store in ("line", "default"):
    print(*Event.objects.using(store).values_list("kind", flat=True))
"""
TABLES = """
from django.db import connections
print(*([*connections[name].introspection.table_names()] for name in ("line", "default")))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two stores of a small help line."""
    stores = Stores(tmp_path_factory.mktemp("stores"))
    stores.migrate()
    yield stores
    stores.drop()


@pytest.fixture(scope="module")
def talk(made):
    """A talk of somebody who calls herself Mus."""
    return made.python(SAYS)


@pytest.fixture(scope="module")
def first(made, talk, tmp_path_factory):
    """A backup with that talk in it."""
    folder = tmp_path_factory.mktemp("backups") / "first"
    made.must("backup", folder)
    return folder


@pytest.fixture
def backup(first, tmp_path):
    """A copy of it, that a test may spoil."""
    return shutil.copytree(first, tmp_path / "backup")


@pytest.fixture
def empty(tmp_path):
    """Two new stores, with nothing in them."""
    stores = Stores(tmp_path / "new")
    yield stores
    stores.drop()


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """Two stores with nothing in them, for restores that are refused before anything is touched."""
    stores = Stores(tmp_path_factory.mktemp("nothing"))
    yield stores
    assert stores.python(TABLES) == "[] []"
    stores.drop()


def test_a_backup_that_is_restored_reads_as_before_and_both_are_on_record(made, empty, talk, backup):
    told = empty.must("restore", backup)
    assert "every row is there, and the chain is whole. 0 talks and cases" in told
    assert "Ik heb iets doms gedaan" in empty.python(READS.format(talk=talk))
    assert made.python(KINDS).count("store.backed-up") == 2
    assert empty.python(KINDS).count("store.restored") == 2
    empty.must("audit", "link")
    assert "all 2 events in the chain" in empty.must("audit", "verify")
    # And the restored store keeps its record from being changed, as the first did
    tries = """
from django.db import DatabaseError
from scherp.web.audit.models import Event
try:
    Event.objects.using("line").update(by="x")
except DatabaseError as refused:
    print(refused)
"""
    assert "never changed" in empty.python(tries)


def test_the_data_part_holds_no_key_and_no_session_and_the_keys_part_no_word(made, talk, backup):
    wrapped = made.python(
        "from scherp.web.sealing.models import Key\nprint(bytes(Key.objects.using('line').get().wrapped).decode())"
    )
    for data in (backup / "data").iterdir():
        assert wrapped.encode() not in data.read_bytes()
        assert wrapped.encode().hex().encode() not in data.read_bytes()
    found = json.loads((backup / "data" / "manifest.json").read_text())["stores"]["line"]["holds"]["counts"]
    assert (found["talks_talk"], found["talks_message"], found["sealing_key"]) == (1, 2, 1)
    assert {path.name for path in backup.iterdir()} == {"data", "keys"}


def test_nobody_else_on_the_machine_reads_a_backup(backup):
    for path in [backup / "data", backup / "keys", *(backup / "data").iterdir(), *(backup / "keys").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_was_erased_after_the_backup_stays_erased_when_the_newest_keys_go_with_it(
    made, empty, talk, backup, tmp_path
):
    # Given a backup with a talk and a case, When both are erased, a later backup is made, and the old data is restored
    erased = made.python(SAYS)
    case = made.python(OPENS_CASE)
    made.must("backup", tmp_path / "with-both")
    made.python(ERASES.format(talk=erased))
    made.python(ERASES_CASE.format(case=case))
    made.must("backup", tmp_path / "later")
    told = empty.must("restore", tmp_path / "with-both", "--keys", tmp_path / "later" / "keys")
    # Then what was erased is not there to read, and the other is
    assert "2 talks and cases had been erased in the meantime" in told
    assert empty.python(STATE.format(talk=erased)) == "erased None 0"
    assert "Ik heb iets doms gedaan" in empty.python(READS.format(talk=talk))
    assert empty.python(CASE.format(case=case)) == "erased None None"
    empty.must("audit", "link")
    empty.must("audit", "verify")


def test_keys_older_than_the_data_are_refused(made, nothing, backup, tmp_path):
    made.must("backup", tmp_path / "later")
    code, told = nothing.run("restore", tmp_path / "later", "--keys", backup / "keys")
    assert (code, "older than the data" in told) == (1, True)


def test_data_without_its_keys_is_not_restored(nothing, backup):
    shutil.rmtree(backup / "keys")
    code, told = nothing.run("restore", backup)
    assert (code, "manifest.json is missing" in told) == (1, True)


def test_a_store_that_is_not_empty_is_never_written_over(made, talk, backup):
    code, told = made.run("restore", backup)
    assert (code, "is not empty" in told) == (1, True)
    assert "doms" in made.python(READS.format(talk=talk))


@pytest.mark.parametrize("part", ["data", "keys"])
def test_a_file_with_one_byte_changed_is_refused_before_anything_is_touched(nothing, backup, part):
    spoilt = next(path for path in (backup / part).iterdir() if path.name.startswith("staff"))
    held = bytearray(spoilt.read_bytes())
    held[len(held) // 2] ^= 1
    spoilt.write_bytes(held)
    code, told = nothing.run("restore", backup)
    assert (code, "its SHA-256 differs" in told) == (1, True)


def test_a_missing_file_is_named(nothing, backup):
    gone = next(path for path in (backup / "data").iterdir() if path.name.startswith("line"))
    gone.unlink()
    code, told = nothing.run("restore", backup)
    assert (code, f"{gone} is missing" in told) == (1, True)


def test_a_backup_by_a_newer_version_is_refused(nothing, backup):
    manifest = backup / "data" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"talks.0001_initial"', '"talks.9999_of_next_year"'))
    code, told = nothing.run("restore", backup)
    assert (code, "talks.9999_of_next_year is not known here" in told) == (1, True)


def test_a_backup_that_holds_less_than_its_manifest_says_is_noticed(empty, backup):
    manifest = backup / "data" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["stores"]["line"]["holds"]["counts"]["talks_message"] = 3
    manifest.write_text(json.dumps(told))
    code, said = empty.run("restore", backup)
    assert (code, "does not hold what the manifest says" in said) == (1, True)


def test_a_backup_never_writes_over_another(made, backup):
    code, told = made.run("backup", backup)
    assert (code, "never writes over another" in told) == (1, True)


def test_without_pg_dump_somebody_is_told_what_to_install(made, tmp_path):
    if not made.in_postgresql:
        pytest.skip("a file needs no program")
    code, told = made.run("backup", tmp_path / "backup", PATH=str(tmp_path))
    assert (code, "Install the package postgresql-client" in told) == (1, True)
    assert not (tmp_path / "backup").exists()
