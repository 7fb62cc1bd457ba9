"""A conversation that a young person shared, looked at with `check`: evidence beside the messages, for a professional.

The only part of the desk that knows the engine. It sees nothing but what was shared with consent, never the talk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.advice import Audience, words
from scherp.checking import explained, rank
from scherp.errors import ScherpError
from scherp.reading import Limits, open_bytes, open_paste
from scherp.reading.sources import from_bytes
from scherp.report.as_text import level_line
from scherp.report.view import View
from scherp.report.wording import harmless, when
from scherp.scoring.model import packaged_model
from scherp.signs.vocabulary import signs
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scherp.checking import Checked
    from scherp.reading.export import Export
    from scherp.report.explanation import Explanation

LIMITS = Limits(text=2_000_000, total=4_000_000, members=500)
_AROUND = 2  # messages shown before and after one with a sign

Documents = list[tuple[str, str]]


class CannotRead(Exception):
    """What was given is no chat that can be read. Holds the words for the counsellor."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign that somebody showed. agrees: what the counsellor thinks of it; None while nothing was said.

    first: the sign was not listed before, of another; it is judged once.
    """

    id: str
    what: str
    who: str
    times: int
    agrees: bool | None
    first: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the shared conversation, and what it shows. left_out: messages between this and the one before."""

    number: int
    who: str
    time: str
    text: str
    why: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Look:
    """What `check` says of one shared conversation. others: how many more conversations there are in what was given."""

    level: str
    explanation: Explanation
    steps: tuple[str, ...]
    signs: tuple[Sign, ...]
    lines: tuple[Line, ...]
    after: int
    names: tuple[str, ...]


def documents_in(name: str, data: bytes, language: Language) -> Documents:
    """Give the texts in a file, as they are to be kept. Raises CannotRead."""
    try:
        found = [(one.name, one.text) for one in from_bytes(name, data, LIMITS).documents]
    except ScherpError as wrong:
        raise CannotRead(wrong.say(language)) from wrong
    return _readable(found, language)


def documents_pasted(text: str, language: Language) -> Documents:
    """Give what was pasted, as it is to be kept. Raises CannotRead."""
    return _readable([("", text)], language)


def _readable(documents: Documents, language: Language) -> Documents:
    _checked(documents, _view(language))
    return documents


def look(
    kept: str, language: Language, *, which: int = 0, with_names: bool = False, judged: Mapping[str, bool] | None = None
) -> Look:
    """Check what was kept, and explain one conversation in it: `which`, the one to look at first being 0.

    Raises CannotRead.
    """
    view = _view(language, names=with_names)
    checked = _checked([(name, text) for name, text in json.loads(kept)], view)
    one = checked[which if which in range(len(checked)) else 0]
    explanation = explained(one, view)
    lines = tuple(_lines(one, explanation, view))
    return Look(
        level=level_line(explanation),
        explanation=explanation,
        steps=tuple(words(key, language) for key in explanation.advice.do_now),
        signs=_signs(one, explanation, judged or {}),
        lines=lines,
        after=len(one.conversation.messages) - (lines[-1].number if lines else 0),
        names=tuple(harmless(other.conversation.name) for other in checked),
    )


def signs_in(kept: str) -> frozenset[str]:
    """Give every sign in what was kept. Raises CannotRead."""
    checked = _checked([(name, text) for name, text in json.loads(kept)], _view(Language.NL))
    return frozenset(item.sign for one in checked for item in one.scored.evidence)


def weight_of(sign: str) -> int | None:
    """Give what a sign weighs in this version: thousandths of a log-odds unit; None for one that is no more."""
    known = packaged_model().sign(sign)
    return known.strength if known else None


def _view(language: Language, *, names: bool = False) -> View:
    return View(Audience.PROFESSIONAL, language, names=names)


def _checked(documents: Documents, view: View) -> Sequence[Checked]:
    try:
        exports = [export for name, text in documents for export in _opened(name, text)]
        found = rank(exports, view).shown
    except ScherpError as wrong:
        raise CannotRead(wrong.say(view.language)) from wrong
    return found


def _opened(name: str, text: str) -> list[Export]:
    return open_bytes(name, text.encode(), limits=LIMITS) if name else open_paste(text, limits=LIMITS)


def _signs(checked: Checked, explanation: Explanation, judged: Mapping[str, bool]) -> tuple[Sign, ...]:
    language = explanation.view.language
    seen: dict[tuple[str, str], list[int]] = {}
    for item in explanation.seen.evidence:
        who = explanation.view.label(item.speaker, checked.conversation)
        seen.setdefault((item.sign, who), []).append(item.strength)
    weightiest = sorted(seen.items(), key=lambda found: -sum(found[1]))
    first = dict(reversed([found for found, _strengths in weightiest]))
    return tuple(
        Sign(sign, signs()[sign].what[language], who, len(strengths), judged.get(sign), first[sign] == who)
        for (sign, who), strengths in weightiest
    )


def _lines(checked: Checked, explanation: Explanation, view: View) -> Iterator[Line]:
    """Give the messages with something in them, and a few around each."""
    why = _why(explanation)
    shown = {number + by for number in why for by in range(-_AROUND, _AROUND + 1)}
    before = 0
    for place, message in enumerate(checked.conversation.messages):
        if message.number in shown:
            who = view.label(message.author, checked.conversation)
            text = harmless(message.text)
            yield Line(place + 1, who, when(message.time), text, why.get(message.number, ()), place - before)
            before = place + 1


def _why(explanation: Explanation) -> dict[int, tuple[str, ...]]:
    """Give what each message shows, by number: its signs, and what the report says of those whose words weigh most."""
    language = explanation.view.language
    found: dict[int, dict[str, None]] = {}
    for item in explanation.seen.evidence:
        found.setdefault(item.message, {})[signs()[item.sign].what[language]] = None
    for quote in explanation.quotes:
        found.setdefault(quote.number - 1, {}).update(dict.fromkeys(quote.why))
    return {number: tuple(why) for number, why in found.items()}
