"""The account that makes the others."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from scherp.web.accounts import actions


class Command(BaseCommand):
    """Ask who the first administrator is, and give their one-time password. Once only."""

    help = "Make the first administrator: asks for a name and an address, and shows a one-time password, once."

    def handle(self, *_args: str, **_options: Any) -> None:
        """Ask, make, show."""
        name, email = input("Name: ").strip(), input("E-mail address: ").strip()
        try:
            validate_email(email)
            member, password = actions.first_administrator(name=name or email, email=email)
        except ValidationError as wrong:
            raise CommandError("That is no e-mail address. Nothing was made; try again.") from wrong
        except actions.HasAnAdministrator as refused:
            raise CommandError("There is an administrator already; they add whoever comes next.") from refused
        except actions.AlreadyThere as refused:
            raise CommandError("There is a member with that address already.") from refused
        self.stdout.write(f"{member.name} signs in with {member.email} and this password, once, within three days:")
        self.stdout.write(password)
