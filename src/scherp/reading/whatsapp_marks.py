"""What WhatsApp itself writes in an exported chat: instead of a picture, beside an edited message, on its own.

The words are in `whatsapp_marks.toml`, by language. Much is recognised without them: `<word: file.jpg>`,
`IMG-20240313-WA0001.jpg (word)`, a link to a map, and what an iPhone marks with U+200E as not typed by anybody.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scherp.conversation import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = "\u200e"
_KINDS = {
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "audio": Kind.AUDIO,
    "sticker": Kind.STICKER,
    "file": Kind.FILE,
    "contact": Kind.CONTACT,
    "omitted": Kind.OTHER,
    "deleted": Kind.DELETED,
    "view_once": Kind.VIEW_ONCE,
    "call": Kind.CALL,
    "live": Kind.LOCATION,
}
_BEGINNINGS = ("view_once", "call", "live", "deleted")
_A_LONG_PHRASE = 24  # long enough that nobody types it by chance
_SHORTEST_NOTICE = 40
_EXTENSIONS = {
    Kind.IMAGE: "jpg jpeg png heic heif gif bmp tif tiff avif",
    Kind.VIDEO: "mp4 mov 3gp mkv avi webm m4v",
    Kind.AUDIO: "opus ogg oga mp3 m4a aac amr wav flac",
    Kind.STICKER: "webp was",
    Kind.CONTACT: "vcf",
}
_KIND_OF_EXTENSION = {end: kind for kind, ends in _EXTENSIONS.items() for end in ends.split()}

_IN_BRACKETS = re.compile(r"<([^<>\n]{3,80})>")
_EDITED = re.compile(r"\s*<([^<>\n]{4,80})>\s*$")
_ATTACHED = re.compile(r"<[^<>:\n]{2,40}:\s*([^<>\n]*?\.([A-Za-z0-9]{2,5}))\s*>")
_FILE_AND_WORD = re.compile(r"([^\n]{1,200}\.([A-Za-z0-9]{2,5})) [(]([^()\n]{2,60})[)](?=\n|$)")
_NUMBERED_FILE = re.compile(r"[A-Z]{3}-[0-9]{8}-WA[0-9]{4,}\.")
_A_MAP = re.compile(
    r"[^\n:]{2,60}:\s*https?://(?:maps\.(?:google|apple|app)\.|(?:www\.)?google\.[a-z.]+/maps|goo\.gl/maps|foursquare\.)\S*"
)
_A_PLACE = re.compile(r"([^\n:]{2,30}):\s*(?:https?://|[(]?-?[0-9]+[.,][0-9]+,)\S*")
_OPTION = re.compile(r"[^\s:]{2,16}\s?: (.+?)(?: [(][^()]*[0-9٠-٩۰-۹][^()]*[)])?")


def places_of_marks(texts: Sequence[str]) -> list[int]:
    """Give the places of texts in which `read_mark` could find something; cheap, and most texts end here."""
    mark, endings = _MARK, _endings()
    return [
        place
        for place, text in enumerate(texts)
        if "<" in text
        or "(" in text
        or mark in text
        or text[-6:] in endings
        or (":" in text and ("://" in text or ":\n" in text))
    ]


def read_mark(body: str) -> tuple[Kind, str]:
    """Give what kind of message this is, and what a person wrote in it."""
    if found := _whole().get(_plain(body)):
        return found, ""
    by_the_app = body.startswith(_MARK)
    caption, _, tail = body.rpartition(_MARK)
    text = _without_edit(body.replace(_MARK, "").strip())
    if caption and (found := _whole().get(_plain(tail))):
        return found, _without_edit(caption.replace(_MARK, "").strip())
    return (
        _attachment(text)
        or _poll(text)
        or _location(text)
        or _beginning(text, by_the_app=by_the_app)
        or ((Kind.SYSTEM, text) if by_the_app and is_system(text) else None)
        or (Kind.TEXT, text)
    )


def is_system(text: str) -> bool:
    """Tell whether this is a notice of the app; only for text that nobody is known to have typed."""
    return _system().search(text.lower()) is not None


def is_encryption_notice(text: str) -> bool:
    """Tell whether this is the notice that exports begin with."""
    return len(text) >= _SHORTEST_NOTICE and _encrypted().search(text.lower()) is not None


def kind_of_notice(text: str) -> Kind:
    """Give the kind of a line without an author: a call, or a system line."""
    return Kind.CALL if _begins_with(_plain(text), "call") else Kind.SYSTEM


def chat_name(file_name: str) -> str | None:
    """Take the name of the chat from `WhatsApp-chat met Kim.txt` or `WhatsApp Chat - Kim.zip/_chat.txt`."""
    for part in reversed(re.split(r"[/\\]", file_name)):
        stem = re.sub(r"(?: ?\([0-9]+\))?\.(?:txt|zip)$", "", part, flags=re.IGNORECASE)
        lowered = stem.lower().replace("_", " ")
        for words in _chat_words():
            if lowered.startswith(words) and len(lowered) == len(stem):
                return stem[len(words) :].strip(" -_") or None
        if found := re.fullmatch(r"WhatsApp\b[^-]{0,20} - (.+)", stem, re.IGNORECASE):
            return found[1].strip()
    return None


def _plain(text: str) -> str:
    return text.strip("\u200e\u200f\u202a\u202c <>.。").lower()


def _without_edit(text: str) -> str:
    found = _EDITED.search(text)
    return text[: found.start()] if found and _plain(found[1]) in _edited() else text


def _attachment(text: str) -> tuple[Kind, str] | None:
    """See a file, by its name or by what stands in its place; a caption stays."""
    if found := _ATTACHED.search(text):
        return _kind_of(found[1], found[2]), (text[: found.start()] + text[found.end() :]).strip()
    first, _, caption = text.partition("\n")
    if found := _IN_BRACKETS.fullmatch(first):
        kind = _whole().get(_plain(first)) or _begins_with(_plain(first), "view_once")
        return (kind, caption.strip()) if kind else (Kind.OTHER, text) if not caption else None
    found = _FILE_AND_WORD.match(text)
    if found and (_plain(found[3]) in _attached() or _NUMBERED_FILE.match(found[1])):
        return _kind_of(found[1], found[2]), text[found.end() :].strip()
    return None


def _kind_of(name: str, extension: str) -> Kind:
    return Kind.STICKER if "-STICKER-" in name else _KIND_OF_EXTENSION.get(extension.lower(), Kind.FILE)


def _poll(text: str) -> tuple[Kind, str] | None:
    """Keep the question and the options, without the words and counts that the app puts beside them."""
    head, colon, rest = text.partition(":\n")
    if not colon or head.lower() not in _words("poll"):
        return None
    question, *options = rest.split("\n")
    matches = [(_OPTION.fullmatch(option.strip()), option) for option in options]
    return Kind.POLL, "\n".join([question, *(found[1] if found else option for found, option in matches)]).strip()


def _location(text: str) -> tuple[Kind, str] | None:
    if _A_MAP.fullmatch(text):
        return Kind.LOCATION, ""
    found = _A_PLACE.fullmatch(text)
    return (Kind.LOCATION, "") if found and found[1].lower() in _words("location") else None


def _beginning(text: str, *, by_the_app: bool) -> tuple[Kind, str] | None:
    """See calls, view-once and deleted messages by how they begin; what may have been typed keeps its text."""
    plain = _plain(text)
    for meaning in _BEGINNINGS:
        if kind := _begins_with(plain, meaning, at_least=0 if by_the_app else _A_LONG_PHRASE):
            return kind, "" if by_the_app else text
    return None


def _begins_with(plain: str, meaning: str, *, at_least: int = 0) -> Kind | None:
    return _KINDS[meaning] if plain.startswith(_from_length(meaning, at_least)) else None


@cache
def _marks() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(__package__) / "whatsapp_marks.toml").read_text(encoding="utf-8"))


@cache
def _words(meaning: str) -> frozenset[str]:
    return frozenset(words for language in _marks().values() for words in language.get(meaning, ()))


@cache
def _from_length(meaning: str, at_least: int) -> tuple[str, ...]:
    return tuple(words for words in _words(meaning) if len(words) >= at_least)


@cache
def _whole() -> dict[str, Kind]:
    """What can be a whole message; the specific kinds win over `omitted`."""
    return {words: kind for meaning, kind in reversed(_KINDS.items()) for words in _words(meaning)}


@cache
def _edited() -> frozenset[str]:
    return _words("edited")


@cache
def _attached() -> frozenset[str]:
    return _words("attached")


@cache
def _chat_words() -> list[str]:
    return sorted(_words("chat"), key=len, reverse=True)


@cache
def _encrypted() -> re.Pattern[str]:
    return _any_of(_words("encrypted"))


@cache
def _system() -> re.Pattern[str]:
    return _any_of(_words("encrypted") | _words("system"))


@cache
def _endings() -> frozenset[str]:
    """The last six characters of everything that can be a whole message, for a first look."""
    written = (f"{words}{stop}" for words in _whole() for stop in ("", ".", "。"))
    ends = {each[-6:] for each in written}
    return frozenset(ends | {end.upper() for end in ends} | {end.replace("gif", "GIF") for end in ends})


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words))))
