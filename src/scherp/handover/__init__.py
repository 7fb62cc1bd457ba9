"""A case handed over to another organisation, as a package that anybody can verify offline; extra [handover].

package = build(handover, key=new_key(), language=Language.NL)
verify(package, "case.zip", trusted=fingerprint(pem)).verdict
"""

from scherp.handover.keys import as_fingerprint, fingerprint, load_key, new_key, private_pem, public_pem
from scherp.handover.nouns import (
    Addressee,
    AgeBand,
    Consent,
    Deed,
    Enclosure,
    Entry,
    Handover,
    Informed,
    Knows,
    LegalGround,
    Person,
    Recipient,
    Role,
    Step,
    Suspect,
)
from scherp.handover.package import build
from scherp.handover.unpacking import extract
from scherp.handover.verification import FileState, KeyState, SignatureState, Verdict, Verification
from scherp.handover.verifying import verify

__all__ = [
    "Addressee",
    "AgeBand",
    "Consent",
    "Deed",
    "Enclosure",
    "Entry",
    "FileState",
    "Handover",
    "Informed",
    "KeyState",
    "Knows",
    "LegalGround",
    "Person",
    "Recipient",
    "Role",
    "SignatureState",
    "Step",
    "Suspect",
    "Verdict",
    "Verification",
    "as_fingerprint",
    "build",
    "extract",
    "fingerprint",
    "load_key",
    "new_key",
    "private_pem",
    "public_pem",
    "verify",
]
