"""What a reader hands back, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scherp.conversation import Kind, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scherp.conversation import Conversation


class NotThisFormat(Exception):
    """The text is not in this reader's form; the next reader may try."""


class DateOrder(StrEnum):
    """How the export writes day, month and year."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


class Settled(StrEnum):
    """What settled the order of day and month."""

    BY_FORMAT = "by_format"  # the format leaves no doubt (ISO 8601, a time stamp, year first)
    BY_ORDER = "by_order"  # only one order makes the messages follow each other in time
    BY_IMPOSSIBLE = "by_impossible"  # the other order has a 13th month
    BY_USER = "by_user"  # --date-order
    NOT = "not"  # both are possible; the first of the two is shown, and no tempo is computed


class Unplaced(NamedTuple):
    """A line that belongs to no message. It is counted and shown by number, never dropped in silence."""

    document: str
    line: int


class Document(NamedTuple):
    """One text file of an export, already decoded.

    name: its path inside the archive or folder, or the file's name.
    text: the whole text, without a leading byte order mark; line ends as they were.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """All that a reader found.

    format: the reader's name, for instance `whatsapp`.
    date_order: how dates were read; None where the format leaves no choice.
    unplaced: lines that belong to no message.
    unreadable: records that were there but could not be read as a message (damaged, unknown kind).
    ignored: names of files in the archive that hold no chat (media and the like), never opened.
    """

    format: str
    conversations: tuple[Conversation, ...]
    date_order: DateOrder | None = None
    settled: Settled = Settled.BY_FORMAT
    unplaced: tuple[Unplaced, ...] = ()
    unreadable: int = 0
    ignored: tuple[str, ...] = ()


class Options(NamedTuple):
    """What the person decided beforehand.

    date_order: overrides what the file suggests.
    """

    date_order: DateOrder | None = None


class Reader(NamedTuple):
    """One export form.

    name: its fixed name, also `Conversation.platform` unless the form serves several apps.
    title: as a person calls it, with the program that writes it: "WhatsApp (.txt, .zip)".
    recognises: tells from a document's beginning and shape, never from its name alone, whether it is ours.
        Cheap; never raises.
    read: turns all documents of ours into one Export. Raises NotThisFormat when a closer look says otherwise,
        `errors.Damaged` when it is ours but broken, `errors.NoMessages` when nobody wrote anything.
    """

    name: str
    title: str
    recognises: Callable[[Document], bool]
    read: Callable[[Sequence[Document], Options], Export]


def with_ignored(export: Export, names: Iterable[str]) -> Export:
    """The same export, knowing which files were left closed."""
    return replace(export, ignored=(*export.ignored, *names))


def authored(messages: Iterable[Message]) -> int:
    """How many messages somebody wrote (system lines are not counted)."""
    return sum(1 for m in messages if m.kind is not Kind.SYSTEM)
