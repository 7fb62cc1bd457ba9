"""Who may see what of a conversation: decided once, before anything is drawn.

A parent sees the other person's messages only, and only once `--child` says who the child is; never what the
child wrote, does or feels, never anything about orientation, never talk with a helper. See `docs/threat-model.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from scherp.advice import Audience, Country
from scherp.errors import NoSuchSpeaker, NotPermitted
from scherp.report.wording import capital, harmless
from scherp.signs.matcher import matcher
from scherp.signs.normaliser import normalise
from scherp.signs.pattern import Pattern, compile_pattern, holds
from scherp.signs.vocabulary import Group, signs, word_lists
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.conversation import Conversation, Evidence, Message, Speaker
    from scherp.scoring import Scored

_NEVER_TO_PARENTS = frozenset({Group.OTHER_SIDE})
_TALK_WITH_A_HELPER = "care_context"
_NO_HELPER_DOES = frozenset({Group.FORCING, Group.EXPLOITING})
_SAID_OTHERWISE = {"outing_threat": "threat_to_share"}
_ORIENTATION = (
    "<geaardheid>",
    "<orientation>",
    "val* ..2 op (jongens|meisjes|meiden|mannen|vrouwen)",
    "op (jongens|meisjes|meiden|mannen|vrouwen) ..2 val*",
    "(into|likes|like) (boys|girls|guys|men|women)",
)


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
            return harmless(speaker)
        place = conversation.speakers.index(speaker)
        return say("report.person", self.language, letter=_letter(place))

    def at_start(self, speaker: Speaker | None, conversation: Conversation) -> str:
        """Give the name to begin a sentence with; somebody's own name is left as they write it."""
        label = self.label(speaker, conversation)
        own = self.names and speaker is not None and not (self.limited and speaker == self.child)
        return label if own else capital(label)

    def limits(self, scored: Scored) -> Scored:
        """Give what this reader may know of what was found; all of it, unless this is a parent's view.

        Nothing is said of who does what, how fast or when, until a parent has said who the child is; nor when it
        is the child, or a helper of the child, whom the level rests on.
        """
        if not self.limited:
            return scored
        if self._is_silent(scored):
            return replace(
                scored, evidence=(), steering=None, tempo_hours=None, alarm_at=None, urgent_at=None,
                trajectory=(), levels=(),
            )  # fmt: skip
        return replace(scored, evidence=self._known(scored.evidence))

    def situation(self, scored: Scored) -> tuple[Evidence, ...]:
        """Give what the advice may rest on: it says what to do, and nothing of who did what.

        Whose signs they are makes no difference here: a parent who names the wrong child must not lose the advice.
        """
        anybody = replace(self, child=None)
        return anybody._known(scored.evidence) if self.limited else scored.evidence  # noqa: SLF001  our own

    def readable(self, messages: Iterable[Message], scored: Scored) -> frozenset[int]:
        """Give the numbers of those messages that this reader may read.

        `scored` is what was found, before `limits` renamed or left out any of it.
        """
        if not self.limited:
            return frozenset(m.number for m in messages)
        if self._is_silent(scored):
            return frozenset()
        withheld = {e.message for e in scored.evidence if not self._may_know(e) or e.sign in _SAID_OTHERWISE}
        nobodys = {self.child, None, *_helpers(scored.evidence)}
        return frozenset(
            m.number for m in messages
            if m.author not in nobodys and m.number not in withheld and not _is_about_orientation(m.text)
        )  # fmt: skip

    def _is_silent(self, scored: Scored) -> bool:
        if self.child is None or scored.steering is None or scored.steering == self.child:
            return True
        return scored.steering in _helpers(scored.evidence)

    def _known(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        helpers = _helpers(evidence)
        return tuple(
            e._replace(sign=_SAID_OTHERWISE.get(e.sign, e.sign))
            for e in evidence
            if self._may_know(e) and e.speaker not in helpers
        )

    def _may_know(self, evidence: Evidence) -> bool:
        if self.child is not None and evidence.speaker in (self.child, None):
            return False
        return signs()[evidence.sign].group not in _NEVER_TO_PARENTS and evidence.sign != _TALK_WITH_A_HELPER


def _helpers(evidence: Iterable[Evidence]) -> set[Speaker | None]:
    """Who talks as a helper. Somebody who forces or exploits is none, whatever he says he is."""
    evidence = tuple(evidence)
    forcing = {e.speaker for e in evidence if signs()[e.sign].group in _NO_HELPER_DOES}
    return {e.speaker for e in evidence if e.sign == _TALK_WITH_A_HELPER} - forcing


def _is_about_orientation(text: str) -> bool:
    return holds(_orientation(), normalise(text, matcher().speller).split())


@cache
def _orientation() -> tuple[Pattern, ...]:
    return tuple(compile_pattern(pattern, word_lists()) for pattern in _ORIENTATION)


def may_show_names(audience: Audience, *, wanted: bool) -> bool:
    """Tell whether a page shows names: only a professional who asks. Raises NotPermitted otherwise."""
    if wanted and audience is not Audience.PROFESSIONAL:
        raise NotPermitted(option="--names")
    return wanted


def child_in(conversation: Conversation, wanted: str) -> Speaker:
    """Find the child by name, or by a part of it that only one has. Raises NoSuchSpeaker."""
    said = wanted.strip().casefold()
    same = [name for name in conversation.speakers if name.casefold() == said]
    close = same or [name for name in conversation.speakers if said and said in name.casefold()]
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
