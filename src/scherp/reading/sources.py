"""From a path, a zip, a folder or standard input to the texts in it, and the names of all that stays closed.

Inside a zip or folder only files that are named as text are opened; pictures, video and sound never are.
Whether a text is a chat, and whose, is told from its content (see `detect`).
"""

from __future__ import annotations

import io
import os
import stat
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from scherp import errors
from scherp.reading.archive import Limits, bounded, check_size, is_zip, opened, size, unpacked
from scherp.reading.encoding import decode, is_locked, is_web_page
from scherp.reading.export import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = frozenset({".txt", ".text", ".log", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".md"})
_WEB_PAGES = frozenset({".html", ".htm", ".xhtml"})
_JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_CONTROLS = (*range(32), *range(0x7F, 0xA0))
_OVERRIDES = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # of the direction of writing
_UNSHOWABLE = dict.fromkeys((*_CONTROLS, *_OVERRIDES), "\ufffd")
"""With these a file's name could forge a line of the terminal."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """What was opened.

    name: as a person knows it. documents: the texts. ignored: files left closed, by name.
    web_pages: whether there were HTML pages among those.
    pasted: whether it is a text from standard input.
    """

    name: str
    documents: tuple[Document, ...]
    ignored: tuple[str, ...] = ()
    web_pages: bool = False
    pasted: bool = False


def from_path(path: str, limits: Limits = Limits()) -> Source:  # noqa: B008  an immutable tuple of numbers
    """Open a file, a zip, a folder, or `-` for standard input. Raises the ScherpError that says why not."""
    name = "stdin" if path == STDIN else shown(Path(path).name or path)
    try:
        if path == STDIN:
            return from_paste(bounded(sys.stdin.buffer, name, limits.text), limits)
        if Path(path).is_dir():
            return _from_folder(Path(path), name, limits)
        with Path(path).open("rb") as file:
            return _from_file(file, name, limits)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        raise errors.NotFound(name=name) from problem


def from_paste(data: bytes, limits: Limits = Limits()) -> Source:  # noqa: B008  the same
    """Open what somebody pasted, on standard input or in a box on a page. Raises NothingPasted when it is empty."""
    try:
        return replace(from_bytes("stdin", data, limits), pasted=not is_zip(data))
    except errors.Empty as nothing:
        raise errors.NothingPasted from nothing


def from_bytes(name: str, data: bytes, limits: Limits = Limits()) -> Source:  # noqa: B008  the same
    """Open what a browser or another program already holds in memory."""
    name = shown(name)
    if is_zip(data):
        return _from_archive(io.BytesIO(data), name, limits)
    if len(data) > limits.text:
        raise errors.TooLarge(name=name, size=size(len(data)), limit=size(limits.text))
    text = decode(data, name)
    if not text.strip():
        raise errors.Empty(name=name)
    if is_web_page(text):
        raise errors.HtmlExport(name=name)
    return Source(name, (Document(name, text),))


def shown(name: str) -> str:
    """Give a file's name as it can safely be printed: no control characters, no bytes that are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").translate(_UNSHOWABLE)


def _from_file(file: BinaryIO, name: str, limits: Limits) -> Source:
    about = os.fstat(file.fileno())
    if not stat.S_ISREG(about.st_mode):  # a pipe: it cannot be sought, and its size is not known
        return from_bytes(name, bounded(file, name, limits.text), limits)
    start = file.read(4)
    file.seek(0)
    if is_zip(start):
        return _from_archive(file, name, limits)
    if about.st_size > limits.text:
        raise errors.TooLarge(name=name, size=size(about.st_size), limit=size(limits.text))
    return from_bytes(name, bounded(file, name, limits.text), limits)


def _from_archive(file: BinaryIO, name: str, limits: Limits) -> Source:
    gathering = _Gathering(name, limits)
    gathering.add_archive(file, name)
    return gathering.source()


def _from_folder(folder: Path, name: str, limits: Limits) -> Source:
    gathering = _Gathering(name, limits)
    for path in _files_under(folder):
        inner = shown(path.relative_to(folder).as_posix())
        if not _is_junk(inner):
            gathering.add_file(path, inner)
    return gathering.source()


def _files_under(folder: Path) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        raise errors.NotFound(name=shown(str(problem.filename))) from problem

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders.sort()
        links = [name for name in folders if Path(parent, name).is_symlink()]  # not followed, but named
        yield from (Path(parent, name) for name in sorted(links + files))


def _is_junk(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in _JUNK or path.name.startswith("._")


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


@dataclass(slots=True)
class _Gathering:
    """The texts of a zip or folder as they come in, within the limits for all of them together."""

    name: str
    limits: Limits
    documents: list[Document] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    files: int = 0
    total: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)
    trouble: errors.ScherpError | None = None

    def add_file(self, path: Path, name: str) -> None:
        """Take a file of a folder: a text, or a zip of its own."""
        self._count()
        if not stat.S_ISREG(path.lstat().st_mode):  # a link could point anywhere, a pipe never ends
            self.ignored.append(name)
        elif _ending(name) == ".zip":
            with path.open("rb") as file:
                self.add_archive(file, name, prefix=f"{name}/")
        elif _ending(name) in _TEXTS:
            self._check_room(name, path.stat().st_size)
            with path.open("rb") as file:
                self._add_text(name, bounded(file, name, self.limits.text))
        else:
            self.ignored.append(name)

    def add_archive(self, file: BinaryIO, name: str, prefix: str = "") -> None:
        """Take the texts of a zip; a zip inside it stays closed."""
        locked = False
        with opened(file, name, self.limits) as archive:
            for member in archive.filelist:
                inner = shown(member.filename.replace("\\", "/"))
                if inner.endswith("/") or _is_junk(inner):
                    continue
                self._count()
                if _ending(inner) in _TEXTS:
                    check_size(member, name, self.limits)
                    self._check_room(prefix + inner, member.file_size)
                    self._add_text(prefix + inner, unpacked(archive, member, name, self.limits))
                else:
                    self.ignored.append(prefix + inner)
                    locked = locked or bool(member.flag_bits & 1)
        if locked:
            self.trouble = self.trouble or errors.Encrypted(name=name)

    def source(self) -> Source:
        """Give what was found. Raises the reason when that is nothing."""
        web_pages = any(_ending(name) in _WEB_PAGES for name in self.ignored)
        if not self.documents:
            raise self._reason(web_pages=web_pages)
        return Source(self.name, tuple(self.documents), tuple(self.ignored), web_pages)

    def _reason(self, *, web_pages: bool) -> errors.ScherpError:
        if self.trouble:
            return self.trouble
        if web_pages:
            return errors.HtmlExport(name=self.name)
        if locked := [name for name in self.ignored if is_locked(name)]:
            return errors.Encrypted(name=locked[0])
        return errors.NoChat(name=self.name, media=len(self.ignored))

    def _count(self) -> None:
        self.files += 1
        if self.files > self.limits.members:
            raise errors.TooManyFiles(name=self.name, limit=self.limits.members)

    def _check_room(self, name: str, count: int) -> None:
        if count > self.limits.text:
            raise errors.TooLarge(name=name, size=size(count), limit=size(self.limits.text))
        self.total += count
        if self.total > self.limits.total:
            most = size(self.limits.total)
            raise errors.TooLarge(name=self.name, size=f"> {most}", limit=most)

    def _add_text(self, name: str, data: bytes) -> None:
        """Keep a text; one that cannot be read does not hide the others, and is named among the ignored."""
        try:
            text = decode(data, name)
        except errors.ScherpError as trouble:
            self.trouble = self.trouble or trouble
            self.ignored.append(name)
            return
        if text.strip() and not is_web_page(text) and not self._is_copy(name, text):
            self.documents.append(Document(name, text))
        else:
            self.ignored.append(name)

    def _is_copy(self, name: str, text: str) -> bool:
        """Tell whether the same file is here already: people keep a zip beside what they unpacked from it."""
        known = (PurePosixPath(name).name, text)
        if known in self.seen:
            return True
        self.seen.add(known)
        return False
