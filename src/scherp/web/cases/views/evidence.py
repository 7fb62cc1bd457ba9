"""What was received, and what was copied from a talk: shown, and saved as a file. Each time is on record."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from scherp.reading.encoding import decode
from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.cases import actions
from scherp.web.cases.models import EvidenceItem, Transcript
from scherp.web.cases.models.evidence import Custody
from scherp.web.cases.views.asked import find, language_of, member_of, not_there, page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from scherp.texts import Language
    from scherp.web.cases.models import Case

_SHOWN_AT_MOST = 200_000
"""Characters on a page; the whole of it can be saved."""


@needs(Permission.READ_CASES_OF_TEAM)
@require_safe
def show(request: HttpRequest, reference: str, item: UUID) -> HttpResponse:
    """Show an original as text, with who held it."""
    case = find(request, reference, to_read=True)
    found = _item(request, case, item)
    text = decode(actions.read_evidence(item=found, by=member_of(request)), "export")
    language = language_of(request)
    custody = [(say(f"cases.deeds.{one.deed}", language), one) for one in _custody(found)]
    context = {"case": case, "item": found, "text": text[:_SHOWN_AT_MOST], "cut": len(text) > _SHOWN_AT_MOST}
    return page(request, "evidence.html", {**context, "custody": custody})


@needs(Permission.READ_CASES_OF_TEAM)
@require_POST
def take_out(request: HttpRequest, reference: str, item: UUID) -> HttpResponse:
    """Give an original as it came in."""
    found = _item(request, find(request, reference), item)
    answer = HttpResponse(actions.take_out_evidence(item=found, by=member_of(request)), "application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.sha256[:12]}.txt"'
    return answer


@needs(Permission.READ_CASES_OF_TEAM)
@require_safe
def transcript(request: HttpRequest, reference: str, copy: UUID) -> HttpResponse:
    """Show the words of a talk that were copied into the case."""
    case = find(request, reference, to_read=True)
    found = Transcript.objects.filter(case=case, pk=copy).select_related("case__key").first()
    if found is None:
        not_there(request, case)
    said = json.loads(actions.read_transcript(copy=found, by=member_of(request)))
    language = language_of(request)
    lines = [(_writer(one, language), _at(one), one["words"] or _fixed(one, language)) for one in said]
    return page(request, "transcript.html", {"case": case, "lines": lines})


def _writer(line: dict[str, str], language: Language) -> str:
    return say(f"cases.writers.{line['writer']}", language)


def _at(line: dict[str, str]) -> datetime:
    return timezone.localtime(datetime.fromisoformat(line["at"]))


def _fixed(line: dict[str, str], language: Language) -> str:
    return say(f"talk.fixed.{line['said']}", language, name="…") if line["said"] else ""


def _custody(item: EvidenceItem) -> list[Custody]:
    return list(Custody.objects.filter(item=item).select_related("by"))


def _item(request: HttpRequest, case: Case, item: UUID) -> EvidenceItem:
    found = EvidenceItem.objects.filter(case=case, pk=item).select_related("case__key", "made_by").first()
    if found is None:
        not_there(request, case)
    return found
