"""An event, and its place in the chain."""

from __future__ import annotations

import uuid

from django.db import models


class Event(models.Model):
    """Something that somebody did or read. Written in the transaction of what it records; never changed.

    by: `staff:ID`, `young:ID of the talk`, or `system:what`. about: `talk:ID`, `case:ID` and so on; "" for nothing.
    detail: names, counts and reasons; never words of a talk, never a name of a young person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # ours: the writer may not read back
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    by = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["about", "at"]), models.Index(fields=["by", "at"]))

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.kind} by {self.by} about {self.about or 'nothing'}"


class Link(models.Model):
    """One event's place in the chain. digest: SHA-256 over the digest before it and the whole event, in hex."""

    number = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"
