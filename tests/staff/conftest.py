"""The staff's site: its people, and how they come in. Every person is invented."""

from __future__ import annotations

import time

import pytest
from django.test import Client

# Models are imported where they are used: this file is read before Django is set up.


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As it is; and in the end whoever still listens for news is sent away, for the stores cannot go before them."""
    yield
    from django.db import connections

    from scherp.web.talks import live

    live._AGAIN_AFTER = 3600  # and does not come back
    away = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with django_db_blocker.unblock():
        for connection in connections.all():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    cursor.execute(away, cursor.fetchone())


@pytest.fixture
def team(db):
    from scherp.web.accounts.models import Team

    return Team.objects.create(name="Team Noord")


@pytest.fixture
def other_team(db):
    from scherp.web.accounts.models import Team

    return Team.objects.create(name="Team Zuid")


def member(name, *roles, team=None):
    """Somebody who works here, in these roles."""
    from scherp.web.accounts.models import Member

    address = f"{name.lower()}@scherp.example"
    return Member.objects.create(email=address, name=name, known_as=name, team=team, roles=list(roles))


@pytest.fixture
def fenna(team):
    """A counsellor of Team Noord."""
    return member("Fenna", "counsellor", team=team)


@pytest.fixture
def bram(team):
    """Her colleague, a counsellor of the same team."""
    return member("Bram", "counsellor", team=team)


@pytest.fixture
def noor(other_team):
    """A counsellor of another team."""
    return member("Noor", "counsellor", team=other_team)


@pytest.fixture
def soraya(team):
    """The supervisor of Team Noord."""
    return member("Soraya", "supervisor", team=team)


@pytest.fixture
def kees(team):
    """A case manager of Team Noord."""
    return member("Kees", "case-manager", team=team)


@pytest.fixture
def ans(db):
    """An administrator, who sees nothing of what anybody said."""
    return member("Ans", "administrator")


@pytest.fixture
def otto(db):
    """An auditor."""
    return member("Otto", "auditor")


@pytest.fixture
def signed_in():
    """Give a browser in which a member is signed in, second factor included."""

    def enter(who, *, second_factor=True):
        client = Client(headers={"host": "localhost"})
        client.force_login(who)
        if second_factor:
            shown(client, who)
        return client

    return enter


def shown(client, who):
    """Have a browser remember that who is signed in showed their second factor, a moment ago."""
    from allauth.mfa.models import Authenticator

    if not Authenticator.objects.filter(user=who, type="totp").exists():
        app(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()


def app(who):
    """Give somebody an authenticator app; the secret in it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret


def code(secret, step=0):
    """The code that an app shows now, or some steps of 30 seconds from now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


PASSWORD = "vier blauwe stoelen buiten"  # noqa: S105  of invented people


@pytest.fixture
def fenna_at_the_door(fenna):
    """Fenna, who is not in yet: she has a password, and an app with this secret."""
    fenna.set_password(PASSWORD)
    fenna.save()
    return fenna, app(fenna)


def try_password(browser, who, password=PASSWORD):
    """Fill in the first page."""
    return browser.post("/account/login/", {"login": getattr(who, "email", who), "password": password})


def try_code(browser, typed):
    """Fill in the second."""
    return browser.post("/account/2fa/authenticate/", {"code": typed})


@pytest.fixture
def stranger():
    """Somebody who is not signed in."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def case_of_fenna(fenna):
    """A case that Fenna opened by hand, in Team Noord."""
    from scherp.web.cases import actions

    return actions.open_case(about="Meisje van dertien, wordt afgeperst", by=fenna)


@pytest.fixture
def talk_of_fenna(fenna):
    """A talk that Fenna had with somebody who calls herself Mus; it is over."""
    import uuid

    from scherp.texts import Language
    from scherp.web.talks import actions
    from scherp.web.talks.opening import AgeBand, Opening

    by = actions.Counsellor(fenna.pk, fenna.known_as)
    talk, _secret = actions.open_talk(language=Language.NL, opening=Opening("Mus", AgeBand.FROM_12_TO_14))
    actions.take(talk=talk, by=by)
    actions.say(talk=talk, words="Hij wil nog een foto", key=uuid.uuid4())
    actions.end(talk=talk, by=by)
    talk.refresh_from_db()
    return talk
