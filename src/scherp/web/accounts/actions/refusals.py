"""What cannot be done to an account. `key`: its words, `staff.cannot.KEY`."""

from __future__ import annotations


class AccountsRefuse(Exception):
    """Something cannot be done to an account."""

    key = ""


class OwnAccount(AccountsRefuse):
    """Nobody changes their own roles, and nobody stops or resets themselves."""

    key = "own-account"


class RolesClash(AccountsRefuse):
    """An administrator or an auditor sees no content, and so has no other role."""

    key = "roles-clash"


class AlreadyThere(AccountsRefuse):
    """There is already a member with this address, or a team of this name."""

    key = "already-there"


class HasAnAdministrator(AccountsRefuse):
    """The first administrator is there; the others are added by them."""

    key = "has-an-administrator"
