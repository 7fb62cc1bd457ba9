"""Make the example of a handover again: `python examples/make_handover.py` (needs the extra [handover]).

Lotte, De Brug and everybody in it are invented. The key that signs it stands here for all to see, so it proves
nothing; a real one is made by `scherp.handover.new_key` and shown to nobody.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from scherp.handover import (
    Addressee,
    AgeBand,
    Consent,
    Deed,
    Enclosure,
    Entry,
    Handover,
    Informed,
    Knows,
    Person,
    Recipient,
    Role,
    Step,
    Suspect,
    build,
    public_pem,
)
from scherp.texts import Language

HERE = Path(__file__).resolve().parent
TARGET = HERE / "handover"
KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"the example of a handover").digest())
MONDAY = datetime(2024, 3, 18, 16, 20, tzinfo=timezone(timedelta(hours=1)))


def main() -> None:
    """Write the package and the public key beside it."""
    (TARGET / "overdracht.zip").write_bytes(build(handover(), key=KEY, language=Language.NL))
    (TARGET / "de-brug.pem").write_bytes(public_pem(KEY))


def handover() -> Handover:
    """Give the case of Lotte, who wants the police to have her chat."""
    return Handover(
        id=UUID("0b8f7c52-4d6e-4d0e-9a53-3f1f0c1f7a24"),
        case="VB-2024-001",
        sender="De Brug Jeugdhulp (verzonnen)",
        to=Addressee(Recipient.POLICE, "Politie, team zeden (voorbeeld)"),
        reason="Lotte wil aangifte doen, en vraagt of wij de chat alvast geven.",
        ground=Consent("Lotte", MONDAY, "In gesprek gevraagd, nadat verteld was wat de politie met de chat doet."),
        made_at=MONDAY + timedelta(days=1),
        expires=MONDAY + timedelta(days=91),
        summary=(
            "Lotte (14) leerde Kim kennen in een spel. Binnen twee dagen vroeg Kim een foto en dreigde die te delen.",
            "Lotte is nu thuis, bij haar moeder.",
        ),
        informed=Informed(Knows.TOLD, "Lotte weet dat wij dit doorgeven, en wat erin staat. Zij wil het zelf."),
        people=(Person("Lotte", Role.YOUNG_PERSON, AgeBand.FROM_12), Person("Moeder", Role.PARENT, AgeBand.ADULT)),
        suspects=(Suspect("Kim", "De chat, en wat Lotte vertelde. Wie Kim echt is weet niemand.", AgeBand.FROM_16),),
        timeline=(
            Entry(None, "Eerste contact, in een spel", "Lotte"),
            Entry(date(2024, 3, 13), "De chat begint", "de chat"),
            Entry(MONDAY, "Lotte meldt zich bij de hulplijn", "Noor, hulpverlener"),
        ),
        enclosures=(_chat(),),
    )


def _chat() -> Enclosure:
    path = HERE / "kim" / "WhatsApp-chat met Kim.txt"
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    received = Step(MONDAY, "Noor, hulpverlener", Deed.RECEIVED, sha256)
    viewed = Step(MONDAY + timedelta(hours=1), "Sam, teamleider", Deed.VIEWED, sha256)
    return Enclosure(path.name, data, sha256, "Lotte", MONDAY, "Noor, hulpverlener", (received, viewed))


if __name__ == "__main__":
    main()
