"""Which messages of whoever steers weigh by their words alone, as learned from other conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.scoring import packaged_model
from scherp.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scherp.conversation import Conversation, Message
    from scherp.report.view import View
    from scherp.scoring import Scored

_LEAST = 500
"""Thousandths that a message's learned words add; less is not worth pointing at."""
_MOST = 5


def telling(conversation: Conversation, scored: Scored, view: View) -> tuple[Message, ...]:
    """Give the messages whose words weigh most, of those that this reader may read; the strongest first."""
    if scored.steering is None:
        return ()
    own = (m for m in conversation.messages if m.author == scored.steering and m.text and m.kind is not Kind.SYSTEM)
    weighed = sorted((-weight, m.number, m) for m, weight in _weighed(own))
    heavy = [message for weight, _, message in weighed if -weight >= _LEAST]
    readable = view.readable(heavy, scored)
    return tuple(m for m in heavy if m.number in readable)[:_MOST]


def sentence(heavy: tuple[Message, ...], conversation: Conversation, view: View) -> str | None:
    """Say in which messages words weigh most; None where in none."""
    if not heavy:
        return None
    numbers = ", ".join(str(number + 1) for number in sorted(m.number for m in heavy))
    who = view.label(heavy[0].author, conversation)
    return say("report.manner", view.language, who=who, numbers=numbers)


def _weighed(own: Iterable[Message]) -> Iterator[tuple[Message, int]]:
    """Each message of one speaker with what its words add, in the language that he writes by then."""
    model, dutch = packaged_model(), 0
    for message in own:
        risk, _, dutch = model.weigh(model.matcher.find(message.text), dutch)
        yield message, risk
