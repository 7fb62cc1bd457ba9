"""What a site can do that somebody took over: what its database role may do, and no more (real PostgreSQL)."""

from __future__ import annotations

import contextlib

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

import postgres
from scherp.web.stores import LINE, STAFF
from scherp.web.stores.grants import ADD, ALL, AT_STAFF, CHANGE, DROP, ON_THE_LINE, READ, rule

GIVEN = {LINE: ON_THE_LINE, STAFF: AT_STAFF}
ROLES = ("public", "staff", "audit")

with_stores = pytest.mark.django_db(databases=[STAFF, LINE])
committed = pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)


def in_postgresql():
    return connections[LINE].vendor == "postgresql"


def tables(store):
    with connections[store].cursor() as cursor:
        return sorted(connections[store].introspection.table_names(cursor))


@pytest.fixture
def granted(db):
    """Roles as a deployment has them, after `manage.py staff grants`."""
    if not in_postgresql():
        pytest.skip("a file has no roles")
    call_command("grants", verbosity=0)


@contextlib.contextmanager
def signed_in(role, store):
    """Somebody who has the password of a role, and a connection of their own; nothing is kept."""
    named = connections[store].settings_dict
    where = {"host": named["HOST"], "port": named["PORT"], "dbname": named["NAME"], "connect_timeout": 5}
    with psycopg.connect(**where, user=f"scherp_{role}", password=postgres.PASSWORD) as connection:
        yield connection
        connection.rollback()


def may(connection, statement):
    """Tell whether the role may do it; what else is wrong with it does not matter."""
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.Error:
        return True
    finally:
        connection.rollback()
    return True


def tries(table, column):
    """One statement a verb, that asks for nothing else."""
    return {
        READ: f'SELECT 1 FROM "{table}" LIMIT 1',
        ADD: f'INSERT INTO "{table}" DEFAULT VALUES',
        CHANGE: f'UPDATE "{table}" SET "{column}" = DEFAULT',
        DROP: f'DELETE FROM "{table}"',
    }


def a_column(store, table):
    with connections[store].cursor() as cursor:
        return connections[store].introspection.get_table_description(cursor, table)[0].name


@with_stores
@pytest.mark.parametrize("store", [LINE, STAFF])
def test_every_table_has_a_rule(store):
    # A new table without one can be used by nobody: name it in stores/grants.py.
    without = [table for table in tables(store) if not any(rule(table, rules) for rules in GIVEN[store].values())]
    assert without == []


@committed
@pytest.mark.parametrize("store", [LINE, STAFF])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_rules_say_and_nothing_else(granted, store, role):
    rules = GIVEN[store].get(role)
    if rules is None:
        with pytest.raises(psycopg.OperationalError, match="permission denied"), signed_in(role, store):
            pass
        return
    with signed_in(role, store) as connection:
        for table in tables(store):
            said = tries(table, a_column(store, table))
            found = tuple(verb for verb in ALL if may(connection, said[verb]))
            assert found == tuple(verb for verb in ALL if verb in rule(table, rules)), table


@committed
@pytest.mark.parametrize("role", ROLES)
def test_no_role_empties_changes_or_makes_a_table(granted, role):
    with signed_in(role, LINE) as connection:
        for table in tables(LINE):
            assert not may(connection, f'TRUNCATE "{table}"')
            assert not may(connection, f'DROP TABLE "{table}"')
            assert not may(connection, f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        assert not may(connection, "CREATE TABLE mine (id int)")
        assert not may(connection, "CREATE TEMPORARY TABLE mine (id int)")
        assert not may(connection, "SET ROLE scherp_owner")
        assert not may(connection, "COPY (SELECT 1) TO PROGRAM 'true'")


@committed
def test_a_public_site_taken_over_reaches_no_case_no_account_and_no_record(granted):
    with pytest.raises(psycopg.OperationalError, match="permission denied"), signed_in("public", STAFF):
        pass
    with signed_in("public", LINE) as connection:
        assert not may(connection, "SELECT * FROM audit_event")
        assert not may(connection, "SELECT * FROM audit_link")
        assert not may(connection, "UPDATE talks_message SET words = ''")
        assert may(connection, "DELETE FROM talks_message")  # a young person may erase a talk, and so may who took over


@committed
@pytest.mark.parametrize("store", [LINE, STAFF])
def test_a_staff_site_taken_over_cannot_change_what_is_on_record(granted, store):
    with signed_in("staff", store) as connection:
        for table in ("audit_event", "audit_link"):
            assert not may(connection, f"UPDATE {table} SET {'by' if table == 'audit_event' else 'digest'} = ''")
            assert not may(connection, f"DELETE FROM {table}")
        assert not may(connection, "INSERT INTO audit_link DEFAULT VALUES")


@committed
def test_what_was_given_by_hand_is_taken_away_again(granted):
    with connections[LINE].cursor() as cursor:
        cursor.execute("GRANT ALL ON audit_event TO scherp_public")
    call_command("grants", verbosity=0)
    with signed_in("public", LINE) as connection:
        assert not may(connection, "SELECT * FROM audit_event")


@with_stores
def test_a_store_in_a_file_is_told_to_have_no_roles():
    if in_postgresql():
        pytest.skip("PostgreSQL has roles")
    with pytest.raises(CommandError, match="no roles"):
        call_command("grants")
