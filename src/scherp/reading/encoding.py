"""From bytes to text, or to the reason why not. Nothing is guessed: what is not certain is refused."""

from __future__ import annotations

import re

from scherp import errors

_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"BZh")
_NEVER_TEXT = (b"\xff\xd8\xff", b"%PDF-")  # a picture and a document that may hold no NUL early on
_LOCKED = re.compile(r"\.(?:crypt\d{0,2}|backup)$", re.IGNORECASE)
"""Backups of WhatsApp (.crypt14, .crypt15) and Signal (.backup): encrypted, and not told apart by content."""

_SAMPLE = 1 << 16
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.003  # of the bytes: a stray one in a chat is read, a database or program is not
_UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARK = "\ufeff"


def decode(data: bytes, name: str) -> str:
    """Give the text without its byte order mark: UTF-8 or UTF-16, also if cut off in its last character.

    Raises NotText, OtherArchive, Encrypted, or WrongEncoding with the line.
    """
    if data.startswith(_PACKED):
        raise errors.OtherArchive(name=name)
    encoding = _encoding(data)
    if data.startswith(_NEVER_TEXT) or (encoding == "utf-8" and _is_binary(data)):
        raise _not_text(name)
    text = _decoded(data, encoding, name)
    if encoding != "utf-8" and _is_binary(text[:_SAMPLE].encode("utf-8")):
        raise _not_text(name)
    return text.removeprefix(_MARK)


def is_locked(name: str) -> bool:
    """Tell whether the name is that of an app's encrypted backup."""
    return _LOCKED.search(name) is not None


def is_web_page(text: str) -> bool:
    """Tell whether the text is HTML."""
    return text[:1000].lstrip().lower().startswith(("<!doctype html", "<html"))


def _encoding(data: bytes) -> str:
    if mark := _UTF16_MARKS.get(data[:2]):
        return mark
    first, second = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    pairs = max(1, min(len(data), _SAMPLE) // 2)
    # Latin letters in UTF-16 have a NUL on one side only.
    if second > 0.4 * pairs and first * 20 < second:
        return "utf-16-le"
    if first > 0.4 * pairs and second * 20 < first:
        return "utf-16-be"
    return "utf-8"


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start]
        if wrong.end >= len(data) and wrong.reason in {"unexpected end of data", "truncated data"}:
            return before.decode(encoding)
        line = before.decode(encoding, "replace").count("\n") + 1
    raise errors.WrongEncoding(name=name, line=line)


def _not_text(name: str) -> errors.ScherpError:
    return errors.Encrypted(name=name) if is_locked(name) else errors.NotText(name=name)
