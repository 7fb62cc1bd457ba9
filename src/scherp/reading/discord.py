"""Discord: DiscordChatExporter 2.2x to 2.4x, and Discord's own data package.

- DiscordChatExporter JSON: `guild`, `channel`, `messages`. All sides of one channel; times have a zone.
- DiscordChatExporter CSV: `AuthorID,Author,Date,Content,Attachments,Reactions`; dates are ISO 8601 since 2.41,
  before that in the form of the exporter's own locale.
- Data package: `messages/c*/messages.json` (since 2023) or `messages.csv`, with names in `messages/index.json`.
  It holds one side only: what the owner of the account wrote, who is called `Me`. Times are UTC.

A person is named by nickname; where two share one, the account name stands behind it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from scherp.conversation import Conversation, Kind
from scherp.reading.export import DateOrder, NotThisFormat, Options, Reader, Settled
from scherp.reading.structured import (
    HEAD,
    ME,
    Draft,
    JsonRecord,
    conversation,
    draft,
    exported,
    header_of,
    identifier,
    iso_time,
    kind_of_file,
    listed,
    ours,
    parsed_document,
    record,
    rows,
    utc_time,
    words,
)
