"""A conversation that the young person shared: given, looked at, judged sign by sign, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record
from scherp.web.desk import actions, reading, shared
from scherp.web.desk.board import name_in
from scherp.web.desk.events import Happened
from scherp.web.desk.models import Shared
from scherp.web.desk.shared import CannotRead
from scherp.web.desk.views.page import attempt, language_of, show, tell, who
from scherp.web.talks import actions as talks

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from scherp.web.talks.models import Talk


@needs(Permission.CHECK_SHARED_CHAT)
@require_safe
def page(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Show what was shared beside what `check` says of it; without consent, only how to ask for it."""
    member, language = who(request), language_of(request)
    talk = reading.own_talk(talk_id, by=member)
    kept = _kept(talk, request)
    about = {"talk": talk, "name": name_in(talk, language), "kept": kept, "live": True}
    if kept is not None:
        record(Happened.SHARED_READ, about=kept, by=member.actor, talk=str(talk.id))
        about |= {"look": _look(kept, request), "which": _which(request), "names": "names" in request.GET}
    return show(request, "shared", **about)


def _kept(talk: Talk, request: HttpRequest) -> Shared | None:
    """Give what was shared; erase it when the consent was taken back."""
    kept = Shared.objects.select_related("folder__key").filter(folder=talk.id).first()
    if kept is not None and talk.shared_consent_at is None:
        actions.erase_shared(shared=kept, by=who(request))
        tell(request, "shared.consent_gone")
        return None
    return kept


def _look(kept: Shared, request: HttpRequest) -> shared.Look | None:
    judged = dict(kept.judgements.values_list("sign", "agrees"))
    try:
        return shared.look(
            kept.documents or "[]",
            language_of(request),
            which=_which(request),
            with_names="names" in request.GET,
            judged=judged,
        )
    except CannotRead as wrong:
        messages.warning(request, str(wrong))
        return None


def _which(request: HttpRequest) -> int:
    which = request.GET.get("which", "")
    return int(which) if which.isdecimal() and len(which) < 6 else 0


@needs(Permission.CHECK_SHARED_CHAT)
@require_POST
def ask(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Ask the young person whether they want to look together."""
    talk = reading.own_talk(talk_id, by=who(request))
    attempt(request, lambda: talks.ask_to_share(talk=talk, by=actions.as_counsellor(who(request))))
    return redirect("desk-shared", talk_id)


@needs(Permission.CHECK_SHARED_CHAT)
@require_POST
def add(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Keep what was pasted or opened, if it is a chat."""
    member = who(request)
    talk = reading.own_talk(talk_id, by=member)
    try:
        documents = _given(request) if talk.shared_consent_at else []
    except CannotRead as wrong:
        messages.warning(request, str(wrong))
        return redirect("desk-shared", talk_id)
    attempt(request, lambda: actions.add_shared(talk=talk, documents=documents, by=member))
    return redirect("desk-shared", talk_id)


def _given(request: HttpRequest) -> shared.Documents:
    language, file = language_of(request), request.FILES.get("file")
    if file is not None:
        return shared.documents_in(file.name or "", file.read(), language)
    pasted = request.POST.get("pasted", "")
    return shared.documents_pasted(pasted, language) if pasted.strip() else []


@needs(Permission.CHECK_SHARED_CHAT)
@require_POST
def erase(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Erase what was shared, at once."""
    talk = reading.own_talk(talk_id, by=who(request))
    for kept in Shared.objects.filter(folder=talk.id):
        actions.erase_shared(shared=kept, by=who(request))
        tell(request, "shared.erased")
    return redirect("desk-shared", talk_id)


@needs(Permission.CHECK_SHARED_CHAT)
@require_POST
def judge(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Agree or disagree with one sign."""
    member = who(request)
    talk = reading.own_talk(talk_id, by=member)
    kept, sign = Shared.objects.filter(folder=talk.id).first(), request.POST.get("sign", "")
    if kept is not None and sign in shared.signs_in(kept.documents or "[]"):
        agrees = request.POST.get("agrees") == "yes"
        actions.judge(shared=kept, sign=sign, agrees=agrees, language=talk.language, by=member)
    asked = request.POST.get("back", "")
    return redirect(f"{request.path.removesuffix('judge/')}{asked if asked.startswith('?') else ''}#sign-{sign}")
