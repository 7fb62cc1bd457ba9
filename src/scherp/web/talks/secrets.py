"""Secrets that somebody else holds: stored as keyed hashes, never as they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from importlib.resources import files

from django.conf import settings

WORDS_IN_A_CODE = 4


def keyed_hash(purpose: str, secret: str) -> str:
    """Give the hash under which a secret is stored: HMAC-SHA256 with the line's key, in hex (RFC 2104)."""
    told = f"{purpose}\n{secret}".encode()
    return hmac.new(settings.LINE_KEY.encode(), told, hashlib.sha256).hexdigest()


def new_secret() -> str:
    """Make the secret of a seat: 256 bits, for a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Make a return code: four words of the list, 44 bits; guessing it is slowed down where it is asked for."""
    return " ".join(secrets.choice(return_words()) for _ in range(WORDS_IN_A_CODE))


def code_as_typed(typed: str) -> str | None:
    """Give the code that somebody typed, with at most one typing error a word mended; None if it cannot be one."""
    words = typed.lower().replace("-", " ").replace(",", " ").split()
    meant = [_meant(word) for word in words]
    return " ".join(word for word in meant if word) if len(words) == WORDS_IN_A_CODE and all(meant) else None


@cache
def return_words() -> tuple[str, ...]:
    """Give the words that return codes are made of: everyday, and no two alike."""
    return tuple((files(__package__) / "return_words_nl.txt").read_text(encoding="utf-8").split())


def _meant(word: str) -> str | None:
    known = _known()
    if word in known:
        return word
    close = known & _one_off(word)
    return next(iter(close)) if len(close) == 1 else None


@cache
def _known() -> frozenset[str]:
    return frozenset(return_words())


def _one_off(word: str) -> set[str]:
    """Give every string at one typing error: one letter too many, too few, another, or two that changed places."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in letters),
        *(head + letter + tail for head, tail in cuts for letter in letters),
    }
