"""Four questions, then two or three steps and who to call: the same advice that a report gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.advice import Advice, Audience, Country, Situation, words
from scherp.advice import what_now as advise
from scherp.conversation import Level
from scherp.web.guidance.questions import Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scherp.advice.what_now import TextKey
    from scherp.texts import Language

MOST_STEPS = 3

_ARE_YOU_SAFE = "advice.young-person.safe_now"  # not asked again of who just said so

_HAPPENS: dict[str, frozenset[Situation]] = {
    "threatened": frozenset({Situation.THREATENED, Situation.IMAGE_SHARED_OR_ASKED}),
    "image": frozenset({Situation.IMAGE_SHARED_OR_ASKED}),
    "online": frozenset({Situation.IMAGE_SHARED_OR_ASKED}),
    "meeting": frozenset({Situation.MEETING_PLANNED}),
    "money": frozenset({Situation.THIRD_PARTY_OR_EXPLOITATION}),
    "death": frozenset({Situation.SELF_HARM}),
    "else": frozenset(),
}
_READ_ON = {
    Audience.YOUNG_PERSON: {
        "threatened": "stap-voor-stap",
        "online": "wat-online-staat",
        "meeting": "plannen",
        "money": "bijverdienen",
        "death": "even-kletsen",
    },
    Audience.PARENT: {"threatened": "rustig-aan", "else": "samen-praten"},
    Audience.PROFESSIONAL: {},
}
_ELSEWHERE = {Audience.YOUNG_PERSON: "is-dit-oke", Audience.PARENT: "eerste-uur", Audience.PROFESSIONAL: "wie-wanneer"}

_ABOUT_A_FRIEND = {Audience.YOUNG_PERSON: ("voor-een-vriend",)}

QUESTIONS = (
    Question("danger", ("yes", "no")),
    Question("who", tuple(map(str, Audience))),
    Question("what", tuple(_HAPPENS)),
    Question("country", tuple(map(str, Country))),
)
"""Danger first: whoever is in it should not have to answer anything else."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the answers lead to. steps: sentences, at most three. read: the slugs of the pages to read on."""

    first: tuple[str, ...]
    steps: tuple[str, ...]
    advice: Advice
    read: tuple[str, ...]


def found(answers: Mapping[str, str], language: Language) -> Found:
    """Give the steps for four answers."""
    audience, what = Audience(answers["who"]), answers["what"]
    danger = answers["danger"] == "yes"
    level = Level.URGENT if danger else Level.CONCERN if _HAPPENS[what] else Level.ATTEND
    advice = advise(level, audience, _HAPPENS[what], Country(answers["country"]))
    return Found(
        first=tuple(words(key, language) for key in advice.first_words if danger or key != _ARE_YOU_SAFE),
        steps=tuple(words(key, language) for key in _fitting(advice.do_now, what)[:MOST_STEPS]),
        advice=advice,
        read=(_READ_ON[audience].get(what, _ELSEWHERE[audience]), *_ABOUT_A_FRIEND.get(audience, ())),
    )


def _fitting(keys: Sequence[TextKey], what: str) -> list[TextKey]:
    """Leave out what would sound like blame: whose photo already goes round is not told that one may say no."""
    return [key for key in keys if not (what == "online" and key.endswith(".may_say_no"))]
