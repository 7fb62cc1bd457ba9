"""The organisation's key (Ed25519), and its fingerprint, which two people can compare by telephone.

key = new_key()
kept = private_pem(key, b"a passphrase")
fingerprint(public_pem(key))
"""

from __future__ import annotations

import hashlib
import re

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from scherp.errors import NotAKey, PassphraseWrong

_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm)
_BETWEEN = re.compile(r"[\s:.-]")
_WHOLE = re.compile(r"[0-9a-f]{64}")


def new_key() -> Ed25519PrivateKey:
    """Make a key to sign with."""
    return Ed25519PrivateKey.generate()


def private_pem(key: Ed25519PrivateKey, passphrase: bytes | None = None) -> bytes:
    """Give the key as it is kept (PEM, PKCS 8), locked with the passphrase where there is one."""
    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def load_key(pem: bytes, name: str, passphrase: bytes | None = None) -> Ed25519PrivateKey:
    """Give the key to sign with that was kept. Raises PassphraseWrong, or NotAKey for any other kind."""
    locked = b"ENCRYPTED PRIVATE KEY" in pem
    try:
        key = load_pem_private_key(pem, passphrase if locked else None)
    except _BROKEN as broken:
        raise (PassphraseWrong if locked else NotAKey)(name=name) from broken
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey(name=name)
    return key


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Give the half of the key that everybody may know, and that lies in each package."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(pem: bytes, name: str = "") -> str:
    """Give the fingerprint of a public key in sixteen groups of four, to be read aloud. Raises NotAKey.

    It is the SHA-256 of the key in DER (SubjectPublicKeyInfo, https://www.rfc-editor.org/rfc/rfc8410): what
    `openssl pkey -pubin -in organisation.pem -outform DER | sha256sum` gives.
    """
    der = _public(pem, name).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return grouped(hashlib.sha256(der).hexdigest())


def as_fingerprint(written: str) -> str | None:
    """Give a fingerprint as we write it, however somebody typed it; None if it is not a whole one."""
    plain = _BETWEEN.sub("", written).lower()
    return grouped(plain) if _WHOLE.fullmatch(plain) else None


def grouped(hexadecimal: str) -> str:
    """Write it in groups of four."""
    return " ".join(hexadecimal[start : start + 4] for start in range(0, len(hexadecimal), 4))


def signed_by(pem: bytes, signature: bytes, data: bytes) -> bool:
    """Tell whether the signature over the data was made with this key. Raises NotAKey."""
    try:
        _public(pem, "").verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes, name: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except _BROKEN as broken:
        raise NotAKey(name=name) from broken
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKey(name=name)
    return key
