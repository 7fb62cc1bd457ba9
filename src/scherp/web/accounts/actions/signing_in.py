"""Trying to sign in, and being locked out. The same for every address, whether or not it is anybody's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from scherp.web.accounts.events import Happened
from scherp.web.accounts.models import Lock, Member
from scherp.web.audit.recording import Actor, naming, record, record_in
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterable

FREE = 5
"""Attempts before the first wait."""

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_FORGET_AFTER = timedelta(days=1)


def hashed(address: str) -> str:
    """Give the keyed hash under which attempts with an address are counted."""
    return salted_hmac("scherp.lock", address.strip().lower(), algorithm="sha256").hexdigest()


@transaction.atomic(using=STAFF)
def knock(*, address: str, now: datetime | None = None) -> bool:
    """Count an attempt before it is looked at, so that many at once are counted too; False while locked out."""
    now = now or timezone.now()
    Lock.objects.filter(last_at__lt=now - _FORGET_AFTER).delete()
    Lock.objects.get_or_create(address=hashed(address), defaults={"last_at": now})
    lock = Lock.objects.select_for_update().get(address=hashed(address))
    if lock.until and lock.until > now:
        return False
    lock.failures, lock.last_at = lock.failures + 1, now
    lock.until = now + _wait(lock.failures) if lock.failures >= FREE else None
    lock.save()
    return True


def _wait(failures: int) -> timedelta:
    doubled: int = 2 ** min(failures - FREE, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


@transaction.atomic(using=STAFF)
def failed(*, address: str, step: str) -> None:
    """Put a failed attempt on record, and that it locked somebody out. step: password or second-factor."""
    by, about = Actor("stranger", ""), _about(address)
    record_in(STAFF, Happened.SIGN_IN_FAILED, by=by, about=about, step=step)
    lock = Lock.objects.filter(address=hashed(address)).first()
    if lock and lock.until:
        until = lock.until.isoformat(timespec="seconds")
        record_in(STAFF, Happened.LOCKED_OUT, by=by, about=about, failures=lock.failures, until=until)


def _about(address: str) -> str:
    member = Member.objects.filter(email__iexact=address.strip()).first()
    return naming(member) if member else ""


@transaction.atomic(using=STAFF)
def passed(*, address: str) -> None:
    """Take back the count of an attempt that was right. What failed before it still counts, until somebody is in."""
    lock = Lock.objects.select_for_update().filter(address=hashed(address)).first()
    if lock:
        lock.failures, lock.until = max(lock.failures - 1, 0), None
        lock.save()


@transaction.atomic(using=STAFF)
def signed_in(*, by: Member, methods: Iterable[str]) -> None:
    """Forget the attempts before, and put the sign-in on record."""
    Lock.objects.filter(address=hashed(by.email)).delete()
    record(Happened.SIGNED_IN, about=by, by=by.actor, methods=sorted(set(methods)))


@transaction.atomic(using=STAFF)
def signed_out(*, by: Member) -> None:
    """Put on record that somebody went."""
    record(Happened.SIGNED_OUT, about=by, by=by.actor)
