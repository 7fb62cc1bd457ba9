"""The risk and safety plan, and the steps of the meldcode."""

from __future__ import annotations

from django.db import models

from scherp.web.cases.models.parts import Part
from scherp.web.sealing.fields import SealedText


class Plan(Part):
    """A risk and safety plan, one version of it. number: from 1; the highest is the plan of today.

    wishes: what the young person wants, in their own words where possible; it comes first.
    """

    number = models.PositiveIntegerField()
    wishes = SealedText()
    risks = SealedText()
    agreements = SealedText()
    told = SealedText()

    class Meta(Part.Meta):
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_plan_a_number"),)

    def __str__(self) -> str:
        return f"plan {self.number} of {self.case_id}"


class SkipGround(models.TextChoices):
    """For whose safety the talk with who it concerns is left out. There is no other ground."""

    CHILD = "safety-of-the-child"
    PROFESSIONAL = "safety-of-the-professional"


TALK_WITH_WHO_IT_CONCERNS = 3
DECIDING = 5
STEPS = (1, 2, 3, 4, DECIDING)


class MeldcodeStep(Part):
    """One of the five steps of the meldcode (Besluit verplichte meldcode), taken or, the third only, left out.

    day: when it was taken. skipped: "" when it was taken. words: what came of it, or why it was left out.
    """

    step = models.PositiveSmallIntegerField()
    day = models.DateField()
    skipped = models.CharField(max_length=30, choices=SkipGround.choices, blank=True)
    words = SealedText()

    class Meta:
        ordering = ("step", "made_at")
        constraints = (
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="five_steps"),
            models.CheckConstraint(
                condition=models.Q(skipped="")
                | models.Q(step=TALK_WITH_WHO_IT_CONCERNS, skipped__in=SkipGround.values),
                name="only_the_third_is_left_out_and_for_safety",
            ),
            models.UniqueConstraint(
                fields=["case", "step"], condition=models.Q(withdrawn_at=None), name="each_step_once"
            ),
        )

    def __str__(self) -> str:
        return f"step {self.step} in {self.case_id}"
