"""Handovers by hand, and their packages: Lotte (14) and Kim's chat, from an organisation that does not exist."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
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
    LegalGround,
    Person,
    Recipient,
    Role,
    Step,
    Suspect,
    build,
    fingerprint,
    public_pem,
)
from scherp.texts import Language

ROOT = Path(__file__).parents[1]
CHAT = (ROOT / "examples/whatsapp/mama.txt").read_bytes()
ZONE = timezone(timedelta(hours=1))
MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=ZONE)
DE_BRUG = "De Brug Jeugdhulp"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGERS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FINGERPRINT = fingerprint(public_pem(KEY))
BY_LAW = LegalGround("acute danger for a child", "Wmo 2015, artikel 5.2.6", "Lotte is to meet him tonight.")


def original(name="WhatsApp-chat met Kim.txt", data=CHAT):
    mark = hashlib.sha256(data).hexdigest()
    custody = (
        Step(MORNING, "Noor", Deed.RECEIVED, mark),
        Step(MORNING + timedelta(minutes=5), "Noor", Deed.STORED, mark),
        Step(MORNING + timedelta(hours=2), "Sam", Deed.VIEWED, mark),
    )
    return Enclosure(name, data, mark, "Lotte", MORNING, "Noor", custody)


LOTTES = Handover(
    id=UUID("6d1f3c1e-7a5e-4c55-9d0e-2f1f6a1b9c10"),
    case="Z-2026-0014",
    sender=DE_BRUG,
    to=Addressee(Recipient.POLICE, "Politie, team zeden Oost"),
    reason="Lotte wil aangifte doen en vraagt of wij de chat vast geven.",
    ground=Consent("Lotte", MORNING, "In gesprek gevraagd, nadat verteld was wat de politie ermee kan doen."),
    made_at=MORNING + timedelta(days=1),
    expires=MORNING + timedelta(days=91),
    summary=("Lotte (14) vertelde dat iemand haar onder druk zet.", "Zij weet dat wij dit doorgeven."),
    people=(Person("Lotte", Role.YOUNG_PERSON, AgeBand.FROM_12), Person("Bo", Role.FRIEND)),
    suspects=(Suspect("Persoon K", "Lotte noemt hem; zijn naam kent zij niet zeker.", AgeBand.ADULT),),
    timeline=(
        Entry(None, "Eerste contact", "Lotte"),
        Entry(date(2026, 2, 27), "Hij vraagt om een afspraak", "de chat"),
        Entry(MORNING, "Lotte meldt zich bij de hulplijn", "Noor"),
    ),
    enclosures=(original(),),
)
BARE = replace(LOTTES, ground=BY_LAW, summary=(), people=(), suspects=(), timeline=(), enclosures=())


@cache
def package(handover=LOTTES, key=KEY, language=Language.NL):
    return build(handover, key=key, language=language)


def members(data):
    """What lies in a package, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(member.filename, archive.read(member)) for member in archive.infolist()]


def zipped(parts, compression=zipfile.ZIP_STORED):
    """A zip of these names and bytes, as we would make it if these were ours; names may be there twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            member = zipfile.ZipInfo(name)
            member.create_system, member.external_attr, member.compress_type = 3, 0o100600 << 16, compression
            archive.writestr(member, data)
    return out.getvalue()
