"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

import postgres
import unguarded

# A busy machine is no failure: no test is timed (benchmarks/ are for that).
settings.register_profile("scherp", deadline=None)
settings.load_profile("scherp")

HERE = Path(__file__).parent
WITH_STORES = ("web", "staff", "journeys")
collect_ignore = []


def pytest_configure(config):
    """One site a run: `pytest` tries the public one, `pytest tests/staff` the staff's. Django knows one at a time."""
    asked = [Path(arg.split("::")[0]).absolute() for arg in config.args]
    staff = any(path.is_relative_to(HERE / "staff") for path in asked)
    collect_ignore.extend([] if staff else ["staff"])
    os.environ["DJANGO_SETTINGS_MODULE"] = f"scherp.web.{'staff' if staff else 'public'}_site.settings"
    os.environ.setdefault("SCHERP_ASSETS", str(HERE.parent / "var" / "public"))
    os.environ.setdefault("SCHERP_LOCAL", "1")
    if any(_meet(path, HERE / name) for path in asked for name in WITH_STORES):
        postgres.pytest_configure(config)
        import django

        django.setup()
        unguarded.clear_away_unguarded()


def _meet(one, other):
    return one.is_relative_to(other) or other.is_relative_to(one)
