"""A counsellor's own talk: the page, what is said, and what can be done with it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from scherp.texts import Language, say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.desk import actions, canned, line_up, pauses, reading
from scherp.web.desk.board import board
from scherp.web.desk.talk_page import talk_page
from scherp.web.desk.views.page import REFUSALS, attempt, language_of, refusal, show, tell, who
from scherp.web.talks import actions as talks
from scherp.web.talks import sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from scherp.web.accounts.models import Member
    from scherp.web.talks.models import Message, Talk


@needs(Permission.READ_OWN_TALKS)
@require_safe
def talk(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Show one's own talk."""
    return _page(request, reading.own_talk(talk_id, by=who(request)))


def _page(request: HttpRequest, shown: Talk, draft: str = "", problem: str = "") -> HttpResponse:
    member, language = who(request), language_of(request)
    reading.saw(shown, by=member, how="page")
    return show(
        request,
        "talk",
        **_about(shown, member, language),
        canned=_sentences(shown, language),
        draft=draft,
        problem=problem,
        key=uuid.uuid4(),
    )


def _about(shown: Talk, member: Member, language: Language) -> dict[str, object]:
    page = talk_page(shown, member, language)
    return {"talk": page, "standing": page.standing, "board": board(member, language), "live": True}


def _sentences(shown: Talk, language: Language) -> list[dict[str, object]]:
    found = canned.grouped(Language(shown.language))
    return [{"name": say(f"desk.canned.{about}", language), "sentences": words} for about, words in found]


@needs(Permission.READ_OWN_TALKS)
@require_POST
def say_something(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Say something; the page that sends it by itself gets its number, the plain form gets the page again."""
    found = reading.own_talk(talk_id, by=who(request))
    if request.content_type == "application/json":
        return _said_by_itself(request, found)
    if request.content_type not in _FORMS:
        return sent.wrong_type()
    words = request.POST.get("words", "")
    try:
        _say(request, found, sent.key_of(request), words)
    except REFUSALS as refused:
        return _page(request, found, words, refusal(refused, language_of(request)))
    return redirect(f"{reverse('desk-talk', args=[talk_id])}#last")


_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def _said_by_itself(request: HttpRequest, found: Talk) -> HttpResponse:
    try:
        said = _say(request, found, *sent.read(request))
    except sent.Unreadable:
        return JsonResponse({"error": say("desk.refused.unreadable", language_of(request))}, status=400)
    except REFUSALS as refused:
        return JsonResponse({"error": refusal(refused, language_of(request))}, status=_status(refused))
    return JsonResponse({"number": said.number}, status=201)


def _say(request: HttpRequest, found: Talk, key: uuid.UUID, words: str) -> Message:
    return talks.say(talk=found, words=words, key=key, by=actions.as_counsellor(who(request)))


def _status(refused: Exception) -> int:
    return 422 if isinstance(refused, talks.NothingToSay) else 409


@needs(Permission.READ_OWN_TALKS)
@require_POST
def insert(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Put a sentence into the field, behind what is there already. Nothing is sent."""
    found = reading.own_talk(talk_id, by=who(request))
    sentence = canned.words_of(request.POST.get("canned", ""), Language(found.language))
    draft = f"{request.POST.get('words', '')} {sentence}".strip()
    return _page(request, found, draft)


def _doing(do: Callable[[Talk, talks.Counsellor], object]) -> Callable[[HttpRequest, uuid.UUID], HttpResponse]:
    """Make the view that does one thing with one's own talk and shows its page again."""

    @needs(Permission.READ_OWN_TALKS)
    @require_POST
    def view(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
        member = who(request)
        found = reading.own_talk(talk_id, by=member)
        attempt(request, lambda: do(found, actions.as_counsellor(member)))
        return redirect("desk-talk", talk_id)

    return cast("Callable[[HttpRequest, uuid.UUID], HttpResponse]", view)


ask_whether_safe = _doing(lambda talk, by: talks.ask_whether_safe(talk=talk, by=by))
show_earlier = _doing(lambda talk, by: talks.show_earlier(talk=talk, by=by))


@needs(Permission.READ_OWN_TALKS)
@require_POST
def end(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """End the talk."""
    member = who(request)
    found = reading.own_talk(talk_id, by=member)
    attempt(request, lambda: talks.end(talk=found, by=actions.as_counsellor(member)))
    return redirect("desk-after", talk_id)


@needs(Permission.READ_OWN_TALKS)
@require_safe
def after(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Show what is left to do after a talk, and a pause when it was heavy."""
    member = who(request)
    found = reading.own_talk(talk_id, by=member)
    pause = pauses.for_member(member, language_of(request))
    ways = {"form": reverse("closing-form", args=[talk_id]), "case": f"{reverse('new-case')}?talk={talk_id}"}
    return show(request, "after", talk=found, pause=pause, **ways)


@needs(Permission.BLOCK_VISITOR)
@require_POST
def block(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """End the talk, and keep its visitor away for some hours."""
    member = who(request)
    found = reading.own_talk(talk_id, by=member)
    hours = min(24, max(1, int(given))) if (given := request.POST.get("hours", "")).isdecimal() else 1
    reason = request.POST.get("reason", "")
    if attempt(request, lambda: actions.block(talk=found, hours=hours, reason=reason, by=member)):
        tell(request, "talk.blocked", hours=hours)
        return redirect("desk-after", talk_id)
    return redirect("desk-talk", talk_id)


@needs(Permission.READ_OWN_TALKS)
@require_POST
def hand_over(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Ask the young person whether a colleague may take over."""
    member = who(request)
    found = reading.own_talk(talk_id, by=member)
    to = next((one for one in line_up.colleagues(member) if str(one.pk) == request.POST.get("to")), None)
    if to is None:
        tell(request, "refused.nobody_there")
    else:
        taker, giver = actions.as_counsellor(to), actions.as_counsellor(member)
        attempt(request, lambda: talks.ask_transfer(talk=found, to=taker, by=giver))
    return redirect("desk-talk", talk_id)


@needs(Permission.READ_OWN_TALKS)
@require_POST
def keep(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Keep the talk after all, while nobody has taken it over."""
    member = who(request)
    found = reading.own_talk(talk_id, by=member)
    for transfer in found.transfers.filter(over_at=None):
        asked = transfer
        attempt(request, lambda: talks.withdraw_transfer(transfer=asked, by=actions.as_counsellor(member)))  # noqa: B023
    return redirect("desk-talk", talk_id)


@needs(Permission.READ_OWN_TALKS)
@require_POST
def add_note(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Write something down beside the talk."""
    found = reading.own_talk(talk_id, by=who(request))
    words = request.POST.get("note", "")
    attempt(request, lambda: actions.add_note(talk=found, words=words, by=who(request)))
    return redirect(f"{reverse('desk-talk', args=[talk_id])}#notes")


@needs(Permission.READ_OWN_TALKS)
@require_POST
def withdraw_note(request: HttpRequest, talk_id: uuid.UUID, note_id: uuid.UUID) -> HttpResponse:
    """Withdraw one's own note."""
    found = reading.own_talk(talk_id, by=who(request))
    note = reading.own_note(found, note_id, by=who(request))
    actions.withdraw_note(note=note, by=who(request))
    return redirect(f"{reverse('desk-talk', args=[talk_id])}#notes")
