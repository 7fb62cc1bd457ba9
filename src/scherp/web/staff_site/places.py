"""Where a member can go: what stands in the menu, for who may enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from scherp.texts import Language, say
from scherp.web.accounts.permissions import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

PLACES: tuple[tuple[Permission, str], ...] = (
    (Permission.SEE_QUEUE, "desk"),
    (Permission.READ_CASES_OF_TEAM, "cases"),
    (Permission.APPROVE, "case-decisions"),
    (Permission.REVIEW_BREAK_GLASS, "case-to-review"),
    (Permission.MANAGE_MEMBERS, "members"),
    (Permission.READ_AUDIT, "events"),
)
"""What it takes to enter, and the name of the address; its words are `staff.places.NAME`."""


class Place(NamedTuple):
    """A place in the menu. here: this is the page that is shown."""

    address: str
    name: str
    here: bool


def places(request: HttpRequest, language: Language) -> list[Place]:
    """List the places that who is signed in may enter."""
    may: frozenset[Permission] = getattr(request.user, "permissions", frozenset())
    return [
        Place(address := reverse(name), say(f"staff.places.{name}", language), request.path.startswith(address))
        for permission, name in PLACES
        if permission in may
    ]
