"""A little work for the visitor's device before a talk opens, so that nobody opens a thousand (ALTCHA, version 2).

The device finds a number; we chose it, so we need not search. https://altcha.org/docs/v2/
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta

from altcha import Payload, create_challenge, verify_solution

from scherp.web.helpchat.actions import spend
from scherp.web.talks.secrets import keyed_hash

_GOOD_FOR = timedelta(hours=1)  # to read the promise at one's own pace
_COST = 1_000  # rounds of PBKDF2 for each number tried
_FEWEST, _MOST = 40, 120  # numbers to try: 40,000 to 120,000 rounds, under a second on a phone of ten years old


def challenge() -> str:
    """Give a new piece of work, as JSON."""
    made = create_challenge(
        "PBKDF2/SHA-256",
        _COST,
        counter=_FEWEST + secrets.randbelow(_MOST - _FEWEST),
        expires_at=datetime.now(UTC) + _GOOD_FOR,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("solution"),
    )
    return json.dumps(made.to_dict())


def is_done(told: str) -> bool:
    """Tell whether somebody did a piece of work that we gave, and use it up: it counts once."""
    if not told or len(told) > 4_000:
        return False
    result = verify_solution(told, _secret("challenge"), hmac_key_secret=_secret("solution"))
    if not result.verified:
        return False
    work = Payload.from_base64(told).challenge
    until = datetime.fromtimestamp(float(work.parameters.expires_at or 0), UTC)
    return spend(signature=str(work.signature), until=until)


def _secret(of: str) -> str:
    return keyed_hash("work", of)
