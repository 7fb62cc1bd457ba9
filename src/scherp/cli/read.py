"""`scherp read`: a chat export in, one JSON line a conversation out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scherp.checking.counts import counted
from scherp.cli.output import written_to
from scherp.reading import Options, all_conversations, choose, open_exports
from scherp.reading.export import DateOrder
from scherp.reading.jsonl import to_line
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(file: str, settings: Mapping[str, Any], language: Language) -> None:
    """Convert a file and say how much was in it."""
    order = settings["date_order"]
    exports = open_exports(file, Options(DateOrder(order) if order else None))
    wanted = settings["with"]
    conversations = all_conversations(exports) if wanted is None else [choose(exports, wanted)]
    with written_to(settings["output"]) as out:
        out.writelines(to_line(c, c.name) + "\n" for c in conversations)
    if not settings["quiet"]:
        messages = counted((m for c in conversations for m in c.messages), language)
        click.echo(say("cli.read_done", language, conversations=len(conversations), messages=messages), err=True)
