"""The account that makes the others."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from scherp.web.accounts import actions
from scherp.web.stores.terminal import Spoken


class Command(Spoken):
    """Ask who the first administrator is, and give their one-time password. Once only."""

    help = "Make the first administrator: asks for a name and an address, and shows a one-time password, once."

    def handle(self, *_args: str, **_options: Any) -> None:
        """Ask, make, show."""
        name, email = input(self.words("first.name")).strip(), input(self.words("first.email")).strip()
        try:
            validate_email(email)
            member, password = actions.first_administrator(name=name or email, email=email)
        except ValidationError as wrong:
            raise self.refusal("first.no_address") from wrong
        except actions.AccountsRefuse as refused:
            raise self.refusal(f"first.{refused.key}") from refused
        self.tell("first.made", name=member.name, email=member.email)
        self.stdout.write(password)
