"""People in a case: under a pseudonym; who they are only where needed; suspects apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.steps import kept, must, to_write_in
from scherp.web.cases.actions.writing import said
from scherp.web.cases.events import Happened
from scherp.web.cases.models import AgeBand, Identity, Person, PersonRole, Suspect
from scherp.web.cases.naming import new_pseudonym
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case


@transaction.atomic(using=STAFF)
def add_person(*, case: Case, role: PersonRole, age: AgeBand, by: Member) -> Person:
    """Add somebody; the house gives the pseudonym."""
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    taken = Person.objects.filter(case=case).values_list("pseudonym", flat=True)
    return kept(Person(case=case, pseudonym=new_pseudonym("people", taken), role=role, age=age), by)


@transaction.atomic(using=STAFF)
def link_identity(*, person: Person, name: str, contact: str, why: str, by: Member) -> Identity:
    """Keep who a person is, because somebody needs to know: why."""
    must(by, Permission.READ_IDENTITIES, person.case)
    case = to_write_in(person.case, by, Permission.WRITE_CASES_OF_TEAM)
    identity = Identity(case=case, person=person, name=said(name), contact=contact.strip(), why=said(why))
    return kept(identity, by, Happened.IDENTITY_LINKED)


@transaction.atomic(using=STAFF)
def read_identity(*, person: Person, by: Member) -> Identity:
    """Give who a person is, and put the reading on record. Raises DoesNotExist when nobody kept it."""
    must(by, Permission.READ_IDENTITIES, person.case)
    found = Identity.objects.select_related("case__key").get(person=person)
    record(Happened.IDENTITY_READ, about=person.case, by=by.actor, part=naming(found))
    return found


@transaction.atomic(using=STAFF)
def add_suspect(*, case: Case, age: AgeBand, known_as: str, rests_on: str, by: Member) -> Suspect:
    """Keep of whom something is suspected, and on what that rests; apart from the other people."""
    must(by, Permission.READ_SUSPECTS, case)
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    taken = Suspect.objects.filter(case=case).values_list("pseudonym", flat=True)
    suspect = Suspect(case=case, pseudonym=new_pseudonym("suspects", taken), age=age)
    suspect.known_as, suspect.rests_on = known_as.strip(), said(rests_on)
    return kept(suspect, by)


@transaction.atomic(using=STAFF)
def read_suspects(*, case: Case, by: Member) -> list[Suspect]:
    """Give the suspects of a case, and put the reading on record."""
    must(by, Permission.READ_SUSPECTS, case)
    found = list(Suspect.objects.filter(case=case).select_related("case__key", "made_by"))
    record(Happened.SUSPECTS_READ, about=case, by=by.actor, count=len(found))
    return found
