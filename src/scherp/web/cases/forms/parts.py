"""What is asked for each part of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from scherp.texts import say
from scherp.web.accounts.models import Member
from scherp.web.accounts.permissions import Permission
from scherp.web.cases.forms.spoken import Spoken, choice, day, line, unchosen, words
from scherp.web.cases.models import AgeBand, CopyGround, FlagKind, PersonRole, Plan, SkipGround
from scherp.web.cases.models.plan import STEPS, TALK_WITH_WHO_IT_CONCERNS
from scherp.web.cases.nouns import PlanText, Received, When

if TYPE_CHECKING:
    from scherp.web.cases.models import Case


class OpenCase(Spoken):
    """A case is opened."""

    about = line()


class OfCase(Spoken):
    """What is asked about a case that is there."""

    def __init__(self, *args: Any, case: Case, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.case = case


class NewPerson(OfCase):
    """Somebody in the case."""

    role = choice()
    age = choice(required=False)
    chooses: ClassVar = {"role": PersonRole, "age": AgeBand}


class NewIdentity(OfCase):
    """Who somebody is."""

    name = line()
    contact = words(required=False, rows=2)
    why = words(rows=2)


class NewSuspect(OfCase):
    """Of whom something is suspected."""

    known_as = line(required=False)
    age = choice(required=False)
    rests_on = words()
    chooses: ClassVar = {"age": AgeBand}


class NewEntry(OfCase):
    """What happened."""

    day = day(required=False)
    time = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    what = words()
    source = line()

    def clean(self) -> dict[str, Any]:
        """Give when it was as one."""
        said = super().clean() or {}
        said["when"] = When(said.pop("day", None), said.pop("time", None))
        return said


class NewNote(OfCase):
    """A note."""

    words = words(rows=6)


class NewTask(OfCase):
    """Something to do. whom: those of the case's team who can open it."""

    task = line(most=500)
    whom = choice()
    until = day()

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        team = Member.objects.filter(team=self.case.team_id, is_active=True).order_by("name")
        self._team = {str(one.pk): one for one in team if one.may(Permission.READ_CASES_OF_TEAM)}
        whom = self.fields["whom"]
        if isinstance(whom, forms.ChoiceField):
            whom.choices = unchosen(whom, [(pk, one.name) for pk, one in self._team.items()])

    def clean(self) -> dict[str, Any]:
        """Give the member instead of the choice."""
        said = super().clean() or {}
        if "task" in said:
            said["words"] = said.pop("task")
        if "whom" in said:
            said["whom"] = self._team[said["whom"]]
        return said


class NewFlag(OfCase):
    """A warning that lapses."""

    kind = choice()
    until = day()
    reason = words(rows=2)
    chooses: ClassVar = {"kind": FlagKind}


class NewPlan(OfCase):
    """The next version of the plan; it begins with what the last one says."""

    wishes = words()
    risks = words()
    agreements = words()
    told = words(required=False, rows=2)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if newest := Plan.objects.filter(case=self.case).select_related("case__key").first():
            self.initial = {name: getattr(newest, name) for name in self.fields}

    def clean(self) -> dict[str, Any]:
        """Give the text as one."""
        said = super().clean() or {}
        return said if self.errors else {"text": PlanText(**said)}


class TakenStep(OfCase):
    """A step of the meldcode that was taken."""

    step = choice()
    day = day()
    came_of_it = words()

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["day"].initial = timezone.localdate()
        step = self.fields["step"]
        if isinstance(step, forms.ChoiceField):
            named = [(str(n), f"{n}. {say(f'cases.meldcode.{n}', self.language)}") for n in STEPS]
            step.choices = unchosen(step, named)

    def clean(self) -> dict[str, Any]:
        """Give the number of the step."""
        said = super().clean() or {}
        if "step" in said:
            said["step"] = int(said["step"])
        if "came_of_it" in said:
            said["words"] = said.pop("came_of_it")
        return said


class SkippedStep(OfCase):
    """The third step of the meldcode, left out."""

    ground = choice(radio=True)
    why = words()
    chooses: ClassVar = {"ground": SkipGround}

    def clean(self) -> dict[str, Any]:
        """Say which step: there is only one that can be left out."""
        return (super().clean() or {}) | {"step": TALK_WITH_WHO_IT_CONCERNS}


class NewEvidence(OfCase):
    """A file that was received."""

    file = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".txt,.json,.jsonl,.csv,.tsv,.log"}))
    received_from = line()
    received_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def clean(self) -> dict[str, Any]:
        """Give the name and the bytes of the file."""
        said = super().clean() or {}
        if file := said.pop("file", None):
            said |= {"name": file.name, "data": file.read()}
        if not self.errors:
            said["received"] = Received(said.pop("received_from"), said.pop("received_at"))
        return said


class CopiedTalk(OfCase):
    """The words of the talk, copied into the case."""

    ground = choice(radio=True)
    why = words(rows=3)
    chooses: ClassVar = {"ground": CopyGround}


class Reason(OfCase):
    """Why something is proposed."""

    reason = words(rows=3)


class Answer(OfCase):
    """What is answered to who proposed; needed where it is declined."""

    answer = words(required=False, rows=3)
