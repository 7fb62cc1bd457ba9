"""What is asked about requests, holds and emergencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from scherp.texts import say
from scherp.web.cases.forms.parts import OfCase
from scherp.web.cases.forms.spoken import Spoken, choice, day, line, words
from scherp.web.cases.law.reading import Capacity, refusals
from scherp.web.cases.models import AccessRequest, Answer, Asker, Outcome, RequestKind, Verdict
from scherp.web.cases.nouns import Asked, Replied


class NewRequest(OfCase):
    """Somebody asks to look into the case, or to have it erased."""

    request_kind = choice(radio=True)
    asker = choice()
    asked_on = day()
    asked = words(rows=3)
    capacity = forms.ChoiceField(widget=forms.RadioSelect())
    parent_involved = choice(radio=True)
    young_person_agrees = choice(radio=True)
    chooses: ClassVar = {
        "request_kind": RequestKind,
        "asker": Asker,
        "parent_involved": Answer,
        "young_person_agrees": Answer,
    }

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["asked_on"].initial = timezone.localdate()
        capacity = self.fields["capacity"]
        if isinstance(capacity, forms.ChoiceField):
            capacity.choices = [(one.value, say(f"cases.capacity.{one.value}", self.language)) for one in Capacity]

    def clean(self) -> dict[str, Any]:
        """Give what is asked as one."""
        said = super().clean() or {}
        if self.errors:
            return said
        said["kind"], said["on"], said["words"] = (said.pop(name) for name in ("request_kind", "asked_on", "asked"))
        return {"asked": Asked(**said)}


class Reply(OfCase):
    """What is proposed to answer."""

    outcome = choice(radio=True)
    refusal = forms.ChoiceField(required=False)
    why = words(rows=4)

    def __init__(self, *args: Any, about: AccessRequest, **settings: Any) -> None:
        super().__init__(*args, **settings)
        outcome, ground = self.fields["outcome"], self.fields["refusal"]
        offered = [Outcome.GRANTED, Outcome.REFUSED]
        offered += [Outcome.PARTLY] if about.kind == RequestKind.SEE else []
        if isinstance(outcome, forms.ChoiceField) and isinstance(ground, forms.ChoiceField):
            outcome.choices = [(one.value, say(f"cases.choices.Outcome.{one.value}", self.language)) for one in offered]
            known = [(name, p.words[self.language]) for name, (p, of) in refusals().items() if about.kind in of]
            ground.choices = [("", "-"), *known]

    def clean(self) -> dict[str, Any]:
        """Give the answer as one."""
        said = super().clean() or {}
        if self.errors:
            return said
        return {"reply": Replied(said["outcome"], said["why"], said["refusal"])}


class NewHold(OfCase):
    """Why a case is held."""

    reason = words(rows=3)


class Emergency(Spoken):
    """A case of another team is opened."""

    reference = line(most=20)
    emergency = words(rows=3)


class Review(Spoken):
    """What was found afterwards."""

    verdict = choice(radio=True)
    remarks = words(rows=3)
    chooses: ClassVar = {"verdict": Verdict}
