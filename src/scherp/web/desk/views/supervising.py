"""A supervisor's overview of the talks that go on, reading along with one, and the blocks that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from scherp.texts import say
from scherp.web.accounts.doors import needs
from scherp.web.accounts.models import Member
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record_in
from scherp.web.desk import actions, reading
from scherp.web.desk.board import minutes, reasons
from scherp.web.desk.events import Happened
from scherp.web.desk.talk_page import talk_page
from scherp.web.desk.views.page import attempt, language_of, show, who
from scherp.web.stores import STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.models import Block, ReadAlong, State, Talk

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse


@needs(Permission.READ_ALONG)
@require_safe
def talks_now(request: HttpRequest) -> HttpResponse:
    """Show which talks go on, with whom, and for how long; nothing of what is said."""
    member, language, now = who(request), language_of(request), timezone.now()
    record_in(STAFF, Happened.LOOKED, by=member.actor, at_page="talks")
    going_on = Talk.objects.filter(state=State.TALKING).select_related("key").order_by("taken_at")
    along = set(ReadAlong.objects.filter(supervisor=member.pk, until=None).values_list("talk_id", flat=True))
    rows = [
        {
            "talk": talk.id,
            "with": talk.counsellor_name,
            "begun": minutes(now - talk.taken_at, language) if talk.taken_at else "",
            "why": reasons(talk, language),
            "messages": talk.last_number,
            "along": talk.id in along,
        }
        for talk in going_on
    ]
    return show(request, "talks_now", rows=rows)


@needs(Permission.READ_ALONG)
@require_POST
def put_back(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Let a talk wait for somebody else, where who had it is not there any more; the young person reads so."""
    member = who(request)
    talk = reading.talk_that_goes_on(talk_id, by=member)
    if attempt(request, lambda: talks.put_back(talk=talk, by=actions.as_counsellor(member))):
        messages.success(request, say("desk.supervising.put_back_done", language_of(request)))
    return redirect("desk-talks-now")


@needs(Permission.READ_ALONG)
@require_POST
def begin_along(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Begin to read along; the young person and the counsellor see so at once."""
    member = who(request)
    talk = reading.talk_that_goes_on(talk_id, by=member)
    if attempt(request, lambda: talks.read_along(talk=talk, by=actions.as_counsellor(member))):
        return redirect("desk-along", talk_id)
    return redirect("desk-talks-now")


@needs(Permission.READ_ALONG)
@require_safe
def along(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Show a talk to a supervisor who reads along."""
    member, language = who(request), language_of(request)
    talk = reading.talk_read_along(talk_id, by=member)
    reading.saw(talk, by=member, how="read-along")
    page = talk_page(talk, member, language)
    return show(request, "along", talk=page, standing=page.standing, live=True)


@needs(Permission.READ_ALONG)
@require_POST
def stop_along(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Stop reading along."""
    member = who(request)
    talk = reading.talk_read_along(talk_id, by=member)
    attempt(request, lambda: talks.stop_reading_along(talk=talk, by=actions.as_counsellor(member)))
    return redirect("desk-talks-now")


@needs(Permission.BLOCK_VISITOR)
@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """Show which blocks hold now: why, by whom, and until when."""
    now = timezone.now()
    record_in(STAFF, Happened.LOOKED, by=who(request).actor, at_page="blocks")
    held = Block.objects.filter(lifted_at=None, until__gt=now).order_by("until")
    names = dict(Member.objects.filter(pk__in=[block.by for block in held]).values_list("pk", "name"))
    rows = [(block, names.get(block.by, ""), minutes(block.until - now, language_of(request))) for block in held]
    return show(request, "blocks", rows=rows)


@needs(Permission.BLOCK_VISITOR)
@require_POST
def lift_block(request: HttpRequest, block_id: uuid.UUID) -> HttpResponse:
    """Let a visitor in again before the end of a block."""
    block = Block.objects.filter(pk=block_id).first()
    if block is None:
        raise Http404
    talks.lift_block(block=block, by=actions.as_counsellor(who(request)))
    return redirect("desk-blocks")
