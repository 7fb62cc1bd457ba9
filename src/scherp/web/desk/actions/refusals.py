"""Why the desk refuses. `key` is the entry of `texts/desk.toml`, table `refused`, that a counsellor reads."""

from __future__ import annotations

from typing import ClassVar


class DeskRefuses(Exception):
    """What was asked cannot be done now."""

    key: ClassVar[str] = "otherwise"


class OnBreak(DeskRefuses):
    """Who is on a break takes no talks."""

    key = "on_break"


class Full(DeskRefuses):
    """As many talks as this member has set for themselves."""

    key = "full"


class NeedsReason(DeskRefuses):
    """No reason was given, or one that is too long."""

    key = "needs_reason"


class NeedsWords(DeskRefuses):
    """There is nothing in it, or too much."""

    key = "needs_words"


class NoConsent(DeskRefuses):
    """The young person has not agreed, or agrees no longer."""

    key = "no_consent"


class CannotBlock(DeskRefuses):
    """Where the talk came from is not kept any more, so there is nothing to block."""

    key = "cannot_block"
