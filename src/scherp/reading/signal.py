"""Signal, which has no export of its own: what the common exporters of Signal Desktop write.

- signal-export 1.x to 3.x: a folder per conversation with `chat.md` (or `.txt`) and `data.json`, a JSON record a
  line. Until 2.x the text has `[2019-12-24, 12:23] Name: text`, since then `[2019-12-24 12:23:01] Name: text`.
- sigtop: text with `From:`, `Type:` and `Sent:` lines, and JSON with the records of Signal Desktop.

Swedish WhatsApp writes bracketed dates with the year first as well. The rule: a comma with seconds is WhatsApp; a
comma without seconds is Signal; seconds without a comma are Signal only with its traces (a message ends in two
spaces, a link into `./media/`); and a document with the invisible marks of WhatsApp is never Signal.

Times in text are the computer's own, without a zone, except sigtop's. The owner is called `Me` or `You`, as the
exporter writes; in sigtop's JSON, which has numbers only, `Me`.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scherp.conversation import Kind
from scherp.reading import signal_records
from scherp.reading.export import Options, Reader, Unplaced
from scherp.reading.headed_lines import entries
from scherp.reading.structured import HEAD, Draft, conversation, draft, exported, iso_time, kind_of_file, ours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scherp.reading.export import Document, Export
    from scherp.reading.headed_lines import Entry

    Parsed = tuple[list[Draft], list[Unplaced]]

_TITLE = signal_records.TITLE

_HEAD = re.compile(
    r"\[(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?P<comma>,?) (?P<time>[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?)\] "
    r"(?P<author>[^\n]*?):(?: (?P<text>.*)|$)"
)
_WHATSAPP_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
_TRACE = re.compile(r"  \r?$|\]\(\./media/|\]\(\.\./exported_stickers/", re.MULTILINE)

# Every repetition has an end, so that no text, however made, takes more than a moment.
_STICKER_LINK = re.compile(r"\[[^\[\]\n]{0,80}\]\(\.\./exported_stickers/[^()\n]{0,200}\)")
_LINK = re.compile(r"!?\[[^\[\]\n]{0,300}\]\((?P<path>(?:\./)?media/(?:[^()\n]|\([^()\n]{0,80}\)){0,300})\)")
_QUOTE = re.compile(r"\s*\n(?P<quoted>(?:> ?.*\n?)+)")
_CALL = re.compile(r"(?:Incoming|Outgoing|Missed)(?: (?:voice|video))? call(?: \(.*\))?")
_DELETED = "(This message was deleted)"

_SIGTOP_HEAD = re.compile(r"(?:From: (?P<author>.*)\n)?Type: (?P<type>[a-z-]+)\n(?P<fields>(?:[A-Z][a-z]+: .*\n)*)")
_SIGTOP_SENT = re.compile(r"^Sent: [A-Z][a-z]{2}, (.+)$", re.MULTILINE)
_SIGTOP_FILE = re.compile(r"^Attachment: (.+) \(([^(),]+), [0-9]+ bytes\)$", re.MULTILINE)
_SIGTOP_NUMBER = re.compile(r" \([^()]*\)$")


def recognises(document: Document) -> bool:
    """Tell by the exporter's own lines or records, and by the rule above for bracketed dates."""
    return _parser(document) is not None


def read(documents: Sequence[Document], _options: Options) -> Export:
    """Give a conversation per document, named by it or by its folder; `data.json` only where there is no text."""
    found = ours(documents, map(recognises, documents))
    conversations = []
    unplaced: list[Unplaced] = []
    for document in _once(found):
        parser = _parser(document)
        drafts, left = parser(document) if parser else ([], [])
        unplaced += left
        conversations.append(conversation(_name(document), READER.name, drafts))
    return exported(READER.name, _TITLE, found, conversations, unreadable=len(unplaced), unplaced=unplaced)


def _parser(document: Document) -> Callable[[Document], Parsed] | None:
    head = document.text[:HEAD].lstrip()
    if head.startswith(("{", "[\n", "[{", "[\r")):
        return signal_records.parser(document)
    if head.startswith("Conversation: ") and _SIGTOP_HEAD.search(head):
        return _sigtop
    return _chat if _is_chat(head) else None


def _is_chat(head: str) -> bool:
    first = _HEAD.match(head.partition("\n")[0])
    if first is None or _WHATSAPP_MARKS.search(head):
        return False
    if first["comma"]:
        return first["seconds"] is None
    return first["seconds"] is not None and bool(_TRACE.search(head))


def _once(documents: list[Document]) -> list[Document]:
    """Leave out the records of a conversation that is there as text: signal-export writes both in one folder."""
    told = {PurePosixPath(d.name).parent for d in documents if not d.text.lstrip().startswith(("{", "[{"))}
    return [d for d in documents if not (d.text.lstrip().startswith("{") and PurePosixPath(d.name).parent in told)]


def _name(document: Document) -> str:
    path = PurePosixPath(document.name)
    if path.stem in ("chat", "data", "index") and path.parent.name:
        return path.parent.name
    return _SIGTOP_NUMBER.sub("", path.stem) or path.stem


# The text of signal-export


def _chat(document: Document) -> Parsed:
    found, before = entries(document.text, _HEAD)
    drafts: list[Draft] = []
    key_of_text: dict[str, str] = {}
    for entry in found:
        made = _of_chat(entry, key_of_text)
        key_of_text[made.message.text] = made.key or ""
        drafts.append(made)
    return drafts, [Unplaced(document.name, line) for line in before]


def _of_chat(entry: Entry, key_of_text: dict[str, str]) -> Draft:
    head = entry.head
    quoted, said = _quote("\n".join((head["text"] or "", *entry.rest)))
    text, kind = _content(said)
    return draft(
        author=None if head["author"] == "No-Sender" else head["author"],
        time=iso_time(f"{head['date']} {head['time']}"),
        text=text,
        kind=kind,
        line=entry.line,
        key=str(entry.line),
        answers=key_of_text.get(quoted) if quoted else None,
    )


def _quote(body: str) -> tuple[str, str]:
    """Split what is quoted from what is said; the quoted words are another message's."""
    found = _QUOTE.match(body)
    if found is None:
        return "", body
    quoted = "\n".join(line.removeprefix(">").strip() for line in found["quoted"].splitlines())
    return quoted.strip(), body[found.end() :]


def _content(body: str) -> tuple[str, Kind]:
    files = _LINK.findall(body)
    kind = kind_of_file(files[0]) if files else Kind.STICKER if _STICKER_LINK.search(body) else Kind.TEXT
    kept = []
    for line in _STICKER_LINK.sub("", _LINK.sub("", body)).split("\n"):
        bare = line.strip()
        if bare.startswith("(( ") and bare.endswith(" ))"):
            kind = Kind.STICKER
        elif not (bare.startswith("(- ") and bare.endswith(" -)")):  # what others felt about it
            kept.append(line)
    text = "\n".join(kept).strip()
    if text == _DELETED or _CALL.fullmatch(text):
        return "", Kind.DELETED if text == _DELETED else Kind.CALL
    return text, Kind.OTHER if kind is Kind.TEXT and not text else kind


# The text of sigtop


def _sigtop(document: Document) -> Parsed:
    text = document.text.replace("\r\n", "\n")
    heads = [m for m in _SIGTOP_HEAD.finditer(text) if text[max(m.start() - 2, 0) : m.start()] == "\n\n"]
    ends = [*(m.start() for m in heads[1:]), len(text)]
    drafts: list[Draft] = []
    unplaced: list[Unplaced] = []
    line, counted = 1, 0
    for head, end in zip(heads, ends, strict=True):
        line, counted = line + text.count("\n", counted, head.start()), head.start()
        made = _of_sigtop(head, text[head.end() : end], line)
        if made:
            drafts.append(made)
        else:
            unplaced.append(Unplaced(document.name, line))
    return drafts, unplaced


def _of_sigtop(head: re.Match[str], body: str, line: int) -> Draft | None:
    fields = head["fields"]
    sent = _SIGTOP_SENT.search(fields)
    time = _sigtop_time(sent[1]) if sent else None
    if time is None:
        return None
    text = _said(body)
    file = _SIGTOP_FILE.search(fields)
    kind = kind_of_file(file[1]) if file else Kind.TEXT if text else Kind.OTHER
    if head["type"] not in ("incoming", "outgoing"):
        kind = Kind.CALL if "call" in head["type"] else Kind.SYSTEM
    author = _SIGTOP_NUMBER.sub("", head["author"] or "")
    return draft(author=author, time=time, text=text, kind=kind, line=line)


def _sigtop_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%d %b %Y %H:%M:%S %z")
    except ValueError:
        return None


def _said(body: str) -> str:
    """Give the last wording: of an edited message the first version listed, and never what is quoted."""
    lines = body.strip("\n").split("\n")
    if lines[0].startswith("| Version"):
        later = next((n for n, line in enumerate(lines) if n and line.startswith("| Version")), len(lines))
        lines = [line.removeprefix("|").removeprefix(" ") for line in lines[:later]]
        lines = lines[lines.index("") :] if "" in lines else []
    return "\n".join(line for line in lines if not line.startswith(">")).strip()


READER = Reader("signal", _TITLE, recognises, read)
