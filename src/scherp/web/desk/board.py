"""What the board shows: who waits and why, one's own talks, what asks for attention. In words, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from scherp.texts import Language, say
from scherp.web.accounts.permissions import Permission
from scherp.web.cases.models import ClosingForm
from scherp.web.desk import line_up
from scherp.web.talks.line import line
from scherp.web.talks.models import State

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from scherp.web.accounts.models import Member
    from scherp.web.desk.queue import Placed
    from scherp.web.talks.models import Talk

CLOSES_SOON = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who waits. why: the reasons for their place. first: next to be taken. can_return: has the four words."""

    talk: uuid.UUID
    why: tuple[str, ...]
    waits: str
    language: str
    first: bool
    has_left: bool
    can_return: bool


@dataclass(frozen=True, slots=True)
class Later:
    """A message left for when the line opens: since when, and the reasons that its ticks would give."""

    talk: uuid.UUID
    why: tuple[str, ...]
    since: str
    language: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One of one's own talks. answer: since when somebody waits for an answer, in words; "" when nobody does."""

    talk: uuid.UUID
    name: str
    begun: str
    answer: str


@dataclass(frozen=True, slots=True)
class Over:
    """One of one's own talks that ended lately. name: "" once it is erased. done: the form after it is filled in."""

    talk: uuid.UUID
    name: str
    ended: str
    done: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A talk that a colleague wants to hand over; the young person agrees."""

    transfer: uuid.UUID
    giver: str
    why: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board, for one member."""

    rows: tuple[Row, ...]
    later: tuple[Later, ...]
    mine: tuple[Mine, ...]
    over: tuple[Over, ...]
    offers: tuple[Offer, ...]
    at_most: int
    on_break: bool
    may_take: bool
    full: bool
    hours: str | None


def board(member: Member, language: Language) -> Board:
    """Give the board as it is now."""
    now = timezone.now()
    own = line_up.own(member)
    since = line_up.wait_since([talk.id for talk in own], for_=member)
    return Board(
        rows=_rows(now, language),
        later=tuple(_later(talk, now, language) for talk in line_up.left_for_later()),
        mine=tuple(mine(talk, since[talk.id], now, language) for talk in own),
        over=_over(member, language),
        offers=_offers(member, language),
        at_most=member.talks_at_once,
        on_break=member.on_break,
        may_take=member.may(Permission.TAKE_TALKS),
        full=len(own) >= member.talks_at_once,
        hours=_hours(now, language),
    )


def mine(talk: Talk, since: datetime | None, now: datetime, language: Language) -> Mine:
    """Say how one of one's own talks stands. since: when somebody in it began to wait for an answer."""
    return Mine(
        talk=talk.id,
        name=name_in(talk, language),
        begun=minutes(now - talk.taken_at, language) if talk.taken_at else "",
        answer=answer_mark(since, now, language),
    )


def answer_mark(since: datetime | None, now: datetime, language: Language) -> str:
    """Say since when somebody waits for an answer; "" when nobody does."""
    return f"{say('desk.board.answer', language)} {minutes(now - since, language)}" if since else ""


def name_in(talk: Talk, language: Language) -> str:
    """Give the nickname that somebody chose; for who chose none, when they came, so that two are told apart."""
    came = f"{timezone.localtime(talk.opened_at):%H:%M}"
    return talk.opening.nickname or say("desk.talk.no_name", language, clock=came)


def reasons(talk: Talk, language: Language) -> tuple[str, ...]:
    """Say by which rules a talk has its place."""
    return tuple(rule.reason[language] for rule in line_up.why(talk))


def minutes(length: timedelta, language: Language) -> str:
    """Say how long, in whole minutes; in hours once it is long."""
    whole = max(0, round(length.total_seconds() / 60))
    if whole < 1:
        return say("desk.time.now", language)
    if whole < 120:
        return say("desk.time.minutes", language, count=whole)
    return say("desk.time.hours", language, count=whole // 60)


def _rows(now: datetime, language: Language) -> tuple[Row, ...]:
    talks = line_up.waiting()
    by_id, gone = {talk.id: talk for talk in talks}, line_up.left(talks)
    return tuple(
        Row(
            talk=placed.waiting.talk,
            why=_why(placed, language),
            waits=minutes(now - placed.waiting.since, language),
            language=by_id[placed.waiting.talk].language,
            first=not place,
            has_left=placed.waiting.talk in gone,
            can_return=bool(by_id[placed.waiting.talk].return_hash),
        )
        for place, placed in enumerate(line_up.in_order(talks))
    )


def _later(talk: Talk, now: datetime, language: Language) -> Later:
    return Later(talk.id, reasons(talk, language), minutes(now - talk.opened_at, language), talk.language)


def _why(placed: Placed, language: Language) -> tuple[str, ...]:
    said = [rule.reason[language] for rule in placed.why]
    return (*said, say("desk.board.moved_up", language)) if placed.moved_up else tuple(said)


def _over(member: Member, language: Language) -> tuple[Over, ...]:
    ended = line_up.ended_lately(member)
    filled = ClosingForm.objects.filter(talk__in=[talk.pk for talk in ended]).values_list("talk", flat=True)
    done = set(filled) if ended else set()
    return tuple(
        Over(
            talk=talk.id,
            name=name_in(talk, language) if talk.state == State.ENDED else "",
            ended=f"{timezone.localtime(talk.ended_at):%H:%M}",
            done=talk.id in done,
        )
        for talk in ended
    )


def _offers(member: Member, language: Language) -> tuple[Offer, ...]:
    return tuple(
        Offer(one.id, one.talk.counsellor_name, reasons(one.talk, language), one.talk.language)
        for one in line_up.offered_to(member)
    )


def _hours(now: datetime, language: Language) -> str | None:
    """Say that the line is closed, or closes soon."""
    closes = line().closes(now)
    if closes is None:
        return say("desk.board.closed", language)
    if closes - now > CLOSES_SOON:
        return None
    clock = closes.astimezone(line().zone).strftime("%H:%M")
    return say("desk.board.closes", language, clock=clock, minutes=minutes(closes - now, language))
