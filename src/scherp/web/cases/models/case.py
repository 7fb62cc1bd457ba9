"""A case."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member, Team
from scherp.web.sealing.fields import SealedText
from scherp.web.sealing.models import Key


class State(models.TextChoices):
    """How far a case is; `life.toml` says which step may follow which."""

    OPEN = "open"
    ACTIVE = "active"
    WAITING = "waiting"
    CLOSED = "closed"
    ERASED = "erased"


class Case(models.Model):
    """What one team keeps of one young person who is, or may be, exploited.

    reference: says nothing of anybody, not even how many cases there are. about: one line, sealed.
    talk: the opaque id of the talk it came from. key: None once the case is erased, and nothing can be read any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    key = models.ForeignKey(Key, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    about = SealedText(null=True)
    talk = models.UUIDField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-changed_at",)
        indexes = (models.Index(fields=["team", "state", "changed_at"]),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="erased") | models.Q(key__isnull=True), name="erased_has_no_key"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to this case."""
        return self.key

    @property
    def goes_on(self) -> bool:
        """Tell whether something can still be written in it."""
        return self.state not in {State.CLOSED, State.ERASED}
