"""A talk, who sits at it, and what was said. Staff are known here by an opaque id and a chosen name only."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max
from django.utils import timezone

from scherp.texts import Language
from scherp.web.sealing.fields import SealedText
from scherp.web.sealing.models import Key
from scherp.web.talks.opening import Opening

if TYPE_CHECKING:
    from datetime import datetime

NAME_LENGTH = 40
WORDS_LENGTH = 4_000
"""Characters in one message, at most."""

SEAT_HOLDS = timedelta(hours=12)
"""How long a browser that did not leave may go on; after that, only the return code opens the talk."""


class State(models.TextChoices):
    """How far a talk is. `later`: left when the line was closed or full; in no queue till its writer is back."""

    LATER = "later"
    WAITING = "waiting"
    TALKING = "talking"
    ENDED = "ended"
    ERASED = "erased"


class Talk(models.Model):
    """A talk between one young person, who is not known, and one counsellor.

    key: None once the talk is erased; what was said cannot be read any more then.
    from_hash: a short-lived keyed hash of where it came from, for a block; emptied within a day.
    return_hash: a keyed hash of the return code; "" when there is none, or when it lapsed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(Key, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    language = models.CharField(max_length=2, choices=[(one.value, one.value) for one in Language])
    told = SealedText(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    counsellor = models.UUIDField(null=True)
    counsellor_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    return_hash = models.CharField(max_length=64, blank=True)
    return_until = models.DateTimeField(null=True)
    from_hash = models.CharField(max_length=64, blank=True)
    share_asked_at = models.DateTimeField(null=True)
    shared_consent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["return_hash"], condition=~models.Q(return_hash=""), name="one_per_code"),
            models.CheckConstraint(
                condition=~models.Q(state="talking") | models.Q(counsellor__isnull=False),
                name="talking_is_with_someone",
            ),
        )
        indexes = (models.Index(fields=["state", "waiting_since"]), models.Index(fields=["counsellor", "state"]))

    def __str__(self) -> str:
        return f"talk {self.id} ({self.state})"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to this talk."""
        return self.key

    @property
    def opening(self) -> Opening:
        """Give what was told before the talk; nothing once it is erased."""
        return Opening.from_json(self.told) if self.told and self.key else Opening()

    @property
    def topic(self) -> str:
        """Give the name by which news of this talk is told around."""
        return topic_of(self.id)

    @property
    def last_number(self) -> int:
        """Give the number of the last message; 0 when nothing was said."""
        return self.messages.aggregate(last=Max("number"))["last"] or 0

    @property
    def goes_on(self) -> bool:
        """Tell whether something can still be said."""
        return self.state in {State.LATER, State.WAITING, State.TALKING}


def topic_of(talk: uuid.UUID) -> str:
    """Give the name by which news of a talk is told around."""
    return f"talk:{talk}"


QUEUE = "queue"
"""The name by which news of the queue is told around."""


class Seat(models.Model):
    """One browser that sits at a talk. hash: keyed hash of its secret. shows_from: the first message it may see."""

    hash = models.CharField(max_length=64, primary_key=True)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="seats")
    shows_from = models.PositiveIntegerField(default=1)
    taken_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"seat at {self.talk_id}"

    def holds(self, at: datetime) -> bool:
        """Tell whether who sits here may still see the talk at a moment."""
        return self.left_at is None and at < self.taken_at + SEAT_HOLDS


class Writer(models.TextChoices):
    """Who wrote a message. `fixed` is a text of the line itself, said to be one."""

    YOUNG = "young"
    COUNSELLOR = "counsellor"
    FIXED = "fixed"


class Message(models.Model):
    """What was said once. number: its place in the talk, from 1, without gaps. key: the sender's; none is said twice.

    said: the entry of `texts/talk.toml` for a fixed text; name: how the counsellor is called in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    key = models.UUIDField(default=uuid.uuid4)
    writer = models.CharField(max_length=10, choices=Writer.choices)
    words = SealedText(null=True)
    said = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    staff = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["talk", "number"], name="one_per_number"),
            models.UniqueConstraint(fields=["talk", "key"], name="never_twice"),
        )

    def __str__(self) -> str:
        return f"message {self.number} of {self.talk_id}"

    @property
    def sealing_key(self) -> Key | None:
        """Give the key that seals what belongs to its talk."""
        return self.talk.key


class Transfer(models.Model):
    """A talk that one counsellor wants to hand to another; the young person is asked first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="transfers")
    giver = models.UUIDField()
    taker = models.UUIDField()
    taker_name = models.CharField(max_length=NAME_LENGTH)
    asked_at = models.DateTimeField(default=timezone.now)
    young_agrees = models.BooleanField(null=True)
    taker_agrees = models.BooleanField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["talk"], condition=models.Q(over_at=None), name="one_transfer_at_a_time"),
        )

    def __str__(self) -> str:
        return f"transfer of {self.talk_id}"


class ReadAlong(models.Model):
    """A supervisor who reads along with a talk; the young person and the counsellor see so on their screen."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="read_alongs")
    supervisor = models.UUIDField()
    name = models.CharField(max_length=NAME_LENGTH)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["talk", "supervisor"], condition=models.Q(until=None), name="reads_along_once"
            ),
        )

    def __str__(self) -> str:
        return f"read-along with {self.talk_id}"


class Block(models.Model):
    """Somebody who may not open a talk for a while, by the short-lived hash of where they came from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["from_hash", "until"]),)

    def __str__(self) -> str:
        return f"block until {self.until.isoformat()}"

    def holds(self, at: datetime) -> bool:
        """Tell whether the block holds at a moment."""
        return self.lifted_at is None and at < self.until
