"""The heads of the day, signed by the organisation: what shows later that nobody made the chain anew.

{"form": "scherp-heads-1", "at": ..., "heads": {"line": {"number": 12, "digest": ...}},
 "signed_by": ..., "signature": ...}
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scherp.handover.keys import fingerprint, public_pem, signed_by
from scherp.web.audit.links import Head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORM = "scherp-heads-1"


class HeadsRefused(Exception):
    """A file is no signed heads, or not signed by the key that is trusted, or changed. why: the entry of the texts."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Heads:
    """The newest link of each store at one moment. at: aware; of: by the name of the store."""

    at: datetime
    of: Mapping[str, Head]

    def told(self) -> dict[str, Any]:
        """Give what is signed."""
        heads = {name: {"number": head.number, "digest": head.digest} for name, head in self.of.items()}
        return {"form": FORM, "at": self.at.isoformat(), "heads": heads}


def sign(heads: Heads, key: Ed25519PrivateKey) -> str:
    """Give the heads as JSON, signed with the organisation's key (Ed25519, RFC 8032)."""
    told = heads.told()
    signature = base64.b64encode(key.sign(_bytes(told))).decode("ascii")
    return json.dumps(told | {"signed_by": public_pem(key).decode("ascii"), "signature": signature}, indent=2) + "\n"


def read(text: str, trusted: str) -> Heads:
    """Give the heads out of a file. trusted: the fingerprint of the key that they must be signed with.

    Raises HeadsRefused.
    """
    try:
        told = json.loads(text)
        pem, signature = told.pop("signed_by").encode("ascii"), base64.b64decode(told.pop("signature"))
        by = fingerprint(pem)
        heads = Heads(datetime.fromisoformat(told["at"]), {name: Head(**one) for name, one in told["heads"].items()})
    except Exception as wrong:
        raise HeadsRefused("no-heads") from wrong
    if told != heads.told() or not signed_by(pem, signature, _bytes(told)):
        raise HeadsRefused("changed")
    if by != trusted:
        raise HeadsRefused("another-key")
    return heads


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")
