"""Who somebody is, and suspects: each on a page of its own, each reading on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.cases import actions
from scherp.web.cases.forms import parts as forms
from scherp.web.cases.forms.spoken import word
from scherp.web.cases.models import AgeBand, Identity, Person
from scherp.web.cases.reach import in_emergency
from scherp.web.cases.views.asked import find, language_of, member_of, not_there, page
from scherp.web.cases.views.parts import Way, adding

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@needs(Permission.READ_IDENTITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """Show who a person is, or ask for it where nobody kept it yet."""
    case = find(request, reference, to_read=True)
    who = Person.objects.filter(case=case, pk=person).select_related("case__key").first()
    if who is None:
        not_there(request, case)
    if not Identity.objects.filter(person=who).exists():
        way = Way(forms.NewIdentity, actions.link_identity, "people")
        return adding(request, case, "identity", way, {"person": who})
    found = actions.read_identity(person=who, by=member_of(request))
    return page(request, "identity.html", {"case": case, "person": who, "identity": found})


@needs(Permission.READ_SUSPECTS)
@require_http_methods(["GET", "HEAD"])
def suspects(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the suspects of a case."""
    case = find(request, reference, to_read=True)
    language = language_of(request)
    found = actions.read_suspects(case=case, by=member_of(request))
    rows = [(one, word(AgeBand(one.age), language)) for one in found]
    by = member_of(request)
    may_write = case.goes_on and not in_emergency(case, by) and by.may(Permission.WRITE_CASES_OF_TEAM)
    return page(request, "suspects.html", {"case": case, "rows": rows, "may_write": may_write})


@needs(Permission.READ_SUSPECTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_suspect(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a suspect."""
    case = find(request, reference)
    return adding(request, case, "suspect", Way(forms.NewSuspect, actions.add_suspect, "suspects"))
