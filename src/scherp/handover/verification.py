"""What was found when a package was verified: the nouns, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class FileState(StrEnum):
    """How a file stands to the signed list."""

    IN_ORDER = "in_order"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    DOUBLED = "doubled"


class SignatureState(StrEnum):
    """How the signature stands to the list and the key in the package."""

    GOOD = "good"
    WRONG = "wrong"
    MISSING = "missing"


class KeyState(StrEnum):
    """How the key in the package stands to the one that the reader trusts."""

    AS_GIVEN = "as_given"
    OTHER = "other"
    NOT_COMPARED = "not_compared"
    UNREADABLE = "unreadable"


class Verdict(StrEnum):
    """What all of it comes to. Whole is not enough: whose key it is, only a comparison tells."""

    VERIFIED = "verified"
    KEY_NOT_COMPARED = "key_not_compared"
    NOT_VERIFIED = "not_verified"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file, and how it stands to the signed list."""

    name: str
    state: FileState


@dataclass(frozen=True, slots=True)
class Told:
    """What a package says of itself; read only from one that is whole. made_at, expires: aware."""

    case: str
    sender: str
    to: str
    made_at: datetime
    expires: datetime

    def expired(self, clock: datetime) -> bool:
        """Tell whether access has ended. Whether the package is whole does not depend on it."""
        return clock >= self.expires


@dataclass(frozen=True, slots=True)
class Verification:
    """A package, verified.

    fingerprint: of the key that lies in the package; None if there is none that can be read.
    list_in_form: whether the list of files is one as we write it.
    as_packed: whether the zip is, byte for byte, as we pack these files, so that nothing hides in it.
    contents: the files by name, each once.
    """

    name: str
    fingerprint: str | None
    key: KeyState
    signature: SignatureState
    list_in_form: bool
    as_packed: bool
    files: tuple[CheckedFile, ...]
    told: Told | None = None
    contents: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False, compare=False)

    @property
    def whole(self) -> bool:
        """Whether everything in it is what was signed with the key in it, and nothing else is."""
        signed = self.signature is SignatureState.GOOD and self.list_in_form
        return signed and self.as_packed and all(one.state is FileState.IN_ORDER for one in self.files)

    @property
    def verdict(self) -> Verdict:
        """What it comes to."""
        if not self.whole or self.key not in {KeyState.AS_GIVEN, KeyState.NOT_COMPARED}:
            return Verdict.NOT_VERIFIED
        return Verdict.VERIFIED if self.key is KeyState.AS_GIVEN else Verdict.KEY_NOT_COMPARED
