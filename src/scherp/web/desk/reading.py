"""Who may see which talk; every look is on record, and so is every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.http import Http404
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record, record_in
from scherp.web.desk.line_up import AFTER_THE_END
from scherp.web.desk.models import Note
from scherp.web.stores import LINE
from scherp.web.talks.events import Happened
from scherp.web.talks.found import talk_with
from scherp.web.talks.models import ReadAlong, State, Talk, Transfer

if TYPE_CHECKING:
    import uuid

    from scherp.web.accounts.models import Member


def own_talk(talk_id: uuid.UUID, *, by: Member) -> Talk:
    """Give a talk to its own counsellor. Raises Http404 for everybody else, and puts that on record."""
    talk = talk_with(talk_id)
    if talk is None or not is_own(talk, by):
        refuse(talk_id, by=by)
    return talk


def is_own(talk: Talk, member: Member) -> bool:
    """Tell whether this is a member's own talk, going on or only just over."""
    if talk.counsellor != member.pk or not member.may(Permission.READ_OWN_TALKS):
        return False
    just_over = talk.ended_at is not None and timezone.now() - talk.ended_at < AFTER_THE_END
    return talk.state == State.TALKING or (talk.state == State.ENDED and just_over)


def talk_read_along(talk_id: uuid.UUID, *, by: Member) -> Talk:
    """Give a talk to a supervisor who reads along, said so on screen. Raises Http404 otherwise, on record."""
    talk = talk_with(talk_id)
    if talk is None or not reads_along(talk, by):
        refuse(talk_id, by=by)
    return talk


def reads_along(talk: Talk, member: Member) -> bool:
    """Tell whether a member reads along with a talk now."""
    may = talk.state == State.TALKING and member.may(Permission.READ_ALONG)
    return may and ReadAlong.objects.filter(talk=talk, supervisor=member.pk, until=None).exists()


def talk_that_goes_on(talk_id: uuid.UUID, *, by: Member) -> Talk:
    """Give a talk of anybody, to begin reading along: nothing of what is said. Raises Http404 if there is none."""
    talk = Talk.objects.filter(pk=talk_id, state=State.TALKING).first()
    if talk is None:
        refuse(talk_id, by=by)
    return talk


def talk_left_for_later(talk_id: uuid.UUID, *, by: Member) -> Talk:
    """Give a talk that was left for later, to take it. Raises Http404 if there is none, on record."""
    talk = Talk.objects.filter(pk=talk_id, state=State.LATER).first()
    if talk is None:
        refuse(talk_id, by=by)
    return talk


def talk_that_waits(talk_id: uuid.UUID, *, by: Member) -> Talk:
    """Give a talk that waits, or that a colleague may just have taken. Raises Http404 if there is none, on record."""
    talk = Talk.objects.filter(pk=talk_id, state__in=(State.WAITING, State.TALKING)).first()
    if talk is None:
        refuse(talk_id, by=by)
    return talk


def transfer_to(transfer_id: uuid.UUID, *, by: Member) -> Transfer:
    """Give a transfer to the colleague who is asked. Raises Http404 for everybody else, on record."""
    found = Transfer.objects.select_related("talk").filter(pk=transfer_id).first()
    if found is None or found.taker != by.pk:
        refuse(found.talk_id if found else None, by=by)
    return found


def saw(talk: Talk, *, by: Member, how: str) -> None:
    """Put on record that a member saw what was said."""
    record(Happened.READ, about=talk, by=by.actor, how=how)


def refuse(talk_id: uuid.UUID | None, *, by: Member) -> NoReturn:
    """Put on record that a member asked for a talk that is not for them, and say that there is nothing."""
    refused(talk_id, by=by)
    raise Http404


def refused(talk_id: uuid.UUID | None, *, by: Member) -> None:
    """Put on record that a member asked for a talk that is not for them."""
    record_in(LINE, Happened.REFUSED, by=by.actor, about=f"talk:{talk_id}" if talk_id else "")


def own_note(talk: Talk, note_id: uuid.UUID, *, by: Member) -> Note:
    """Give a note to who wrote it. Raises Http404 for everybody else, on record."""
    note = Note.objects.select_related("folder__key").filter(pk=note_id, folder=talk.id, by=by).first()
    if note is None:
        refuse(talk.id, by=by)
    return note
