"""The people in a case, under pseudonyms; who they are is kept apart, and suspects are kept apart from both."""

from __future__ import annotations

from django.db import models

from scherp.web.cases.models.parts import Part
from scherp.web.sealing.fields import SealedText


class PersonRole(models.TextChoices):
    """What somebody is in a case. Nobody here is a suspect."""

    YOUNG_PERSON = "young_person"
    PARENT = "parent"
    FAMILY = "family"
    FRIEND = "friend"
    PROFESSIONAL = "professional"
    WITNESS = "witness"
    OTHER = "other"


class AgeBand(models.TextChoices):
    """An age as somebody stated it, in the bands of the rules on consent."""

    UNDER_12 = "0-11"
    FROM_12 = "12-15"
    FROM_16 = "16-17"
    ADULT = "18+"
    UNKNOWN = ""


class Person(Part):
    """Somebody in the case. pseudonym: given by the house, so that no real name can slip in."""

    pseudonym = models.CharField(max_length=40)
    role = models.CharField(max_length=20, choices=PersonRole.choices)
    age = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["case", "pseudonym"], name="one_person_a_pseudonym"),)
        indexes = (models.Index(fields=["pseudonym"]),)

    def __str__(self) -> str:
        return f"person in {self.case_id}"


class Identity(Part):
    """Who a person is, only where somebody needed to know. why: that need. Each reading of it is on record."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="identity")
    name = SealedText()
    contact = SealedText()
    why = SealedText()

    class Meta(Part.Meta):
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"identity of {self.person_id}"


class Suspect(Part):
    """Somebody of whom something is suspected, kept apart (AVG art. 10, UAVG art. 33). A suspicion is no proof.

    known_as: a name or address by which this person is known. rests_on: by whom, and on what.
    """

    pseudonym = models.CharField(max_length=40)
    age = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    known_as = SealedText()
    rests_on = SealedText()

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["case", "pseudonym"], name="one_suspect_a_pseudonym"),)

    def __str__(self) -> str:
        return f"suspect in {self.case_id}"
