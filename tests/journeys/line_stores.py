"""The stores of a deployment in the tests' own PostgreSQL: made, migrated and given out by role, as the manual says.

SCHERP_TEST_STORES=files makes them files, in which there are no roles.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
STORES = {"SCHERP_LINE_STORE": "line", "SCHERP_STAFF_STORE": "staff"}


class Stores:
    """Both stores. surroundings(role): the settings of a process that reaches them as that role."""

    def __init__(self, place):
        self._place = place
        self._server = os.environ["SCHERP_LINE_STORE"]
        self._names = {name: f"journey_{name}_{uuid.uuid4().hex[:8]}" for name in STORES.values()}

    @property
    def have_roles(self):
        return self._server.startswith("postgresql://")

    def surroundings(self, role="scherp_owner"):
        addresses = {setting: self._address(name, role) for setting, name in STORES.items()}
        kept = {"SCHERP_STAFF_ASSETS": str(self._place / "assets"), "PYTHONPATH": os.pathsep.join(_absolute())}
        return addresses | kept | ({} if role != "scherp_public" else {"SCHERP_STAFF_STORE": ""})

    def make(self):
        if self.have_roles:
            with psycopg.connect(self._server.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
                for name in self._names.values():
                    connection.execute(f'CREATE DATABASE "{name}"')
        for site, store in (("public", "line"), ("staff", "line"), ("staff", "default")):
            self.manage(site, "migrate", "--database", store, "-v", "0")
        if self.have_roles:
            self.manage("staff", "grants")
        self.manage("staff", "collectstatic", "--no-input", "-v", "0")

    def manage(self, *command, role="scherp_owner", said=""):
        """Run a command of one of the sites, as a person with that role would, and give what it prints."""
        return self.python(ROOT / "manage.py", *command, role=role, said=said)

    def python(self, *call, role="scherp_owner", said=""):
        settings = {"SCHERP_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "scherp.web.staff_site.settings"}
        ours = os.environ | settings | self.surroundings(role)
        told = subprocess.run(
            [sys.executable, *call], env=ours, input=said, text=True, capture_output=True, cwd=self._place, check=False
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    def drop(self):
        if self.have_roles:
            with psycopg.connect(self._server.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
                for name in self._names.values():
                    with contextlib.suppress(psycopg.Error):
                        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _address(self, name, role):
        if not self.have_roles:
            return str(self._place / f"{name}.sqlite3")
        return f"{self._server.rpartition('/')[0].replace('scherp_owner', role)}/{self._names[name]}"


def _absolute():
    """Where Python looks, also from another folder."""
    return [str(Path(path).absolute()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
