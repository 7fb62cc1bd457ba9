"""The form that is filled in after a talk: what `trends` counts."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.cases.models.case import Case


class ClosingForm(models.Model):
    """The answers after one talk: choices of `forms/VERSION.toml` and never words. `trends` will read it.

    It stands by itself: a talk has one, whether or not there is a case. version: the form as it was asked then.
    replaced_at: when it was corrected by a newer one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    talk = models.UUIDField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    filled_at = models.DateTimeField(default=timezone.now)
    filled_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("filled_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["talk"], condition=models.Q(replaced_at=None, talk__isnull=False), name="one_form_a_talk"
            ),
        )

    def __str__(self) -> str:
        return f"closing form {self.version}"
