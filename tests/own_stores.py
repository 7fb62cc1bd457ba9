"""A pair of stores of one's own, and the commands of the sites run on them as a process: what a deployment has.

In the tests' PostgreSQL, in another server, or in files, as the run has them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[1]


class Stores:
    """Two empty stores. line, staff: their addresses; run: a command of the staff's site; ask: a query to a store."""

    def __init__(self, place, server=None):
        place.mkdir(exist_ok=True)
        self.place = place
        self.in_postgresql = server is not None or not os.environ["SCHERP_LINE_STORE"].endswith(".sqlite3")
        made = {name: self._made(name, server) for name in ("line", "staff")}
        self.line, self.staff = made["line"], made["staff"]

    def _made(self, name, server):
        if not self.in_postgresql:
            return str(self.place / f"{name}.sqlite3")
        named = f"{name}_{uuid.uuid4().hex[:12]}"
        address = server.address("postgres") if server else os.environ["SCHERP_LINE_STORE"]
        with psycopg.connect(_at(address, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {named}")
        return _at(address, named)

    def drop(self):
        if self.in_postgresql:
            for address in (self.line, self.staff):
                with psycopg.connect(_at(address, "postgres"), autocommit=True) as connection:
                    connection.execute(f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)")

    def surroundings(self, **more):
        ours = {"SCHERP_LINE_STORE": self.line, "SCHERP_STAFF_STORE": self.staff, "SCHERP_LOCAL": "1"}
        return os.environ | ours | {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "en_GB.UTF-8"} | more

    def run(self, *said, **more):
        """Run `manage.py staff ...`; give its code, and what it said."""
        call = [sys.executable, ROOT / "manage.py", "staff", *map(str, said)]
        done = subprocess.run(
            call, env=self.surroundings(**more), cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def must(self, *said, **more):
        code, told = self.run(*said, **more)
        assert code == 0, told
        return told

    def migrate(self):
        for name in ("line", "default"):
            self.must("migrate", "--database", name, "--verbosity", "0")

    def python(self, code, **more):
        """Run a few lines with Django set up for the staff's site, and give what they print."""
        lines = "import django; django.setup()\n" + code
        ours = self.surroundings(DJANGO_SETTINGS_MODULE="scherp.web.staff_site.settings", **more)
        call = [sys.executable, "-c", lines]
        done = subprocess.run(call, env=ours, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def _at(address, database):
    return f"{address.rpartition('/')[0]}/{database}"
