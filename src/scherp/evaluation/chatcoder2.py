"""ChatCoder2, as its owners send it on request: whole chats of adults with volunteers who posed as minors.

`AllChatLogs.xml` is one list of messages, each with `<name>` (the chat, called after the adult's screen name),
`<lineNum>` (from 1), `<userID>`, `<dateTime>` and `<body>`; its first line may be empty, before the XML declaration.
Every chat is risky, and whoever bears the chat's name steers it; ids stand between braces here and there. Dates are
written in many ways and none is certain, so times are left out.

Sources: McGhee and others 2011 (Int. J. Electron. Commer.), chatcoder.com; the form of the file from
eSPD-datasets (Vogt, Leser and Akbik 2021). We hold no copy: this was tested on files of our own. Its codings
(approach, grooming, personal information) are wider than our first request and are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scherp import errors
from scherp.conversation import Conversation, Message
from scherp.evaluation.case import Case
from scherp.evaluation.registers import Register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLATFORM = "chatcoder2"
_FORMAT = "ChatCoder2 XML"


def read(xml: Path) -> Iterator[Case]:
    """Give the chats of one file. Raises Damaged where the XML breaks off."""
    text = xml.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    try:
        # The standard library's parser: expat refuses entities that grow, and the person chose this file.
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as problem:
        raise errors.Damaged(name=xml.name, format=_FORMAT, line=problem.position[0]) from None
    chats: dict[str, list[tuple[int, str, str]]] = {}
    for element in root:
        name, user, line = (element.findtext(tag) for tag in ("name", "userID", "lineNum"))
        if name and user and line and line.strip().isdigit():
            chats.setdefault(name.strip(), []).append((int(line), _bare(user), element.findtext("body") or ""))
    yield from (_case(name, sorted(said)) for name, said in chats.items())


def _case(name: str, said: list[tuple[int, str, str]]) -> Case:
    messages = tuple(Message(n, user, None, body.strip()) for n, (_, user, body) in enumerate(said))
    conversation = Conversation(name, _PLATFORM, messages, times_trusted=False)
    same = [user for user in conversation.speakers if user.casefold() == _bare(name).casefold()]
    return Case(
        id=name,
        conversation=conversation,
        risky=True,
        register=Register.CHATCODER2,
        source=name,
        steering=same[0] if same else None,
        lang="en",
    )


def _bare(user: str) -> str:
    return user.strip().removeprefix("{").removesuffix("}")
