"""What is new in a talk for the young person, since the place where they are."""

from __future__ import annotations

import hashlib
import json
from string import hexdigits
from typing import TYPE_CHECKING, NamedTuple, Self

from scherp.web.helpchat.seats import seat_and_said
from scherp.web.talks.found import said
from scherp.web.talks.live import EVERYTHING
from scherp.web.talks.models import ReadAlong, State, Transfer, Writer
from scherp.web.talks.stream import News, Told
from scherp.web.talks.telling import as_told

if TYPE_CHECKING:
    from scherp.texts import Language
    from scherp.web.talks.models import Message, Seat, Talk

GONE = {"gone": True, "over": True}


_DIGEST_OF = frozenset(hexdigits.lower())


class Place(NamedTuple):
    """How far a page is: from which message it may see, the last that it saw, and how the talk stood then."""

    shows_from: int = 1
    number: int = 0
    state: str = ""

    def __str__(self) -> str:
        return f"{self.shows_from}.{self.number}.{self.state}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Take a place out of text; the very beginning when it is none."""
        shows_from, _, rest = text.partition(".")
        number, _, state = rest.partition(".")
        plain = shows_from.isdecimal() and number.isdecimal() and set(state) <= _DIGEST_OF
        if plain and len(text) < 60:
            return cls(int(shows_from), int(number), state)
        return cls()


def state_of(talk: Talk) -> dict[str, object]:
    """Give how a talk stands, for the parts of the page that come and go."""
    asked = Transfer.objects.filter(talk=talk, over_at=None, young_agrees=None).first()
    along = ReadAlong.objects.filter(talk=talk, until=None).order_by("since").values_list("name", flat=True)
    return {
        "later": talk.state == State.LATER,
        "waiting": talk.state == State.WAITING,
        "with": talk.counsellor_name if talk.state == State.TALKING else "",
        "transfer": asked.taker_name if asked else "",
        "along": ", ".join(along),
        "share_asked": bool(talk.share_asked_at),
        "sharing": bool(talk.shared_consent_at),
        "open": talk.goes_on,
        "over": not talk.goes_on,
    }


def visible(seat: Seat) -> list[Message]:
    """Give the messages that a seat may see."""
    return said(seat.talk, after=seat.shows_from - 1)


def here(seat: Seat, messages: list[Message], state: dict[str, object]) -> Place:
    """Give the place of who has seen all this."""
    return Place(seat.shows_from, messages[-1].number if messages else 0, _digest(state))


def news_for(seat_hash: str, language: Language, after: str, _rang: frozenset[str] = EVERYTHING) -> News:
    """Give what a seat has not seen yet, in order; over when the seat is gone or nothing can be said any more."""
    place = Place.read(after)
    seat, messages = seat_and_said(seat_hash, after=place.number)
    if seat is None:
        return News([Told(str(place), "state", GONE)], over=True)
    if place.shows_from != seat.shows_from:  # what was said before may be seen now
        place, messages = Place(seat.shows_from, 0, place.state), visible(seat)
    told = []
    for message in messages:
        fixed = message.writer == Writer.FIXED  # whatever changes how a talk stands is said by one: then look anew
        place = place._replace(number=message.number, state="" if fixed else place.state)
        told.append(Told(str(place), "message", as_told(message, language)))
    if messages and place.state:
        return News(told)
    state = state_of(seat.talk)
    if place.state != _digest(state):
        told.append(Told(str(place._replace(state=_digest(state))), "state", state))
    return News(told, over=bool(state["over"]))


def _digest(state: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:12]
