"""What the page of one talk shows, in words, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from scherp.texts import Language, say
from scherp.web.accounts.permissions import Permission
from scherp.web.desk import line_up
from scherp.web.desk.board import minutes, name_in
from scherp.web.desk.models import Note
from scherp.web.desk.told import told
from scherp.web.talks.found import said
from scherp.web.talks.models import ReadAlong, State, Talk, Transfer

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from scherp.web.accounts.models import Member


class Asked(NamedTuple):
    """A colleague who is asked to take over. young_agrees: None while the young person has not answered."""

    taker_name: str
    young_agrees: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a talk stands: whatever of its page changes by itself. about: what was told before the talk."""

    id: uuid.UUID
    goes_on: bool
    about: tuple[str, ...]
    seat: str
    code: str
    came_back: bool
    asked_whether_safe: bool
    transfer: Asked | None
    colleagues: Callable[[], tuple[Member, ...]] = field(repr=False, compare=False)
    along: tuple[str, ...]
    sharing: bool
    may_check: bool


@dataclass(frozen=True, slots=True)
class TalkPage:
    """One talk, for its counsellor or for a supervisor who reads along. place: where its stream goes on from."""

    id: uuid.UUID
    name: str
    language: str
    lines: list[dict[str, object]]
    place: str
    notes: list[Note]
    may_block: bool
    standing: Standing


def talk_page(talk: Talk, member: Member, language: Language) -> TalkPage:
    """Give what the page of a talk shows."""
    name = name_in(talk, language)
    lines = told(talk, said(talk), young=name)
    return TalkPage(
        id=talk.id,
        name=name,
        language=talk.language,
        lines=lines,
        place=f"{talk.id.hex}:{lines[-1]['number'] if lines else 0}",
        notes=list(Note.objects.filter(folder=talk.id).select_related("by", "folder__key")),
        may_block=member.may(Permission.BLOCK_VISITOR) and bool(talk.from_hash),
        standing=standing(talk, member, language),
    )


def standing(talk: Talk, member: Member, language: Language) -> Standing:
    """Give how a talk stands now."""
    newest = {message.said: message.number for message in talk.messages.filter(said__in=_OF_A_RETURN)}
    back = newest.get("came-back", 0)
    return Standing(
        id=talk.id,
        goes_on=talk.state == State.TALKING,
        about=(*_opening(talk, language), *_waited(talk, language)),
        seat=_seat(talk, language),
        code=_code(talk, language),
        came_back=back > newest.get("earlier-shown", 0),
        asked_whether_safe=newest.get("is-it-safe", 0) > back,
        transfer=_transfer(talk),
        colleagues=cache(lambda: tuple(line_up.colleagues(member)) if talk.counsellor == member.pk else ()),
        along=tuple(ReadAlong.objects.filter(talk=talk, until=None).values_list("name", flat=True)),
        sharing=talk.shared_consent_at is not None,
        may_check=member.may(Permission.CHECK_SHARED_CHAT),
    )


def _transfer(talk: Talk) -> Asked | None:
    asked = Transfer.objects.filter(talk=talk, over_at=None).values_list(*Asked._fields).first()
    return Asked(*asked) if asked else None


_OF_A_RETURN = ("came-back", "is-it-safe", "earlier-shown")


def _opening(talk: Talk, language: Language) -> tuple[str, ...]:
    told_before = talk.opening
    age = say(f"desk.age.{told_before.age}", language) if told_before.age else say("desk.age.none", language)
    return (age, *(say(f"desk.tick.{tick}", language) for tick in sorted(told_before.ticks)))


def _waited(talk: Talk, language: Language) -> tuple[str, ...]:
    if talk.taken_at is None:
        return ()
    waited = minutes(talk.taken_at - talk.waiting_since, language)
    return (say("desk.talk.waited", language, time=waited),)


def _seat(talk: Talk, language: Language) -> str:
    here = talk.id not in line_up.left([talk])
    return say("desk.talk.here" if here else "desk.talk.has_left", language)


def _code(talk: Talk, language: Language) -> str:
    """Say whether somebody can come back to this talk, and until when."""
    if not talk.return_hash or talk.return_until is None:
        return say("desk.talk.no_code", language)
    day = timezone.localtime(talk.return_until)
    return say("desk.talk.has_code", language, day=f"{day.day}-{day.month}-{day.year}")
