"""What keeps the line from being flooded. None of it says who somebody is, and all of it is gone within two days."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models

DAY_KEPT = timedelta(days=1)
"""How long the key of a day is kept after it: a block of yesterday evening still holds this morning."""


def new_secret() -> str:
    """Make the secret of a day: 256 bits."""
    return secrets.token_hex(32)


class DayKey(models.Model):
    """What addresses are hashed with on one day. Once it is deleted, nobody can tell whose a hash was."""

    day = models.DateField(primary_key=True)
    secret = models.CharField(max_length=64, default=new_secret)

    def __str__(self) -> str:
        return f"key of {self.day.isoformat()}"


class Tally(models.Model):
    """How often something was done in one hour. who: the hash of an address, or "" for everybody together."""

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=64, blank=True)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["what", "who", "hour"], name="one_tally_an_hour"),)

    def __str__(self) -> str:
        return f"{self.what} {self.count} in the hour of {self.hour.isoformat()}"


class Spent(models.Model):
    """A proof of work that was used, until it would have lapsed anyway."""

    signature = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"spent until {self.until.isoformat()}"
