"""The record, for auditors: who did what and when, and nothing of what anybody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from scherp.web.accounts import actions
from scherp.web.accounts.adapters import language
from scherp.web.accounts.doors import needs
from scherp.web.accounts.models import Member
from scherp.web.accounts.permissions import Permission
from scherp.web.accounts.record import STORES, Asked, as_csv, as_jsonl, first, happened, in_words, kinds
from scherp.web.accounts.views.own import me
from scherp.web.audit.chain import verify
from scherp.web.stores import NAMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ON_A_PAGE = 100
_FORMS = {"csv": (as_csv, "text/csv"), "jsonl": (as_jsonl, "application/jsonl")}


@needs(Permission.READ_AUDIT)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Show events, newest first."""
    asked, page = Asked.read(request.GET), _page(request)
    actions.read_events(by=me(request), asked=asked.said(), page=page)
    found = first(asked, _ON_A_PAGE, _ON_A_PAGE * (page - 1))
    known = {str(member.actor): member.name for member in Member.objects.order_by("name")}
    spoken = language()
    rows = [
        (NAMES[store], event, happened(event.kind, spoken), known.get(event.by, ""), in_words(event.detail))
        for store, event in found[:_ON_A_PAGE]
    ]
    more = urlencode(asked.said() | {"page": page + 1}) if len(found) > _ON_A_PAGE else ""
    shown = {
        "rows": rows,
        "asked": asked,
        "more": more,
        "query": urlencode(asked.said()),
        "people": known,
        "kinds": kinds(spoken),
    }
    return render(request, "accounts/events.html", shown)


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, min(int(said), 1_000)) if said.isascii() and said.isdigit() else 1


@needs(Permission.READ_AUDIT)
@require_safe
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Give all the events that are asked for, as a file."""
    if form not in _FORMS:
        raise Http404
    asked, (written, kind) = Asked.read(request.GET), _FORMS[form]
    actions.exported_events(by=me(request), asked=asked.said(), form=form)
    named = {"Content-Disposition": f'attachment; filename="scherp-events.{form}"'}
    return StreamingHttpResponse(written(asked), content_type=f"{kind}; charset=utf-8", headers=named)


@needs(Permission.READ_AUDIT)
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """Look at both chains from their beginning, and say what was found."""
    verdicts = [(NAMES[store], verify(store)) for store in STORES]
    broken = sum(len(verdict.broken_at) for _, verdict in verdicts)
    actions.verified_chain(by=me(request), broken=broken)
    return render(request, "accounts/chain.html", {"verdicts": verdicts})
