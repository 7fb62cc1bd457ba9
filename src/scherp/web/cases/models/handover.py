"""A case handed over to another organisation, and the package that goes there."""

from __future__ import annotations

import base64
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.cases.models.parts import Part
from scherp.web.sealing.fields import DESTROYED, SealedText

if TYPE_CHECKING:
    from scherp.web.sealing.models import Key

CONSENT = "consent"
"""The ground, where it is not one of `law/grounds.toml`."""


AGAIN_WITHIN = timedelta(minutes=15)
"""For how long who took a package out may have it again: a download can fail."""


class HandoverState(models.TextChoices):
    """How far a handover is."""

    DRAFT = "draft"
    APPROVED = "approved"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HandoverTo(models.TextChoices):
    """To what kind of organisation; as `scherp.handover.Recipient`."""

    POLICE = "police"
    VEILIG_THUIS = "veilig_thuis"
    CENTRUM_SEKSUEEL_GEWELD = "centrum_seksueel_geweld"
    COMENSHA = "comensha"
    CARE_COORDINATOR = "care_coordinator"
    NIDOS = "nidos"
    GUARDIAN = "guardian"
    RAAD = "raad"
    OTHER = "other"


class Informed(models.TextChoices):
    """Whether the young person knows of a handover: nothing is done without telling them, unless it cannot be."""

    TOLD = "told"
    WILL_BE = "will-be"
    NOT_SAFE = "not-safe"
    UNREACHABLE = "unreachable"


class WithoutParents(models.TextChoices):
    """Why the consent of parents is not needed beside that of somebody of 12 to 15 (BW 7:450 lid 2, Jeugdwet 7.3.4)."""

    NONE = ""
    SERIOUS_HARM = "serious-harm"
    DELIBERATE_WISH = "deliberate-wish"


class Handover(Part):
    """What is given to whom, on which ground, until when. Approved by a second person, which the database asks too.

    informed: whether the young person knows; "" where that was not asked yet. informed_how: what they were told and
    what they said of it, or why not.
    consent_by: pseudonyms. capacity: of the young person, as it was judged then, where the ground is consent.
    ground: `consent`, or an id of `law/grounds.toml`. people, suspects, entries, items: ids of what goes along.
    """

    to_kind = models.CharField(max_length=30, choices=HandoverTo.choices)
    to_name = SealedText()
    reason = SealedText()
    summary = SealedText()
    ground = models.CharField(max_length=30)
    ground_why = SealedText()
    consent_by = models.TextField(blank=True)
    consent_at = models.DateTimeField(null=True)
    capacity = models.CharField(max_length=10, blank=True)
    without_parents = models.CharField(max_length=20, choices=WithoutParents.choices, blank=True)
    informed = models.CharField(max_length=12, choices=Informed.choices, blank=True)
    informed_how = SealedText(null=True)
    people = models.JSONField(default=list)
    suspects = models.JSONField(default=list)
    entries = models.JSONField(default=list)
    items = models.JSONField(default=list)
    expires = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.DRAFT)
    approver = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    answer = SealedText(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(Part.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approver=None) | ~models.Q(approver=models.F("made_by")),
                name="nobody_approves_their_own_handover",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn")) | models.Q(approver__isnull=False),
                name="nothing_goes_unapproved",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground=CONSENT) | (~models.Q(consent_by="") & models.Q(consent_at__isnull=False)),
                name="consent_is_somebody_s_and_somewhen",
            ),
        )

    @property
    def owes_telling(self) -> bool:
        """Whether the young person was not told of it, and it is not said why that cannot be."""
        return self.informed in {"", Informed.WILL_BE}

    def __str__(self) -> str:
        return f"handover of {self.case_id} ({self.state})"


class Package(models.Model):
    """The signed package, sealed until it is taken out, once. sha256: of the whole zip, in hex.

    content: None once it is gone: a quarter of an hour after it was taken out, withdrawn, or past its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handover = models.OneToOneField(Handover, on_delete=models.CASCADE, related_name="package")
    content = SealedText(null=True)
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"package of {self.handover_id}"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to its case."""
        return self.handover.case.key

    def may_be_had_again(self, member: Member) -> bool:
        """Tell whether a member took it just now, and may have it once more."""
        just_now = self.taken_at is not None and timezone.now() - self.taken_at < AGAIN_WITHIN
        return just_now and self.taken_by == member and self.is_here

    @property
    def is_here(self) -> bool:
        """Tell whether its bytes are still kept, and can be read."""
        return self.content not in {None, DESTROYED}

    @property
    def data(self) -> bytes:
        """Give the bytes of the zip; none once they are gone."""
        return base64.b64decode(self.content or "") if self.is_here else b""
