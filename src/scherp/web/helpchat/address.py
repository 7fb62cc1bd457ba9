"""Where a request comes from, as a hash that nobody can undo after two days. The address itself is kept nowhere."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from scherp.web.helpchat.actions import day_key
from scherp.web.helpchat.models import DAY_KEPT, DayKey
from scherp.web.talks.models import Block
from scherp.web.talks.secrets import keyed_hash

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_hash(request: HttpRequest) -> str:
    """Give the hash of where a request comes from, with the key of today."""
    return _hash(request, day_key(day=timezone.localdate()))


def is_blocked(request: HttpRequest) -> bool:
    """Tell whether a block holds for where a request comes from: made today, or yesterday."""
    keys = DayKey.objects.filter(day__gte=timezone.localdate() - DAY_KEPT)
    hashes = [_hash(request, key.secret) for key in keys]
    now = timezone.now()
    return Block.objects.filter(from_hash__in=hashes, until__gt=now, lifted_at=None).exists()


def _hash(request: HttpRequest, secret_of_day: str) -> str:
    key = keyed_hash("address", secret_of_day)
    return hmac.new(key.encode(), _network(request).encode(), hashlib.sha256).hexdigest()


def _network(request: HttpRequest) -> str:
    """Give the address; of IPv6 the 64 bits that stand for one home, since the rest changes by itself (RFC 8981)."""
    told = request.META.get(settings.ADDRESS_FROM, "").strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    bits = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, bits), strict=False))
