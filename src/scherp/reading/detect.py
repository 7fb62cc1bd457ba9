"""Which document belongs to which reader. Several formats in one folder give several Exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp import errors
from scherp.reading import (
    discord,
    imessage,
    jsonl,
    meta,
    pasted,
    plain_csv,
    signal,
    snapchat,
    telegram,
    threema,
    tiktok,
    whatsapp,
)
from scherp.reading.export import Export, NotThisFormat, with_ignored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Document, Options, Reader
    from scherp.reading.sources import Source

_OWN_FORMS: tuple[Reader, ...] = tuple(
    module.READER for module in (telegram, meta, discord, snapchat, tiktok, signal, threema, whatsapp, imessage, jsonl)
)
_LAST_RESORTS: tuple[Reader, ...] = (plain_csv.READER, pasted.READER)
"""They take almost any table or text; so only when nothing in the source has a form of its own."""

READERS: tuple[Reader, ...] = (*_OWN_FORMS, *_LAST_RESORTS)
"""Every reader, in the order in which they are asked."""


def exports_in(source: Source, options: Options) -> tuple[Export, ...]:
    """Read every chat in the source. Raises UnknownFormat, HtmlExport, NoMessages or Damaged."""
    sorting = _Sorting(source, options)
    sorting.ask((*_OWN_FORMS, pasted.STAMPED))
    if not sorting.exports:
        sorting.ask(_LAST_RESORTS)
    return sorting.result()


class _Sorting:
    """The documents that nobody took yet, and what the readers made of the others."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source = source
        self.options = options
        self.left = list(source.documents)
        self.exports: list[Export] = []
        self.trouble: errors.NoMessages | None = None

    def ask(self, readers: Sequence[Reader]) -> None:
        """Let each reader in turn take the documents that it recognises."""
        for reader in readers:
            if mine := [document for document in self.left if reader.recognises(document)]:
                self._give(reader, mine)

    def _give(self, reader: Reader, mine: list[Document]) -> None:
        try:
            self.exports.append(reader.read(mine, self.options))
        except NotThisFormat:
            # One that only looked like it must not take the others along.
            rest = [document for document in mine if len(mine) > 1 and self._fits(reader, document)]
            if rest and len(rest) < len(mine):
                self._give(reader, rest)
        except errors.NoMessages as nothing:
            self.trouble = self.trouble or nothing
        else:
            names = {document.name for document in mine}
            self.left = [document for document in self.left if document.name not in names]

    def _fits(self, reader: Reader, document: Document) -> bool:
        try:
            reader.read([document], self.options)
        except NotThisFormat:
            return False
        except errors.NoMessages:
            pass
        return True

    def result(self) -> tuple[Export, ...]:
        """Give the exports, the first with the names of what was left closed or not recognised."""
        if not self.exports:
            raise self._reason()
        ignored = [*self.source.ignored, *(document.name for document in self.left)]
        first, *others = self.exports
        return (with_ignored(first, ignored), *others)

    def _reason(self) -> errors.ScherpError:
        if self.trouble:
            return self.trouble
        if self.source.web_pages:
            return errors.HtmlExport(name=self.source.name)
        if self.source.pasted:
            return errors.NoPastedChat()
        formats = ", ".join(reader.title for reader in READERS)
        return errors.UnknownFormat(name=self.source.name, formats=formats)
