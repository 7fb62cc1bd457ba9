"""The public site, made ready once, and visitors who ask for its pages without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ALWAYS_OPEN = Path(__file__).parents[1] / "always_open.toml"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Whoever still listens for news is sent away before the store is dropped."""
    yield
    from django.db import connections

    from scherp.web.stores import LINE

    away = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with django_db_blocker.unblock():
        if connections[LINE].vendor == "postgresql":
            with connections[LINE].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                cursor.execute(away, cursor.fetchone())


@pytest.fixture
def visitor():
    """Somebody who asks for pages, and sends no header that says who."""
    from young import Browser

    return Browser(headers={"host": "localhost"})


@pytest.fixture
def open_line(settings):
    """The line is open, day and night."""
    settings.LINE_FILE = ALWAYS_OPEN


@pytest.fixture
def closed_line(settings, tmp_path):
    """The line opens on no day at all."""
    settings.LINE_FILE = tmp_path / "closed.toml"
    told = re.sub(r"\[\[hours\]\].*", "hours = []\n", ALWAYS_OPEN.read_text(), flags=re.DOTALL)
    settings.LINE_FILE.write_text(told)


@pytest.fixture
def mus(open_line):
    """Mus, thirteen, in a talk."""
    from young import Young

    young = Young()
    young.begin(nickname="Mus", age="12-14")
    return young


@pytest.fixture
def pim(open_line):
    """Pim, in a talk of his own, elsewhere."""
    from young import Young

    young = Young("198.51.100.20", "en")
    young.begin(nickname="Pim")
    return young


@pytest.fixture
def stranger(open_line):
    """Somebody who sits at no talk."""
    from young import Young

    return Young("192.0.2.44")
