"""What the desk keeps beside a talk: notes, a shared conversation, counts. It goes when the talk goes."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.sealing.fields import SealedText
from scherp.web.sealing.models import Key

REASON_LENGTH = 200
NOTE_LENGTH = 4_000


class Folder(models.Model):
    """What the desk keeps of one talk. key: destroyed together with the talk."""

    talk = models.UUIDField(primary_key=True, editable=False)
    key = models.ForeignKey(Key, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"folder of {self.talk}"


class Note(models.Model):
    """What a counsellor wrote down beside a talk. withdrawn_at: None while it holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    words = SealedText()
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"note of {self.folder_id}"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what the desk keeps of the talk."""
        return self.folder.key


class Shared(models.Model):
    """A conversation that a young person wanted to look at together. documents: the texts of the file, as JSON."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.OneToOneField(Folder, on_delete=models.CASCADE, related_name="shared")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    documents = SealedText()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"shared in {self.folder_id}"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what the desk keeps of the talk."""
        return self.folder.key


class Judgement(models.Model):
    """Whether the counsellor agrees with one sign in a shared conversation; it goes with the conversation."""

    shared = models.ForeignKey(Shared, on_delete=models.CASCADE, related_name="judgements")
    sign = models.CharField(max_length=60)
    agrees = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["shared", "sign"], name="one_judgement_per_sign"),)

    def __str__(self) -> str:
        return f"{self.sign}: {'agrees' if self.agrees else 'disagrees'}"


class Feedback(models.Model):
    """How often counsellors agreed with a sign: counts, of no talk and of nobody. engine: the version of Scherp."""

    sign = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    engine = models.CharField(max_length=20)
    agreed = models.PositiveIntegerField(default=0)
    disagreed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("sign", "language", "engine")
        constraints = (models.UniqueConstraint(fields=["sign", "language", "engine"], name="one_count_per_sign"),)

    def __str__(self) -> str:
        return f"{self.sign} ({self.language}): {self.agreed} for, {self.disagreed} against"


COUNTED_OVER = timedelta(days=90)
"""Over how long it is counted how often somebody else than the first was taken; then why is of no use any more."""


class Override(models.Model):
    """Somebody took another talk than the next. The rules are those that put the two talks where they stood."""

    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    next_rule = models.CharField(max_length=40)
    taken_rule = models.CharField(max_length=40)
    reason = models.CharField(max_length=REASON_LENGTH)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["at"]),)

    def __str__(self) -> str:
        return f"{self.taken_rule} before {self.next_rule}"


class AtDesk(models.Model):
    """When a member was last seen at the desk."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} at the desk"
