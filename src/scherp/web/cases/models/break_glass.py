"""A case of another team, opened in an emergency."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.cases.models.case import Case
from scherp.web.sealing.fields import SealedText

if TYPE_CHECKING:
    from scherp.web.sealing.models import Key


class Verdict(models.TextChoices):
    """What was found afterwards."""

    RIGHT = "right"
    NOT_RIGHT = "not-right"


class BreakGlass(models.Model):
    """Somebody opened a case of another team, to read, for some hours, and for a reason that another looks at later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opened_in_emergency")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    opened_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    reviewer = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    remarks = SealedText(null=True)

    class Meta:
        ordering = ("opened_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reviewer=None) | ~models.Q(reviewer=models.F("member")),
                name="nobody_reviews_oneself",
            ),
        )
        indexes = (models.Index(fields=["member", "until"]),)

    def __str__(self) -> str:
        return f"emergency access to {self.case_id}"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to its case."""
        return self.case.key
