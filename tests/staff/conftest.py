"""The staff's site: its people, and how they come in. Every person is invented."""

from __future__ import annotations

import pytest
from django.test import Client

# Models are imported where they are used: this file is read before Django is set up.


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

    def enter(who):
        client = Client(headers={"host": "localhost"})
        client.force_login(who)
        return client

    return enter


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
