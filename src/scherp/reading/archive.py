"""A zip, opened as if a stranger made it: nothing is written to disk, sizes are bounded before and during.

Read like this: `with opened(file, name, limits) as archive: data = unpacked(archive, member, name, limits)`.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from scherp import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_SMALL = 1_000_000  # bytes; below this a high ratio is a short, dull text and not a bomb
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, OverflowError)


class Limits(NamedTuple):
    """How much is read at most.

    text: bytes of one text. total: bytes of all texts together. members: files in an archive or folder.
    ratio: how many times larger a member may unpack. directory: bytes of an archive's table of contents.
    """

    text: int = 200_000_000
    total: int = 400_000_000
    members: int = 100_000
    ratio: int = 200
    directory: int = 16_000_000


def is_zip(start: bytes) -> bool:
    """Tell from its first bytes whether a file is a zip."""
    return start.startswith(_STARTS)


@contextmanager
def opened(file: BinaryIO, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a zip. Raises DamagedArchive, UnsafeArchive, ZipBomb or TooManyFiles; nothing is unpacked yet."""
    try:
        archive = zipfile.ZipFile(_Wary(file, limits.directory, name))
    except NotImplementedError as unknown:
        raise errors.OtherArchive(name=name) from unknown
    except _BROKEN as broken:
        raise errors.DamagedArchive(name=name) from broken
    with archive:
        if len(archive.filelist) > limits.members:
            raise errors.TooManyFiles(name=name, limit=limits.members)
        for member in archive.filelist:
            _check_place(member, name)
        yield archive


def check_size(member: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """Refuse a member that says it unpacks to too much. Raises ZipBomb or TooLarge."""
    most = max(_SMALL, limits.ratio * member.compress_size)
    if member.file_size > most:
        raise errors.ZipBomb(name=name, limit=size(most))
    if member.file_size > limits.text:
        raise errors.TooLarge(name=member.filename, size=size(member.file_size), limit=size(limits.text))


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    """Give a member's bytes. Raises Encrypted, OtherArchive, TooLarge or DamagedArchive."""
    if member.flag_bits & _ENCRYPTED:
        raise errors.Encrypted(name=name)
    # Only what every Python can unpack, the one in a browser included.
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise errors.OtherArchive(name=name)
    try:
        with archive.open(member) as stream:
            return bounded(stream, member.filename, limits.text)
    except NotImplementedError as unknown:
        raise errors.OtherArchive(name=name) from unknown
    except (*_BROKEN, RuntimeError) as broken:
        raise errors.DamagedArchive(name=name) from broken


def bounded(stream: IO[bytes], name: str, limit: int) -> bytes:
    """Read a stream to its end, and never more than one byte over `limit`. Raises TooLarge."""
    data = bytearray()
    while chunk := stream.read(min(_CHUNK, limit + 1 - len(data))):
        data += chunk
        if len(data) > limit:
            raise errors.TooLarge(name=name, size=f"> {size(limit)}", limit=size(limit))
    return bytes(data)


def size(count: int) -> str:
    """Write a number of bytes for a person: 200 MB."""
    amount, units = count, ["B", "kB", "MB", "GB"]
    while amount >= 1000 and len(units) > 1:
        amount, units = round(amount / 1000), units[1:]
    return f"{amount} {units[0]}"


def _check_place(member: zipfile.ZipInfo, name: str) -> None:
    path = member.filename.replace("\\", "/")
    outside = path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/")
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise errors.UnsafeArchive(name=name, member=member.filename)


class _Wary(io.RawIOBase):
    """A zip file whose table of contents claims a size: a claim beyond the limit is not read into memory."""

    def __init__(self, file: BinaryIO, limit: int, name: str) -> None:
        self._file = file
        self._limit = limit
        self._zip_name = name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable  # type: ignore[method-assign]

    def read(self, count: int = -1, /) -> bytes:
        if count > self._limit:
            raise errors.ZipBomb(name=self._zip_name, limit=size(self._limit))
        return self._file.read(count)
