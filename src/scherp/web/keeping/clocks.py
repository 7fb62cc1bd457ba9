"""Retention: every app names what it erases when its time has come (`CLOCKS` in the settings); one command runs all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of one clock. what: the app; erased: how many things; failed: the kind of error, "" for none."""

    what: str
    erased: int = 0
    failed: str = ""


def run_all() -> Iterator[Ran]:
    """Run each clock. One that fails keeps no other from running; running it again erases nothing twice."""
    for name in settings.CLOCKS:
        yield _run(name)


def _run(name: str) -> Ran:
    what = name.removeprefix("scherp.web.").partition(".")[0]
    try:
        return Ran(what, import_string(name)())
    except Exception as failed:  # noqa: BLE001  whatever it is, the next clock runs; its words may quote a row
        return Ran(what, failed=type(failed).__name__)
