"""Who may see what of a conversation: decided once, before anything is drawn.

A parent sees the other person's messages only, and only once `--child` says who the child is; never what the
child wrote or feels, never anything about orientation, never talk with a helper. See `docs/threat-model.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scherp.advice import Audience, Country
from scherp.errors import NoSuchSpeaker, NotPermitted
from scherp.signs.vocabulary import Group, signs
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.conversation import Conversation, Evidence, Speaker

_NEVER_TO_PARENTS = frozenset({Group.OTHER_SIDE})
_TALK_WITH_A_HELPER = "care_context"
_SAID_OTHERWISE = {"outing_threat": "threat_to_share"}


@dataclass(frozen=True, slots=True)
class View:
    """How one reader sees a conversation.

    child: who the child is, when a parent said so.
    names: whether real names are shown (on a page: only to a professional who asks).
    """

    audience: Audience
    language: Language
    child: Speaker | None = None
    names: bool = True
    country: Country = Country.NL

    @property
    def limited(self) -> bool:
        """Whether this is a parent's view."""
        return self.audience is Audience.PARENT

    def label(self, speaker: Speaker | None, conversation: Conversation) -> str:
        """Give the name that this reader sees for a speaker."""
        if speaker is None:
            return say("report.nameless", self.language)
        if self.limited and speaker == self.child:
            return say("report.your_child", self.language)
        if self.names:
            return speaker
        place = conversation.speakers.index(speaker)
        return say("report.person", self.language, letter=_letter(place))

    def evidence(self, seen: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Give the evidence that this reader may know of."""
        if not self.limited:
            return tuple(seen)
        seen = tuple(seen)
        with_helper = {e.speaker for e in seen if e.sign == _TALK_WITH_A_HELPER}
        return tuple(
            replace(e, sign=_SAID_OTHERWISE.get(e.sign, e.sign))
            for e in seen
            if self._may_know(e) and e.speaker not in with_helper
        )

    def may_quote(self, evidence: Iterable[Evidence], speaker: Speaker | None) -> bool:
        """Tell whether a message with this evidence, by this speaker, may be quoted at all.

        `evidence` is what was found, before `View.evidence` renamed or left out any of it.
        """
        if not self.limited:
            return True
        if self.child is None or speaker is None or speaker == self.child:
            return False
        return all(self._may_know(e) and e.sign not in _SAID_OTHERWISE for e in evidence)

    def _may_know(self, evidence: Evidence) -> bool:
        if self.child is not None and evidence.speaker == self.child:
            return False
        return signs()[evidence.sign].group not in _NEVER_TO_PARENTS and evidence.sign != _TALK_WITH_A_HELPER


def make_view(
    conversation: Conversation,
    audience: Audience,
    language: Language,
    *,
    child: str | None = None,
    names: bool = True,
    country: Country = Country.NL,
) -> View:
    """Give the view; NoSuchSpeaker if nobody is called `child`."""
    if child is not None:
        child = _speaker(conversation, child)
    return View(audience, language, child, names, country)


def may_show_names(audience: Audience, *, wanted: bool) -> bool:
    """Tell whether a page shows names: only a professional who asks. Raises NotPermitted otherwise."""
    if wanted and audience is not Audience.PROFESSIONAL:
        raise NotPermitted(option="--names")
    return wanted


def _speaker(conversation: Conversation, wanted: str) -> Speaker:
    same = [name for name in conversation.speakers if name.casefold() == wanted.strip().casefold()]
    close = same or [name for name in conversation.speakers if wanted.strip().casefold() in name.casefold()]
    if len(close) != 1:
        raise NoSuchSpeaker(wanted=wanted, names=", ".join(conversation.speakers))
    return close[0]


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
