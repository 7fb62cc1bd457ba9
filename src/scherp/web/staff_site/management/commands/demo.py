"""People and talks to try the sites with, on one's own machine."""

from __future__ import annotations

import time
import tomllib
import uuid
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from scherp.texts import Language
from scherp.web.accounts.models import Member, Team
from scherp.web.surroundings import LOCAL
from scherp.web.talks import actions
from scherp.web.talks.models import State, Talk
from scherp.web.talks.opening import AgeBand, Opening, Tick

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

_PERIOD = 30  # seconds for which a code holds (RFC 6238)


class Command(BaseCommand):
    """Make invented members and talks that wait, or tell the code of the second factor."""

    help = "Invented people and talks, to try the sites with on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("what", nargs="?", default="fill", choices=("fill", "code"))

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it, on a machine of one's own only: everybody can read this password."""
        if not LOCAL:
            raise CommandError("Only with SCHERP_LOCAL=1: everybody knows these people's password.")
        said = tomllib.loads((files("scherp.web.staff_site") / "demo.toml").read_text(encoding="utf-8"))
        if options["what"] == "code":
            self.stdout.write(format_hotp_value(hotp_value(said["second_factor"], int(time.time()) // _PERIOD)))
            return
        for one in said["members"]:
            _member(one, said)
        if not Talk.objects.filter(state=State.WAITING).exists():
            for one in said["talks"]:
                _talk(one)
        self.stdout.write(_told(said))


def _member(one: dict[str, Any], said: dict[str, Any]) -> None:
    team = Team.objects.get_or_create(name=one["team"])[0] if "team" in one else None
    rest = {"name": one["name"], "known_as": one["known_as"], "team": team, "roles": one["roles"]}
    member, made = Member.objects.get_or_create(email=one["email"], defaults=rest)
    if made:
        member.set_password(said["password"])
        member.save()
    if not Authenticator.objects.filter(user=member).exists():
        TOTP.activate(member, said["second_factor"])


def _talk(one: dict[str, Any]) -> None:
    age = AgeBand(one["age"]) if "age" in one else None
    opening = Opening(one.get("nickname", ""), age, frozenset(Tick(tick) for tick in one["ticks"]))
    talk, _ = actions.open_talk(language=Language(one["language"]), opening=opening)
    for words in one["said"]:
        actions.say(talk=talk, words=words, key=uuid.uuid4())
    since = timezone.now() - timedelta(minutes=one["waits"])
    Talk.objects.filter(pk=talk.pk).update(opened_at=since, waiting_since=since)


def _told(said: dict[str, Any]) -> str:
    people = [f"  {one['email']:<22}{', '.join(one['roles'])}" for one in said["members"]]
    lead = f"Sign in with the password {said['password']}, and the six digits that `make code` tells, as:"
    return "\n".join([lead, *people])
