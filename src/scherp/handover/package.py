"""A handover made into a package: one zip, signed, that anybody can verify offline.

package = build(handover, key=key, language=Language.NL)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.handover import manifest, packing
from scherp.handover.case_uco import as_jsonld
from scherp.handover.keys import fingerprint, public_pem
from scherp.handover.originals import checked
from scherp.texts import Language, say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from scherp.handover.nouns import Handover


def build(handover: Handover, *, key: Ed25519PrivateKey, language: Language) -> bytes:
    """Give the package; the same bytes for the same handover, key and language.

    Raises EnclosureChanged, EnclosureNotText or EnclosuresTooLarge.
    """
    originals = checked(handover.enclosures)
    pem = public_pem(key)
    files = {
        "LEESMIJ.txt": _readme(Language.NL),
        "README.txt": _readme(Language.EN),
        "handover.pdf": _paper(handover, fingerprint(pem), language),
        "handover.jsonld": as_jsonld(handover),
        **originals,
        packing.KEY: pem,
    }
    listed = manifest.written(files)
    return packing.packed(files | {packing.MANIFEST: listed, packing.SIGNATURE: key.sign(listed)})


def _readme(language: Language) -> bytes:
    return say("handover.readme", language).encode()


def _paper(handover: Handover, mark: str, language: Language) -> bytes:
    # Here, so that verifying, which needs no paper, does not load fpdf2 and Pillow.
    from scherp.handover.as_pdf import as_pdf  # noqa: PLC0415

    return as_pdf(handover, mark, language)
