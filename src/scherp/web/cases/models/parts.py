"""What is written in a case: what happened, notes, tasks, flags."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.cases.models.case import Case
from scherp.web.sealing.fields import SealedText

if TYPE_CHECKING:
    from datetime import date

    from scherp.web.sealing.models import Key


class Part(models.Model):
    """Something in a case. It is never changed, and never deleted alone: at most withdrawn, and then said to be so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ("made_at",)

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to its case."""
        return self.case.key

    @property
    def stands(self) -> bool:
        """Tell whether it was not withdrawn."""
        return self.withdrawn_at is None


class Entry(Part):
    """One line of the timeline. day: None when nobody knows; time: None when only the day is known.

    source: who says so, or where it stands.
    """

    day = models.DateField(null=True)
    time = models.TimeField(null=True)
    what = SealedText()
    source = SealedText()

    class Meta:
        ordering = (models.F("day").asc(nulls_last=True), models.F("time").asc(nulls_first=True), "made_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(time__isnull=True) | models.Q(day__isnull=False), name="no_time_without_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"entry in {self.case_id}"


class Note(Part):
    """What a member of staff writes for who works on the case after them."""

    words = SealedText()

    def __str__(self) -> str:
        return f"note in {self.case_id}"


class Task(Part):
    """What somebody is to do. until: the last day for it."""

    words = SealedText()
    whom = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = (models.F("done_at").asc(nulls_first=True), "until")

    def __str__(self) -> str:
        return f"task in {self.case_id}"

    def late(self, today: date) -> bool:
        """Tell whether its last day has gone by."""
        return self.stands and self.done_at is None and self.until < today


class FlagKind(models.TextChoices):
    """What whoever opens the case must know first."""

    DANGER_NOW = "danger-now"
    THOUGHTS_OF_DEATH = "thoughts-of-death"
    MEETING_PLANNED = "meeting-planned"
    IMAGES_SPREAD = "images-spread"
    MISSING = "missing"
    NOT_AT_HOME = "not-at-home"
    PARENT_INVOLVED = "parent-involved"


class Flag(Part):
    """A warning that lapses by itself, so that nobody is marked for ever. until: its last day."""

    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    until = models.DateField()
    reason = SealedText()

    class Meta(Part.Meta):
        ordering = ("-until",)

    def __str__(self) -> str:
        return f"flag {self.kind} in {self.case_id}"

    def holds(self, today: date) -> bool:
        """Tell whether it still counts."""
        return self.stands and today <= self.until
