"""Which passwords are too easy to guess: by estimate, for a list of long ones that many use does not exist."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from scherp.texts import say
from scherp.web.accounts.adapters import language

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member

ENOUGH = 4
"""Ten thousand million guesses or more: the highest mark of the estimate (Wheeler, USENIX Security 2016)."""
_LOOKED_AT = 72
"""Characters: the estimate looks at no more, so that a long one cannot keep the server busy."""


class NotEasilyGuessed:
    """Refuses what a guesser tries first: common passwords, words of this work, dates, patterns of keys, repeats."""

    def validate(self, password: str, user: Member | None = None) -> None:
        """Refuse a password that is guessed too soon. Raises ValidationError."""
        # Each word also capitalised or with digits for letters; numbers around it are no hindrance to a guesser.
        estimate = zxcvbn(password[:_LOOKED_AT], user_inputs=[*listed(), *_own(user)])
        if estimate["score"] < ENOUGH:
            raise ValidationError(self.get_help_text(), code="password_too_easily_guessed")

    def get_help_text(self) -> str:
        """Give what to choose instead."""
        return say("staff.cannot.password_too_easily_guessed", language())


@cache
def listed() -> tuple[str, ...]:
    """Give the words of `passwords.toml`."""
    lists = tomllib.loads((Path(__file__).parent / "passwords.toml").read_text(encoding="utf-8"))
    return tuple(word for words in lists.values() for word in words)


def _own(user: Member | None) -> list[str]:
    known = [settings.ORGANISATION, *([user.email, user.name, user.known_as] if user else [])]
    return [word for text in known for word in re.findall(r"\w{3,}", text.casefold())]
