"""Each site runs with the other's apps not there at all, and has none of its addresses (design, rule 4)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

OTHERS = {
    "public": ("accounts", "staff_site", "desk", "cases", "outreach", "dashboard"),
    "staff": ("public_site", "check", "guidance", "helpchat"),
}
BOOT = """
import importlib.abc, sys

class NotHere(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(GONE):
            raise ModuleNotFoundError(f"{name} is not here", name=name)

GONE = tuple(f"scherp.web.{app}" for app in sys.argv[2:])
sys.meta_path.insert(0, NotHere())
import django
from django.core.management import call_command
from django.test import Client
django.setup()
call_command("check")
from django.urls import get_resolver
get_resolver().url_patterns
print(Client(headers={"host": "localhost"}).get("/gezond/").status_code)
assert not [name for name in sys.modules if name.startswith(GONE)]
"""


@pytest.mark.parametrize("site", OTHERS)
def test_a_site_runs_without_the_other_s_apps(site, tmp_path):
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHERP_", "DJANGO_"))}
    ours |= {"DJANGO_SETTINGS_MODULE": f"scherp.web.{site}_site.settings", "SCHERP_LOCAL": "1"}
    ours |= {"SCHERP_LOCAL_KEYS": str(tmp_path / "keys"), "SCHERP_LINE_STORE": str(tmp_path / "line.sqlite3")}
    ours |= {"SCHERP_STAFF_STORE": str(tmp_path / "staff.sqlite3")} if site == "staff" else {}
    call = [sys.executable, "-W", "ignore", "-c", BOOT, site, *OTHERS[site]]
    told = subprocess.run(call, env=ours, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "200"
