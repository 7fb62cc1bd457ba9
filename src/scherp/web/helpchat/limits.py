"""How often something may be done from one address in an hour. Reading advice and numbers is never limited."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scherp.web.audit.recording import Actor, record_in
from scherp.web.helpchat.actions import count, counted
from scherp.web.helpchat.address import address_hash
from scherp.web.stores import LINE
from scherp.web.talks.events import Happened

if TYPE_CHECKING:
    from django.http import HttpRequest


class Limited(StrEnum):
    """What may be done only so often."""

    OPEN = "open"
    CODE = "code"


class Refused(StrEnum):
    """Why a visitor was refused something."""

    FOREIGN_FORM = "foreign-form"
    NO_SEAT = "no-seat"
    BLOCKED = "blocked"
    TOO_MANY = "too-many"
    WRONG_CODE = "wrong-code"


VISITOR = Actor("system", "visitor")
"""Somebody at the door: who, nobody knows."""

# A school or a shelter is one address: with the work done, a whole class may ask for help within the hour.
WITH_WORK = {Limited.OPEN: 30, Limited.CODE: 12}
WITHOUT = {Limited.OPEN: 4, Limited.CODE: 4}
WRONG_CODES = 300
"""Wrong codes from everywhere in an hour; beyond that, only who did the work may try one."""
_ON_RECORD = frozenset(10**digits for digits in range(8))
MESSAGES_A_MINUTE = 30
"""More than anybody types."""


def allows(request: HttpRequest, what: Limited, *, worked: bool) -> bool:
    """Count one more from this address, and tell whether that is within the limit."""
    most, name = (WITH_WORK[what], what.value) if worked else (WITHOUT[what], f"{what}-unworked")
    return count(what=name, who=address_hash(request)) <= most


def refused(why: Refused) -> None:
    """Count a refusal, and put on record the first of an hour, and then each tenfold: 10, 100, 1000.

    Of whom is not kept, for nobody knows; and who goes on and on fills no record.
    """
    times = count(what=why.value)
    if times in _ON_RECORD:
        record_in(LINE, Happened.REFUSED, by=VISITOR, why=why.value, times_this_hour=times)


def many_wrong_codes() -> bool:
    """Tell whether so many wrong codes came in this hour that somebody seems to be guessing."""
    return counted(what=Refused.WRONG_CODE) > WRONG_CODES
