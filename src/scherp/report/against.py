"""What argues against a warning, and what that did to it: said out loud, for whoever has to weigh it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.scoring.step import context_discount
from scherp.signs.vocabulary import Group, signs
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation, Evidence, SignId
    from scherp.report.view import View
    from scherp.scoring import Scored

_QUIET_FOR = 20
"""Messages without a new sign before that is worth saying."""


def sentences(conversation: Conversation, seen: Scored, view: View) -> tuple[str, ...]:
    """Give what argues against, or that there is nothing, and what only a person can answer.

    `seen` is what this reader may know. A parent is always told that something is left out, so that it tells nothing
    of what; and one who is not told who steers, no more than that: all else says something of who does what.
    """
    if view.limited and seen.steering is None:
        return (_left_out(view),)
    by_steering = [e for e in seen.evidence if e.speaker == seen.steering and e.strength]
    found = [
        *_weakness(by_steering, view),
        *_context(seen, view),
        *_quiet(conversation, by_steering, view),
        *_others(conversation, seen, view),
    ]
    if view.limited:
        return (*found, *_question(seen, view), _left_out(view))
    return (*(found or [say("report.against.nothing", view.language)]), *_question(seen, view))


def _question(seen: Scored, view: View) -> list[str]:
    """Ask whether they know each other in real life, unless the talk itself shows something of it."""
    if _contexts(seen):
        return []
    return [say(f"report.against.known.{view.audience}", view.language)]


def _left_out(view: View) -> str:
    return say("report.against.left_out", view.language)


def _weakness(by_steering: list[Evidence], view: View) -> list[str]:
    said = []
    if by_steering and not any(signs()[e.sign].strong for e in by_steering):
        said.append(say("report.against.only_weak", view.language))
    if len({e.message for e in by_steering}) == 1:
        said.append(say("report.against.one_message", view.language))
    elif len({signs()[e.sign].group for e in by_steering}) == 1:
        said.append(say("report.against.one_kind", view.language))
    return said


def _context(seen: Scored, view: View) -> list[str]:
    thousandths, heard = context_discount(seen.state, seen.steering), _contexts(seen)
    if not thousandths or not heard:
        return []
    what = ", ".join(signs()[sign].what[view.language] for sign in heard)
    return [say("report.against.context", view.language, what=what, percent=thousandths // 10)]


def _contexts(seen: Scored) -> dict[SignId, None]:
    """Safe contexts that others than who steers speak of: nobody talks himself harmless."""
    others = (e for e in seen.evidence if e.speaker != seen.steering)
    return {e.sign: None for e in others if signs()[e.sign].group is Group.SAFE_CONTEXT}


def _quiet(conversation: Conversation, by_steering: list[Evidence], view: View) -> list[str]:
    if not by_steering:
        return []
    last = by_steering[-1].message
    silent = len(conversation.messages) - 1 - last
    if silent < _QUIET_FOR:
        return []
    return [say("report.against.faded", view.language, number=last + 1, count=silent)]


def _others(conversation: Conversation, seen: Scored, view: View) -> list[str]:
    shown = {e.speaker for e in seen.evidence if e.strength and signs()[e.sign].strong} - {seen.steering}
    names = [view.label(name, conversation) for name in conversation.speakers if name in shown]
    if seen.steering is None or not names:
        return []
    return [say("report.against.both", view.language, who=", ".join(names))]
