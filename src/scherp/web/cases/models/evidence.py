"""What was received, and what was copied from a talk."""

from __future__ import annotations

import base64
import uuid

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.cases.models.parts import Part
from scherp.web.sealing.fields import DESTROYED, SealedText


class EvidenceItem(Part):
    """A text export as it was received: never a picture. sha256: of the original, in hex; size: its bytes.

    form: the export's form as it was recognised; content: the original bytes in base64, sealed.
    """

    name = SealedText()
    content = SealedText()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    form = models.CharField(max_length=30)
    messages = models.PositiveIntegerField()
    received_from = SealedText()
    received_at = models.DateTimeField()

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["case", "sha256"], name="one_original_once"),)

    def __str__(self) -> str:
        return f"evidence in {self.case_id}"

    @property
    def original(self) -> bytes:
        """Give the bytes as they came in; none once the case is erased."""
        return b"" if self.content == DESTROYED else base64.b64decode(self.content or "")


class CustodyDeed(models.TextChoices):
    """What was done with an original."""

    RECEIVED = "received"
    STORED = "stored"
    VIEWED = "viewed"
    COPIED = "copied"
    MOVED = "moved"


class Custody(models.Model):
    """One link of the chain of custody: who did what with an original, and the hash that it then had."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.CASCADE, related_name="custody")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=10, choices=CustodyDeed.choices)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("at",)
        verbose_name_plural = "custody"

    def __str__(self) -> str:
        return f"{self.deed} {self.item_id}"


class CopyGround(models.TextChoices):
    """On what ground the words of a talk were copied into the case."""

    AGREED = "agreed"
    DANGER = "danger"
    LEGAL_DUTY = "legal-duty"


class Transcript(Part):
    """The words of a talk, copied into the case. why: how the young person was asked, or why the ground holds."""

    talk = models.UUIDField()
    ground = models.CharField(max_length=10, choices=CopyGround.choices)
    why = SealedText()
    lines = SealedText()

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["case", "talk"], name="one_copy_of_a_talk"),)

    def __str__(self) -> str:
        return f"transcript in {self.case_id}"
