"""What is written in a case, withdrawn, and done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.refusals import AlreadyThere, NoDayLikeThat, NotTheirCase, NotWhole
from scherp.web.cases.actions.steps import kept, to_write_in, touched
from scherp.web.cases.events import Happened
from scherp.web.cases.models import Entry, Flag, FlagKind, Note, Part, Suspect, Task
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from datetime import date

    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case
    from scherp.web.cases.nouns import When

FLAG_AT_MOST = timedelta(days=180)
_WRITE = Permission.WRITE_CASES_OF_TEAM


@transaction.atomic(using=STAFF)
def add_note(*, case: Case, words: str, by: Member) -> Note:
    """Write a note."""
    case = to_write_in(case, by, _WRITE)
    return kept(Note(case=case, words=said(words)), by)


@transaction.atomic(using=STAFF)
def add_entry(*, case: Case, what: str, source: str, when: When, by: Member) -> Entry:
    """Add what happened to the timeline; never in the future."""
    case = to_write_in(case, by, _WRITE)
    if (when.day is not None and when.day > timezone.localdate()) or (when.time is not None and when.day is None):
        raise NoDayLikeThat
    return kept(Entry(case=case, what=said(what), source=said(source), day=when.day, time=when.time), by)


@transaction.atomic(using=STAFF)
def add_task(*, case: Case, words: str, whom: Member, until: date, by: Member) -> Task:
    """Give somebody of the team, oneself included, something to do."""
    case = to_write_in(case, by, _WRITE)
    if whom.team_id != case.team_id or not whom.may(Permission.READ_CASES_OF_TEAM):
        raise NotTheirCase
    if until < timezone.localdate():
        raise NoDayLikeThat
    return kept(Task(case=case, words=said(words), whom=whom, until=until), by)


@transaction.atomic(using=STAFF)
def finish_task(*, task: Task, by: Member) -> None:
    """Say that something was done."""
    case = to_write_in(task.case, by, _WRITE)
    if task.done_at or not task.stands:
        raise AlreadyThere
    task.done_at, task.done_by = timezone.now(), by
    task.save(update_fields=["done_at", "done_by"])
    touched(case)
    record(Happened.TASK_DONE, about=case, by=by.actor, part=naming(task))


@transaction.atomic(using=STAFF)
def raise_flag(*, case: Case, kind: FlagKind, until: date, reason: str, by: Member) -> Flag:
    """Warn whoever opens the case, until a day within half a year; then it lapses by itself."""
    case = to_write_in(case, by, _WRITE)
    today = timezone.localdate()
    if not today <= until <= today + FLAG_AT_MOST:
        raise NoDayLikeThat
    return kept(Flag(case=case, kind=kind, until=until, reason=said(reason)), by)


@transaction.atomic(using=STAFF)
def withdraw(*, part: Part, by: Member) -> None:
    """Say that a part does not count any more. It can still be read, with who withdrew it and when."""
    permission = Permission.READ_SUSPECTS if isinstance(part, Suspect) else _WRITE
    case = to_write_in(part.case, by, permission)
    if not part.stands:
        raise AlreadyThere
    part.withdrawn_at, part.withdrawn_by = timezone.now(), by
    part.save(update_fields=["withdrawn_at", "withdrawn_by"])
    touched(case)
    record(Happened.WITHDRAWN, about=case, by=by.actor, part=naming(part))


def said(words: str) -> str:
    """Give what was written, without blanks around it. Raises NotWhole when that is nothing."""
    if not (told := words.strip()):
        raise NotWhole
    return told
