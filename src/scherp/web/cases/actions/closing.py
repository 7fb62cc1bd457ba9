"""The closing form is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.opening import own_talk
from scherp.web.cases.actions.refusals import NoSuchAnswer, NotWhole
from scherp.web.cases.actions.steps import must
from scherp.web.cases.events import Happened
from scherp.web.cases.forms.closing_questions import NEWEST, form
from scherp.web.cases.models import ClosingForm
from scherp.web.cases.reach import reachable
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from scherp.web.accounts.models import Member
    from scherp.web.cases.forms.closing_questions import Answer
    from scherp.web.cases.models import Case


@transaction.atomic(using=STAFF)
def fill_in(
    *,
    answers: Mapping[str, Answer],
    by: Member,
    talk: uuid.UUID | None = None,
    case: Case | None = None,
    version: str = NEWEST,
) -> ClosingForm:
    """Keep the answers after a talk of one's own, or about a case; an earlier form of the same is replaced by them.

    Raises NoSuchAnswer: only the choices of the form are kept, and never words.
    """
    if not form(version).is_answered(answers):
        raise NoSuchAnswer
    case = _about(talk, case, by)
    _earlier(talk, case).update(replaced_at=timezone.now())
    filled = ClosingForm.objects.create(talk=talk, case=case, version=version, answers=dict(answers), filled_by=by)
    record(Happened.FORM_FILLED, about=case or filled, by=by.actor, part=naming(filled), version=version)
    return filled


def _about(talk: uuid.UUID | None, case: Case | None, by: Member) -> Case | None:
    if case is not None:
        must(by, Permission.WRITE_CASES_OF_TEAM, case)
        return case
    must(by, Permission.TAKE_TALKS)
    if talk is None:
        raise NotWhole
    own_talk(talk, by)
    return reachable(by).filter(talk=talk).first()


def _earlier(talk: uuid.UUID | None, case: Case | None) -> QuerySet[ClosingForm]:
    standing = ClosingForm.objects.filter(replaced_at=None, talk=talk)
    return standing if talk is not None else standing.filter(case=case)
