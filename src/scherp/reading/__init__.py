"""Chat exports, read. `open_exports` opens a file, zip, folder or stdin; `open_bytes` what is in memory.

    exports = open_exports("chat.zip")
    conversation = choose(exports, "Noor")

Each export form is one module with a `READER`; `detect` has them in order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scherp import errors
from scherp.reading.archive import Limits
from scherp.reading.export import Export, Options
from scherp.reading.sources import Source, from_bytes, from_paste, from_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scherp.conversation import Conversation

__all__ = ["Limits", "Options", "all_conversations", "choose", "open_bytes", "open_exports", "open_paste"]


def open_exports(path: str, options: Options | None = None, limits: Limits | None = None) -> list[Export]:
    """Read every chat in a file, zip or folder, or in standard input (`-`).

    One Export per format found. Raises a ScherpError that says what is wrong and what to do.
    """
    return _read(from_path(path, limits or Limits()), options or Options())


def open_bytes(name: str, data: bytes, options: Options | None = None, limits: Limits | None = None) -> list[Export]:
    """Read every chat in a file that is in memory already (a browser's); as `open_exports`."""
    return _read(from_bytes(name, data, limits or Limits()), options or Options())


def open_paste(text: str, options: Options | None = None, limits: Limits | None = None) -> list[Export]:
    """Read what somebody pasted; as `open_exports` reads standard input."""
    return _read(from_paste(text.encode(), limits or Limits()), options or Options())


def all_conversations(exports: Iterable[Export]) -> list[Conversation]:
    """Give the conversations of all exports, in the order found."""
    return [conversation for export in exports for conversation in export.conversations]


def choose(exports: Sequence[Export], wanted: str | None = None) -> Conversation:
    """Give the one conversation with that name, in capitals or not, or else the only one whose name holds it.

    Without a name: the only conversation. Raises SeveralConversations or NoSuchConversation, with the names.
    """
    conversations = all_conversations(exports)
    if wanted is None and len(conversations) == 1:
        return conversations[0]
    names = ", ".join(conversation.name for conversation in conversations)
    if wanted is None:
        raise errors.SeveralConversations(names=names)
    for fits in (str.__eq__, _same, _holds):
        found = [c for c in conversations if fits(c.name, wanted)]
        if len(found) == 1:
            return found[0]
    raise errors.NoSuchConversation(wanted=wanted, names=names)


def _read(source: Source, options: Options) -> list[Export]:
    # Here, so that who needs one reader (a stream of JSON lines) does not load them all.
    from scherp.reading.detect import exports_in  # noqa: PLC0415

    return _told_apart(exports_in(source, options))


def _same(name: str, wanted: str) -> bool:
    return name.casefold() == wanted.casefold()


def _holds(name: str, wanted: str) -> bool:
    return wanted != "" and wanted.casefold() in name.casefold()


def _told_apart(exports: Sequence[Export]) -> list[Export]:
    """Give a second conversation of the same name a number, so that it can be chosen: Noor, Noor (2)."""
    taken: set[str] = {conversation.name for conversation in all_conversations(exports)}
    used: set[str] = set()
    return [
        replace(export, conversations=tuple(_renamed(c, used, taken) for c in export.conversations))
        for export in exports
    ]


def _renamed(conversation: Conversation, used: set[str], taken: set[str]) -> Conversation:
    name, number = conversation.name, 1
    while name in used:
        number += 1
        numbered = f"{conversation.name} ({number})"
        name = numbered if numbered not in taken else name
    used.add(name)
    return conversation if name == conversation.name else replace(conversation, name=name)
