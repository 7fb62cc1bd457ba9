"""What argues against a warning, and what that did to it: said out loud, for whoever has to weigh it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.conversation import Level
from scherp.scoring.step import context_discount
from scherp.signs.vocabulary import Group, signs
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation, Evidence
    from scherp.report.view import View
    from scherp.scoring import Scored

_QUIET_FOR = 20
"""Messages without a new sign before that is worth saying."""


def sentences(conversation: Conversation, scored: Scored, seen: tuple[Evidence, ...], view: View) -> tuple[str, ...]:
    """Give what argues against; one sentence that there is nothing, if so; none where nothing is warned of."""
    if scored.level in (None, Level.NONE):
        return ()
    by_steering = [e for e in seen if e.speaker == scored.steering and e.strength]
    found = [
        *_weakness(by_steering, view),
        *_context(scored, seen, view),
        *_quiet(conversation, by_steering, view),
        *_others(conversation, scored, seen, view),
    ]
    return tuple(found) or (say("report.against.nothing", view.language),)


def _weakness(by_steering: list[Evidence], view: View) -> list[str]:
    said = []
    if by_steering and not any(signs()[e.sign].strong for e in by_steering):
        said.append(say("report.against.only_weak", view.language))
    if len({e.message for e in by_steering}) == 1:
        said.append(say("report.against.one_message", view.language))
    elif len({signs()[e.sign].group for e in by_steering}) == 1:
        said.append(say("report.against.one_kind", view.language))
    return said


def _context(scored: Scored, seen: tuple[Evidence, ...], view: View) -> list[str]:
    thousandths = context_discount(scored.state, scored.steering)
    heard = {e.sign: None for e in seen if signs()[e.sign].group is Group.SAFE_CONTEXT and e.speaker != scored.steering}
    if not thousandths or not heard:
        return []
    what = ", ".join(signs()[sign].what[view.language] for sign in heard)
    return [say("report.against.context", view.language, what=what, percent=thousandths // 10)]


def _quiet(conversation: Conversation, by_steering: list[Evidence], view: View) -> list[str]:
    if not by_steering:
        return []
    last = by_steering[-1].message
    silent = len(conversation.messages) - 1 - last
    if silent < _QUIET_FOR:
        return []
    return [say("report.against.faded", view.language, number=last + 1, count=silent)]


def _others(conversation: Conversation, scored: Scored, seen: tuple[Evidence, ...], view: View) -> list[str]:
    others = {e.speaker for e in seen if e.strength and e.speaker != scored.steering and signs()[e.sign].strong}
    if scored.steering is None or not others:
        return []
    names = [view.label(name, conversation) for name in conversation.speakers if name in others]
    who = ", ".join(names)
    return [say("report.against.both", view.language, who=who[:1].upper() + who[1:])] if names else []
