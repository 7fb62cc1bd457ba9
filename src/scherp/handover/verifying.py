"""A package, verified as if a stranger made it: nothing is unpacked to disk, nothing is fetched, nothing is believed.

found = verify(data, "case.zip", trusted=fingerprint)
found.verdict
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from scherp import errors
from scherp.handover import manifest, packing
from scherp.handover.keys import as_fingerprint, fingerprint, signed_by
from scherp.handover.telling import told
from scherp.handover.verification import CheckedFile, FileState, KeyState, SignatureState, Verification
from scherp.reading.archive import Limits, check_size, is_zip, opened, size, unpacked

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

LIMITS = Limits(text=100_000_000, total=120_000_000, members=1_000, ratio=200, directory=1_000_000)
"""Of a package; what we pack stays well below."""
_REQUIRED = (*packing.FIRST, packing.KEY)
_UNLISTED = (packing.MANIFEST, packing.SIGNATURE)


class _Opened(NamedTuple):
    """What lay in the zip: each name's first content, and how often each name was there."""

    contents: Mapping[str, bytes]
    counts: Counter[str]


def verify(data: bytes, name: str, *, trusted: str | None = None, limits: Limits = LIMITS) -> Verification:
    """Verify a package. trusted: the fingerprint of a key, in whatever groups; None if none was compared.

    Raises NotAPackage, PackageDamaged, PackageUnsafe or PackageTooLarge.
    """
    lay = _opened(data, name, limits)
    contents = lay.contents
    listed = manifest.read(contents.get(packing.MANIFEST, b""))
    mark = _fingerprint(contents)
    found = Verification(
        name=name,
        fingerprint=mark,
        key=_key(mark, trusted),
        signature=_signature(contents, mark),
        list_in_form=listed is not None,
        as_packed=_as_packed(contents, data),
        files=_files(lay, listed or {}),
        contents=contents,
    )
    return _with_what_it_tells(found)


def _with_what_it_tells(found: Verification) -> Verification:
    return replace(found, told=told(found.contents["handover.jsonld"])) if found.whole else found


def _opened(data: bytes, name: str, limits: Limits) -> _Opened:
    if len(data) > limits.total:
        raise errors.PackageTooLarge(name=name, limit=size(limits.total))
    if not is_zip(data):
        raise errors.NotAPackage(name=name)
    try:
        with opened(io.BytesIO(data), name, limits) as archive:
            return _Opened(_contents(archive, name, limits), Counter(map(_alike, archive.namelist())))
    except errors.TooLarge as problem:
        raise errors.PackageTooLarge(name=name, limit=size(limits.total)) from problem
    except errors.UnsafeArchive as problem:
        raise errors.PackageUnsafe(**problem.values) from problem
    except (errors.Damaged, errors.Encrypted, errors.NotText) as problem:
        raise errors.PackageDamaged(name=name) from problem


def _contents(archive: zipfile.ZipFile, name: str, limits: Limits) -> Mapping[str, bytes]:
    contents: dict[str, bytes] = {}
    total = 0
    for member in archive.infolist():
        check_size(member, name, limits)
        content = _content(archive, member, name, limits)
        total += len(content)
        if total > limits.total:
            raise errors.ZipBomb(name=name, limit=size(limits.total))
        contents.setdefault(member.filename, content)
    if not contents:
        raise errors.NotAPackage(name=name)
    return MappingProxyType(contents)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    try:
        return unpacked(archive, member, name, limits)
    except errors.DamagedArchive:
        return b""  # no longer what it was: its hash will say so


def _as_packed(contents: Mapping[str, bytes], data: bytes) -> bool:
    return all(map(manifest.NAME.fullmatch, contents)) and packing.packed(contents) == data


def _fingerprint(contents: Mapping[str, bytes]) -> str | None:
    try:
        return fingerprint(contents.get(packing.KEY, b""))
    except errors.NotAKey:
        return None


def _key(mark: str | None, trusted: str | None) -> KeyState:
    if mark is None:
        return KeyState.UNREADABLE
    if trusted is None:
        return KeyState.NOT_COMPARED
    return KeyState.AS_GIVEN if mark == as_fingerprint(trusted) else KeyState.OTHER


def _signature(contents: Mapping[str, bytes], mark: str | None) -> SignatureState:
    if mark is None or not contents.keys() >= set(_UNLISTED):
        return SignatureState.MISSING
    good = signed_by(contents[packing.KEY], contents[packing.SIGNATURE], contents[packing.MANIFEST])
    return SignatureState.GOOD if good else SignatureState.WRONG


def _files(lay: _Opened, listed: Mapping[str, str]) -> tuple[CheckedFile, ...]:
    """Every file that is there or should be; the list and its signature only where they are not right."""
    names = packing.in_order({*lay.contents, *listed, *_REQUIRED, *_UNLISTED})
    checked = [CheckedFile(name, _state(name, lay, listed)) for name in names]
    return tuple(one for one in checked if one.name not in _UNLISTED or one.state is not FileState.IN_ORDER)


def _state(name: str, lay: _Opened, listed: Mapping[str, str]) -> FileState:
    if name not in lay.contents:
        return FileState.MISSING
    if lay.counts[_alike(name)] > 1:
        return FileState.DOUBLED
    if name in _UNLISTED:
        return FileState.IN_ORDER
    if name not in listed:
        return FileState.ADDED
    return FileState.IN_ORDER if manifest.sha256(lay.contents[name]) == listed[name] else FileState.CHANGED


def _alike(name: str) -> str:
    """How a device that does not tell capitals apart would call it."""
    return name.casefold()
