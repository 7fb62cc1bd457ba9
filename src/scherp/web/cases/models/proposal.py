"""What one person proposes and another decides."""

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


class ProposalKind(models.TextChoices):
    """What is proposed."""

    STEP = "step"
    PLAN = "plan"
    ACCESS = "access"
    HANDOVER = "handover"


class ProposalState(models.TextChoices):
    """How far a proposal is. Void: what was proposed changed since, so nobody decides on it any more."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    VOID = "void"


class Proposal(models.Model):
    """Something that needs four eyes. The database refuses a decider who is the author.

    step: the step of `life.toml`, for a step. about: the id of what it is about: the case itself, for a step.
    content_hash: SHA-256 over what is proposed, as it was then; if that changes, the proposal is void.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ProposalKind.choices)
    step = models.CharField(max_length=20, blank=True)
    about = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    decider = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = SealedText(null=True)

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decider=None) | ~models.Q(decider=models.F("author")), name="author_never_decides"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("approved", "declined")) | models.Q(decider__isnull=False),
                name="somebody_decided",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "step", "about"],
                condition=models.Q(state="waiting"),
                name="one_waits_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id} ({self.state})"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to its case."""
        return self.case.key
