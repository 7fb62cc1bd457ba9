"""The members of staff of the journeys, all invented; run in a process of the staff's site to make their accounts.

Each has a password, and an authenticator app whose code a test works out as the app would.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field

PASSWORD = "drie rode stoelen buiten"  # noqa: S105  of invented people
PERIOD = 30  # seconds, RFC 6238


@dataclass
class Colleague:
    """Somebody at work. team: "" for none. used: the steps of time whose code was used; each works once."""

    name: str
    roles: tuple[str, ...]
    team: str = ""
    used: set[int] = field(default_factory=set)

    @property
    def email(self):
        return f"{self.name.lower()}@scherp.example"

    @property
    def secret(self):
        return base64.b32encode(hashlib.sha1(self.name.encode(), usedforsecurity=False).digest()).decode()

    def code(self):
        """A code that the site takes: of now, or of the step before or after when that one was used (RFC 4226)."""
        now = int(time.time()) // PERIOD
        while not (left := [step for step in (now, now + 1, now - 1) if step not in self.used]):
            time.sleep(1)
            now = int(time.time()) // PERIOD
        self.used.add(left[0])
        told = hmac.digest(base64.b32decode(self.secret), left[0].to_bytes(8, "big"), "sha1")
        at = told[-1] & 15
        return f"{(int.from_bytes(told[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def everybody():
    """As in tests/staff/conftest.py; Mila has no account yet, and Jip is for what locks somebody out."""
    north, south = "Team Noord", "Team Zuid"
    people = [
        Colleague("Fenna", ("counsellor",), north),
        Colleague("Bram", ("counsellor",), north),
        Colleague("Noor", ("counsellor",), south),
        Colleague("Jip", ("counsellor",), south),
        Colleague("Soraya", ("supervisor",), north),
        Colleague("Kees", ("case-manager",), north),
        Colleague("Omar", ("outreach-worker",), north),
        Colleague("Yara", ("analyst",)),
        Colleague("Ans", ("administrator",)),
        Colleague("Otto", ("auditor",)),
    ]
    return {one.name.lower(): one for one in people}


def make():
    """Make their accounts, as if each had signed in before."""
    import django

    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP

    from scherp.web.accounts.models import Member, Team

    for one in everybody().values():
        team = Team.objects.get_or_create(name=one.team)[0] if one.team else None
        member = Member(email=one.email, name=one.name, known_as=one.name, roles=list(one.roles), team=team)
        member.set_password(PASSWORD)
        member.save()
        TOTP.activate(member, one.secret)


if __name__ == "__main__":
    make()
