"""What is new for one member: messages of their own talks and of those they read along with, and the board."""

from __future__ import annotations

import random
import time
import uuid
from hashlib import sha256
from operator import itemgetter
from string import hexdigits
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone

from scherp.texts import Language, spoken
from scherp.web.accounts.models import Member
from scherp.web.accounts.permissions import Permission
from scherp.web.desk import line_up, reading
from scherp.web.desk.actions import seen
from scherp.web.desk.board import answer_mark, board, name_in
from scherp.web.desk.line_up import wait_since
from scherp.web.desk.talk_page import standing
from scherp.web.desk.told import told
from scherp.web.stores import STAFF
from scherp.web.stores.quick import Question
from scherp.web.talks.found import talk_and_said, talk_with
from scherp.web.talks.live import EVERYTHING
from scherp.web.talks.models import QUEUE, ReadAlong, Talk, Writer, topic_of
from scherp.web.talks.stream import News, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest

    from scherp.web.desk.talk_page import Standing
    from scherp.web.talks.models import Message

_DIGEST_OF = frozenset(hexdigits.lower())
_MOST = 50  # talks in a place: a member has a handful
SOON, LATER, AT_LAST = 1.0, 60.0, 300.0
"""Seconds between two looks at how all stands: at least, when it may have changed; about, where it says since when; at
most."""


def topics(member: Member) -> list[str]:
    """Give the names of all news that this member may hear."""
    return [QUEUE, *(topic_of(talk) for talk in sorted(_heard(member)))]


def _heard(member: Member) -> set[uuid.UUID]:
    own = {talk.id for talk in line_up.own(member)} if member.may(Permission.READ_OWN_TALKS) else set()
    along = ReadAlong.objects.filter(supervisor=member.pk, until=None).values_list("talk_id", flat=True)
    return own | (set(along) if member.may(Permission.READ_ALONG) else set())


class Place(dict[uuid.UUID, int]):
    """How far a page is: the last message that it has of each talk, and how all stood then.

    As text it is `TALK:NUMBER,TALK:NUMBER,board:DIGEST`.
    """

    board = ""

    def __str__(self) -> str:
        """Give the place as text: the id of an event."""
        return ",".join([*(f"{talk.hex}:{number}" for talk, number in self.items()), f"board:{self.board}"])

    @classmethod
    def read(cls, text: str) -> Place:
        """Take a place out of text; what is not understood is left out, and so told again."""
        place = cls()
        for part in text.split(",")[:_MOST]:
            name, _, at = part.partition(":")
            if name == "board":
                place.board = at[:16] if set(at) <= _DIGEST_OF else ""
            elif at.isdecimal() and len(at) < 10 and (talk := _as_id(name)):
                place[talk] = int(at)
        return place


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _only(show: str | None) -> frozenset[uuid.UUID] | None:
    """Give the talks that a page shows: one, or none; None when it shows all."""
    if show is None:
        return None
    talk = _as_id(show)
    return frozenset({talk}) if talk else frozenset()


_SIGNED_IN = Question(
    STAFF,
    "SELECT {member} FROM accounts_member member JOIN accounts_session session ON session.member_id = member.id "
    "WHERE session.session_key = %s AND session.expire_date > %s AND member.is_active",
    member=Member,
)


class DeskNews:
    """Gives what is new since a place: what was said at once, how all stands only when that may have changed.

    Whose talk it is, whether the session holds and what its member may do is looked at each time.
    What was said is told of the talk that the page shows (`?show=TALK`), without that of all, at `?show=board` of none;
    and of none with `?words=no`: such a page shows what belongs to a talk, not what is said in it.
    It is over when the member hears of other talks than when it began: the page comes back, and hears of those.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._only = _only(request.GET.get("show"))
        self._words = request.GET.get("words") != "no"
        self._first: set[uuid.UUID] | None = None
        self._on_record: set[uuid.UUID] = set()
        self._shown_parts: dict[str, Any] = {}
        self._looked_at = 0.0
        self._look_at = 0.0
        self._mark_at = 0.0

    def __call__(self, text: str, rang: frozenset[str] = EVERYTHING) -> News:
        """Give what is new since a place, when there is news of these topics."""
        if rang & {QUEUE, *EVERYTHING} or (not self._words and self._is_of_the_page(rang)):
            self._look_within(SOON)
        if self._first is None or self._look_at <= time.monotonic():
            return self._all(Place.read(text))
        member = self._who()
        if member is None:
            return News([], over=True)
        place = Place.read(text)
        found = [*self._messages(member, self._first, place)] if self._is_of_the_page(rang) else []
        if any(isinstance(one.data, dict) and one.data.get("writer") == Writer.FIXED for one in found):
            self._look_within(SOON)  # whatever changes how a talk stands is said by a fixed text
        found += self._marks(member, self._first, rang, place)
        return News(found, again=max(0.0, min(self._look_at, self._mark_at) - time.monotonic()))

    def _marks(self, member: Member, own: set[uuid.UUID], rang: frozenset[str], place: Place) -> Iterator[Told]:
        """Tell who waits for an answer: at once where something was said, about once a minute in all talks."""
        now, language, all_of_them = timezone.now(), Language(member.language), self._mark_at <= time.monotonic()
        if all_of_them:
            self._mark_at = _in_about(LATER)
        if about := [talk for talk in own if all_of_them or topic_of(talk) in rang]:
            since = wait_since(about, for_=member)
            marks = {str(talk): answer_mark(since[talk], now, language) for talk in about}
            yield Told(str(place), "state", {"marks": marks})

    def _is_of_the_page(self, rang: frozenset[str]) -> bool:
        """Tell whether there may be news of a talk that the page shows."""
        return self._only is None or bool(rang & {*EVERYTHING, *map(topic_of, self._only)})

    def _look_within(self, seconds: float) -> None:
        self._look_at = min(self._look_at, self._looked_at + seconds)

    def _all(self, place: Place) -> News:
        self._looked_at = time.monotonic()
        self._mark_at, self._look_at = _in_about(LATER), _in_about(AT_LAST if self._only else LATER)
        member = self._who()
        if member is None:
            return News([], over=True)
        seen(by=member)
        heard = _heard(member)
        found = [*self._messages(member, heard, place), *self._state(member, place)]
        self._first = heard if self._first is None else self._first
        return News(found, over=heard != self._first, again=min(self._look_at, self._mark_at) - time.monotonic())

    def _who(self) -> Member | None:
        """Give who asks, if the session still holds and the queue is still theirs to see."""
        for (member,) in _SIGNED_IN(self._request.session.session_key or "", timezone.now()):
            return member if member.may(Permission.SEE_QUEUE) else None
        return None

    def _messages(self, member: Member, heard: set[uuid.UUID], place: Place) -> Iterator[Told]:
        for talk, new in self._shown(heard | set(place), place):
            if not (reading.is_own(talk, member) or reading.reads_along(talk, member)):
                yield self._gone(talk, member, place)
                continue
            for line in told(talk, new, young=name_in(talk, Language(member.language)) if new else ""):
                self._keep_on_record(talk, member)
                place[talk.id] = int(str(line["number"]))
                yield Told(str(place), "message", line)

    def _shown(self, talks: set[uuid.UUID], place: Place) -> list[tuple[Talk, list[Message]]]:
        """Give those of the talks that the page shows, each with what was said in it since, if the page shows that."""
        talks = talks if self._only is None else talks & self._only
        found = [self._looked_up(one, place) for one in talks]
        there = [(talk, new) for talk, new in found if talk]
        return sorted(there, key=lambda of: of[0].taken_at or of[0].opened_at)

    def _looked_up(self, talk_id: uuid.UUID, place: Place) -> tuple[Talk | None, list[Message]]:
        return talk_and_said(talk_id, after=place.get(talk_id, 0)) if self._words else (talk_with(talk_id), [])

    def _gone(self, talk: Talk, member: Member, place: Place) -> Told:
        """Tell that a talk is not this member's to see: handed over, erased, or never theirs, which is on record."""
        if self._first is None:
            reading.refused(talk.id, by=member)
        place.pop(talk.id, None)
        return Told(str(place), "state", {"gone": True, "talk": str(talk.id)})

    def _keep_on_record(self, talk: Talk, member: Member) -> None:
        if talk.id not in self._on_record:
            self._on_record.add(talk.id)
            reading.saw(talk, by=member, how="live")

    def _state(self, member: Member, place: Place) -> Iterator[Told]:
        """Tell how the board and the talk on the page stand, as parts of the page: those that changed."""
        language = Language(member.language)
        stands: dict[str, Any] = {"board": board(member, language), "talk": None}
        for one in set(place) & (self._only or set()):
            if talk := talk_with(one):
                stands["talk"] = standing(talk, member, language)
        if (digest := sha256(repr(list(stands.values())).encode()).hexdigest()[:16]) == place.board:
            return
        place.board = digest
        parts = _PARTS_OF_A_TALK if stands["talk"] else _PARTS_OF_THE_BOARD
        shown = {name: of(stands) for name, of in parts.items()}
        about = stands | {"standing": stands["talk"], "desk": spoken("desk", language), "user": member}
        before, self._shown_parts = self._shown_parts, shown
        changed = [name for name in shown if name not in before or shown[name] != before[name]]
        drawn = {name: render_to_string(f"desk/_{name}.html", about, self._request) for name in changed}
        yield Told(str(place), "state", {"parts": drawn} | (_stands(stands["talk"]) if stands["talk"] else {}))


def _in_about(seconds: float) -> float:
    """Give the moment about so far from now: not the same for all who began at once."""
    return time.monotonic() + seconds * random.uniform(0.75, 1.25)  # noqa: S311  no secret


def _stands(talk: Standing) -> dict[str, bool]:
    return {"open": talk.goes_on, "ended": not talk.goes_on, "sharing": talk.sharing}


_PARTS_OF_THE_BOARD: dict[str, Callable[[dict[str, Any]], Any]] = {"queue": itemgetter("board")}
_PARTS_OF_A_TALK: dict[str, Callable[[dict[str, Any]], Any]] = {
    "rail": itemgetter("board"),
    "status": lambda of: (of["talk"].goes_on, of["talk"].along, of["talk"].came_back, of["talk"].asked_whether_safe),
    "seat": lambda of: (of["talk"].seat, of["talk"].code),
    "transfer": lambda of: of["talk"].transfer,
    "sharing": lambda of: of["talk"].sharing,
}
"""The parts of a page, and what each shows of how all stands."""
