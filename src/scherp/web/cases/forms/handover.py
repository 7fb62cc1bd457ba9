"""What is asked for a handover."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from scherp.texts import say
from scherp.web.cases.forms.parts import OfCase
from scherp.web.cases.forms.spoken import choice, day, line, unchosen, word, words
from scherp.web.cases.law.reading import Capacity, handover_grounds
from scherp.web.cases.models import (
    Entry,
    EvidenceItem,
    HandoverTo,
    Informed,
    Part,
    Person,
    PersonRole,
    Suspect,
    WithoutParents,
)
from scherp.web.cases.models.handover import CONSENT
from scherp.web.cases.nouns import Along, Basis, Draft

if TYPE_CHECKING:
    from collections.abc import Callable

_ALONG = ("people", "suspects", "entries", "items")


def several() -> forms.MultipleChoiceField:
    """Give a field for any number of things."""
    return forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple())


class NewHandover(OfCase):
    """To whom, why, on which ground, what goes along, until when."""

    to_kind = choice()
    to_name = line()
    handover_reason = words(rows=3)
    summary = words(rows=8)
    legal_ground = choice(radio=True)
    ground_why = words(rows=3)
    capacity = choice(radio=True)
    consent_by = several()
    without_parents = choice(required=False)
    consent_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    informed = choice(radio=True)
    informed_how = words(rows=3)
    people = several()
    suspects = several()
    entries = several()
    items = several()
    expires = day()

    chooses: ClassVar = {"informed": Informed, "without_parents": WithoutParents}

    def __init__(self, *args: Any, with_suspects: bool, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._offer(
            "to_kind", [(one.value, say(f"handover.recipient.{one.value}", self.language)) for one in HandoverTo]
        )
        self._offer("capacity", [(one.value, say(f"cases.capacity.{one.value}", self.language)) for one in Capacity])
        grounds = [(name, said.words[self.language]) for name, said in handover_grounds().items()]
        self._offer("legal_ground", [(CONSENT, say("cases.handover.consent", self.language)), *grounds])
        self._offer_parts(with_suspects=with_suspects)

    def _offer_parts(self, *, with_suspects: bool) -> None:
        people = self._parts(Person, self._person)
        self._offer("people", people)
        self._offer("consent_by", [(label.split(",")[0], label) for _pk, label in people])
        self._offer("entries", self._parts(Entry, lambda one: f"{one.day or '?'}: {(one.what or '')[:80]}"))
        self._offer("items", self._parts(EvidenceItem, lambda one: one.name or ""))
        self._offer("suspects", self._parts(Suspect, lambda one: one.pseudonym) if with_suspects else [])

    def _person(self, one: Person) -> str:
        return f"{one.pseudonym}, {word(PersonRole(one.role), self.language)}"

    def _parts(self, model: type[Part], label: Callable[[Any], str]) -> list[tuple[str, str]]:
        found = model._default_manager.filter(case=self.case, withdrawn_at=None).select_related("case__key")
        return [(str(one.pk), label(one)) for one in found]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if not choices:  # nothing to tick
            del self.fields[name]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        elif isinstance(field, forms.ChoiceField):
            field.choices = unchosen(field, choices)

    def clean(self) -> dict[str, Any]:
        """Give the draft as one."""
        said = super().clean() or {}
        if self.errors:
            return said
        basis = Basis(
            said["legal_ground"],
            said["ground_why"],
            said["capacity"],
            tuple(said.get("consent_by", ())),
            said["consent_at"],
            said["without_parents"],
        )
        along = Along(*(tuple(said.get(name, ())) for name in _ALONG))
        ends = timezone.make_aware(datetime.combine(said["expires"], time(23, 59)))
        text = (said["to_kind"], said["to_name"], said["handover_reason"], said["summary"])
        return {"draft": Draft(*text, basis, along, ends, said["informed"], said["informed_how"])}


class StillToTell(OfCase):
    """Whether the young person knows of a handover by now."""

    informed = choice(radio=True)
    informed_how = words(rows=3)
    chooses: ClassVar = {"informed": [one for one in Informed if one is not Informed.WILL_BE]}


class Answered(OfCase):
    """What the other organisation answered, or why a handover is taken back."""

    handover_answer = words(required=False, rows=3)
