"""Who hands over and signs: the organisation's name, and its key (Ed25519)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from scherp.errors import ScherpError
from scherp.handover import load_key, new_key, private_pem
from scherp.web.surroundings import LOCAL
from scherp.web.talks.line import line

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from scherp.texts import Language

_NAME = "SCHERP_ORGANISATION_KEY"


class NoKey(Exception):
    """The organisation gave no key to sign with, or not one of ours."""


def name(language: Language) -> str:
    """Give the name that stands on a handover: of the organisation, or else of its line."""
    return str(settings.ORGANISATION) or line().name[language]


def key() -> Ed25519PrivateKey:
    """Give the key to sign with. On this machine one is made and kept when there is none. Raises NoKey."""
    pem = str(settings.ORGANISATION_KEY) or (_made_here() if LOCAL else "")
    try:
        return load_key(pem.encode("ascii"), _NAME)
    except (ScherpError, UnicodeEncodeError) as wrong:
        raise NoKey from wrong


def _made_here() -> str:
    kept = Path(os.environ.get("SCHERP_LOCAL_KEYS", "var/keys")) / _NAME
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_bytes(private_pem(new_key()))
    return kept.read_text(encoding="ascii")
