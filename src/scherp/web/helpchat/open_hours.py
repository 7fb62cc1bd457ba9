"""Whether somebody can be talked with now, and if not, who can be called and when the line opens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from scherp.advice import Audience, Country, lines, open_in_words, open_now
from scherp.texts import Language, say
from scherp.web.talks.line import DAYS, line
from scherp.web.talks.models import State, Talk

if TYPE_CHECKING:
    from datetime import datetime


class Now(StrEnum):
    """Whether a talk can begin now."""

    OPEN = "open"
    CLOSED = "closed"
    FULL = "full"


class Number(NamedTuple):
    """A number to call, as the page shows it. dialled: without what only helps to read it."""

    name: str
    for_whom: str
    phone: str
    dialled: str
    open_now: str


def how_it_is_now() -> Now:
    """Tell whether the line is open, closed, or has as many waiting as it may."""
    if not line().is_open(timezone.now()):
        return Now.CLOSED
    waiting = Talk.objects.filter(state=State.WAITING).count()
    return Now.FULL if waiting >= line().waiting_at_most else Now.OPEN


def opens_in_words(language: Language) -> str:
    """Say when the line opens next: today, tomorrow, or on which day; "" when that is not known."""
    now = timezone.now()
    stretch = line().opens_next(now)
    return _moment(stretch.begin, now, language) if stretch else ""


def numbers(language: Language) -> list[Number]:
    """Give who a young person can call, first who is open now, then who may be."""
    clock = timezone.now()
    ours = [one for one in lines().values() if one.phone and Audience.YOUNG_PERSON in one.audiences]
    ours.sort(key=lambda one: ({True: 0, None: 1, False: 2}[open_now(one, clock)], Country.NL not in one.countries))
    return [
        Number(
            one.name[language],
            one.for_whom[language],
            str(one.phone),
            str(one.phone).replace("-", ""),
            open_in_words(one, clock, language),
        )
        for one in ours
    ]


def _moment(begin: datetime, now: datetime, language: Language) -> str:
    begin, now = begin.astimezone(line().zone), now.astimezone(line().zone)
    away = (begin.date() - now.date()).days
    clock = f"{begin.hour}:{begin.minute:02}"
    if away < 2:
        return say(f"helpchat.opens.{('today', 'tomorrow')[away]}", language, clock=clock)
    day, date = say(f"helpchat.opens.{DAYS[begin.weekday()]}", language), f"{begin.day}-{begin.month}"
    key = "helpchat.opens.on" if away < 7 else "helpchat.opens.on_date"
    return say(key, language, day=day, clock=clock, date=date)
