"""What the line notes to keep itself from being flooded, and forgets again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from scherp.web.helpchat.models import DAY_KEPT, DayKey, Spent, Tally
from scherp.web.stores import LINE

if TYPE_CHECKING:
    from datetime import date, datetime


def day_key(*, day: date) -> str:
    """Give the key of a day, made when it is first asked for."""
    found, _made = DayKey.objects.get_or_create(day=day)
    return found.secret


@transaction.atomic(using=LINE)
def count(*, what: str, who: str = "") -> int:
    """Count one more in this hour, and give how many there are now."""
    tally, _made = Tally.objects.get_or_create(what=what, who=who, hour=_this_hour())
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + 1)
    return Tally.objects.values_list("count", flat=True).get(pk=tally.pk)


def counted(*, what: str, who: str = "") -> int:
    """Give how many there are in this hour."""
    found = Tally.objects.filter(what=what, who=who, hour=_this_hour()).first()
    return found.count if found else 0


def spend(*, signature: str, until: datetime) -> bool:
    """Use a proof of work; False when it was used before."""
    try:
        with transaction.atomic(using=LINE):
            Spent(signature=signature, until=until).save(using=LINE, force_insert=True)
    except IntegrityError:
        return False
    return True


def forget_addresses() -> None:
    """Delete every key, tally and proof whose time has come."""
    now = timezone.now()
    DayKey.objects.filter(day__lt=timezone.localdate() - DAY_KEPT).delete()
    Tally.objects.filter(hour__lt=now - timedelta(hours=1)).delete()
    Spent.objects.filter(until__lt=now).delete()


def _this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)
