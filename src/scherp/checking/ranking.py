"""Judge every conversation that was opened, the one to look at first on top, and explain one of them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scherp.checking.of_file import described
from scherp.conversation import Level
from scherp.errors import NoSuchSpeaker
from scherp.reading import choose
from scherp.report.explanation import explain
from scherp.report.view import View, child_in
from scherp.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scherp.conversation import Conversation
    from scherp.reading.export import Export
    from scherp.report.explanation import Explanation
    from scherp.scoring import Scored


@dataclass(frozen=True, slots=True)
class Checked:
    """One conversation with what was found in it."""

    export: Export
    conversation: Conversation
    scored: Scored


@dataclass(frozen=True, slots=True)
class Ranked:
    """All that was checked and this reader is shown, the one to look at first on top; `left_out` more were quiet."""

    shown: tuple[Checked, ...]
    several: bool
    left_out: int = 0


def rank(
    exports: Sequence[Export],
    view: View,
    *,
    wanted: str | None = None,
    tick: Callable[[int], None] | None = None,
) -> Ranked:
    """Judge each conversation, or the one `wanted`; `tick` is told how many messages are done.

    A parent is shown those with signs only: the others are the child's own. `view.child` is the name as the parent
    wrote it. Raises NoSuchSpeaker when nobody is called so, NoSuchConversation for a name that fits none or several.
    """
    chosen = _chosen(exports, wanted)
    if view.child is not None:
        _find_child(view.child, [conversation for _, conversation in chosen])
    judged = sorted(_judged(chosen, tick), key=_quiet_last)
    shown = judged
    if view.limited:
        shown = [c for c in judged if c.scored.level not in (None, Level.NONE)] or judged[:1]
    return Ranked(tuple(shown), len(judged) > 1, len(judged) - len(shown))


def explained(checked: Checked, view: View) -> Explanation:
    """Explain one conversation to the reader of `view`, whose child is a name as it was typed."""
    own = replace(view, child=_child(checked.conversation, view))
    source = described(checked.export, checked.conversation, view.language)
    return explain(checked.conversation, checked.scored, own, source)


def messages_in(exports: Sequence[Export], wanted: str | None = None) -> int:
    """Count the messages that will be judged, for a progress bar."""
    return sum(len(conversation.messages) for _, conversation in _chosen(exports, wanted))


def _chosen(exports: Sequence[Export], wanted: str | None) -> list[tuple[Export, Conversation]]:
    if wanted is None:
        return [(export, conversation) for export in exports for conversation in export.conversations]
    conversation = choose(exports, wanted)
    return [(export, conversation) for export in exports if conversation in export.conversations][:1]


def _judged(chosen: Iterable[tuple[Export, Conversation]], tick: Callable[[int], None] | None) -> list[Checked]:
    found = []
    done = 0
    for export, conversation in chosen:

        def told(count: int, before: int = done) -> None:
            if tick:
                tick(before + count)

        found.append(Checked(export, conversation, score(conversation, tick=told)))
        done += len(conversation.messages)
    return found


def _quiet_last(checked: Checked) -> float:
    return 1.0 if checked.scored.risk is None else -checked.scored.risk


def _find_child(wanted: str, conversations: Sequence[Conversation]) -> None:
    """Make sure that the child wrote in one of these. Raises NoSuchSpeaker."""
    for conversation in conversations:
        with contextlib.suppress(NoSuchSpeaker):
            child_in(conversation, wanted)
            return
    names = dict.fromkeys(name for conversation in conversations for name in conversation.speakers)
    raise NoSuchSpeaker(wanted=wanted, names=", ".join(names))


def _child(conversation: Conversation, view: View) -> str | None:
    """Who the child is; None in a conversation, of several, in which the child wrote nothing under that name."""
    if view.child is not None:
        with contextlib.suppress(NoSuchSpeaker):
            return child_in(conversation, view.child)
    return None
