"""What stands on the page of a case, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from scherp.texts import say
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.models import (
    AgeBand,
    ClosingForm,
    CopyGround,
    Entry,
    EvidenceItem,
    Flag,
    FlagKind,
    Identity,
    MeldcodeStep,
    Note,
    Part,
    Person,
    PersonRole,
    Plan,
    SkipGround,
    State,
    Task,
    Transcript,
)
from scherp.web.cases.models.plan import STEPS, TALK_WITH_WHO_IT_CONCERNS
from scherp.web.talks.models import State as TalkState
from scherp.web.talks.models import Talk

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from scherp.texts import Language
    from scherp.web.cases.models import Case

P = TypeVar("P", bound=Part)


def parts(model: type[P], case: Case) -> list[P]:
    """Give what of one kind stands in a case, withdrawn ones too."""
    with_names = ("case__key", "made_by", "withdrawn_by")
    return list(model._default_manager.filter(case=case).select_related(*with_names))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the meldcode. taken: how, when it was; may_be_left_out: only the third."""

    number: int
    name: str
    taken: MeldcodeStep | None
    skipped: str
    may_be_left_out: bool


def contents(case: Case, language: Language) -> dict[str, Any]:
    """Give everything that is on the page of a case."""
    today = timezone.localdate()
    plans = parts(Plan, case)
    return {
        "flags": [(word(FlagKind(one.kind), language), one, one.holds(today)) for one in parts(Flag, case)],
        "people": _people(case, language),
        "entries": parts(Entry, case),
        "notes": parts(Note, case),
        "tasks": [(one, one.late(today)) for one in _tasks(case)],
        "plan": plans[0] if plans else None,
        "earlier_plans": plans[1:],
        "steps": steps(case, language),
        "evidence": parts(EvidenceItem, case),
        "transcripts": [(one, word(CopyGround(one.ground), language)) for one in parts(Transcript, case)],
        "talk_is_there": _is_there(case.talk),
        "closing": ClosingForm.objects.filter(case=case, replaced_at=None).first(),
        "state": word(State(case.state), language),
    }


def _is_there(talk: UUID | None) -> bool:
    """Tell whether there is a talk that can still be read."""
    return talk is not None and Talk.objects.filter(pk=talk).exclude(state=TalkState.ERASED).exists()


def standing_flags(cases: list[Case], today: date, language: Language) -> dict[Any, list[str]]:
    """Give the flags that hold, by case."""
    found: dict[Any, list[str]] = {}
    for flag in Flag.objects.filter(case__in=cases, until__gte=today, withdrawn_at=None):
        found.setdefault(flag.case_id, []).append(word(FlagKind(flag.kind), language))
    return found


def steps(case: Case, language: Language) -> list[Step]:
    """Give the five steps of the meldcode, taken or not."""
    taken = {one.step: one for one in parts(MeldcodeStep, case) if one.stands}
    return [_step(number, taken.get(number), language) for number in STEPS]


def _step(number: int, taken: MeldcodeStep | None, language: Language) -> Step:
    skipped = word(SkipGround(taken.skipped), language) if taken and taken.skipped else ""
    name = say(f"cases.meldcode.{number}", language)
    return Step(number, name, taken, skipped, number == TALK_WITH_WHO_IT_CONCERNS)


def _people(case: Case, language: Language) -> list[tuple[Person, str, str, bool]]:
    known = set(Identity.objects.filter(case=case).values_list("person_id", flat=True))
    return [
        (one, word(PersonRole(one.role), language), word(AgeBand(one.age), language), one.pk in known)
        for one in parts(Person, case)
    ]


def _tasks(case: Case) -> list[Task]:
    return list(
        Task.objects.filter(case=case).select_related("case__key", "made_by", "whom", "done_by", "withdrawn_by")
    )
