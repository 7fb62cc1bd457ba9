"""Requests to look into a file or to erase it, and what holds a file."""

from __future__ import annotations

from django.db import models

from scherp.web.cases.models.parts import Part
from scherp.web.sealing.fields import SealedText


class RequestKind(models.TextChoices):
    """What is asked."""

    SEE = "see"
    ERASE = "erase"


class Asker(models.TextChoices):
    """Who asks."""

    YOUNG_PERSON = "young-person"
    PARENT = "parent"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    OTHER = "other"


class Answer(models.TextChoices):
    """A question that has "unknown" as an answer too."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class Outcome(models.TextChoices):
    """What is answered; on hold until a second person has decided."""

    HELD = "held"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class AccessRequest(Part):
    """Somebody asks to look into the case or to have it erased. It is on hold until two people have decided.

    parent_involved: whether this parent is, or may be, part of what happened. proposed: what one person proposes to
    answer; outcome: what was decided. ground: of `law/grounds.toml`, where it is not granted in full.
    """

    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    asker = models.CharField(max_length=20, choices=Asker.choices)
    asked_on = models.DateField()
    asked = SealedText()
    capacity = models.CharField(max_length=10)
    parent_involved = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    young_person_agrees = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    proposed = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ground = models.CharField(max_length=30, blank=True)
    why = SealedText(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.HELD)

    class Meta(Part.Meta):
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(proposed__in=("partly", "refused")) | ~models.Q(ground=""),
                name="a_refusal_has_a_ground",
            ),
        )

    def __str__(self) -> str:
        return f"request to {self.kind} {self.case_id}"


class Hold(Part):
    """A reason by which a case may not be erased now, such as a criminal case; lifted by withdrawing it."""

    reason = SealedText()

    def __str__(self) -> str:
        return f"hold on {self.case_id}"
