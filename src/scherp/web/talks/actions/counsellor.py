"""What a counsellor does with a talk, and a supervisor who reads along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.stores import LINE
from scherp.web.talks.actions.parts import fixed, locked, must_go_on
from scherp.web.talks.actions.refusals import AlreadyTaken, TalkRefuses
from scherp.web.talks.events import Happened
from scherp.web.talks.live import tell
from scherp.web.talks.models import QUEUE, ReadAlong, State, Talk

if TYPE_CHECKING:
    from scherp.web.talks.actions.refusals import Counsellor


@transaction.atomic(using=LINE)
def take(*, talk: Talk, by: Counsellor) -> Talk:
    """Take a talk that waits or was left for later. Of two who take it, one gets it. Raises AlreadyTaken."""
    talk = locked(talk)
    if talk.state not in {State.LATER, State.WAITING}:
        raise AlreadyTaken
    talk.state, talk.counsellor, talk.counsellor_name = State.TALKING, by.id, by.name
    talk.taken_at = timezone.now()
    talk.save(update_fields=["state", "counsellor", "counsellor_name", "taken_at"])
    waited = (talk.taken_at - talk.waiting_since).total_seconds()
    record(Happened.TAKEN, about=talk, by=by.actor, waited=round(waited))
    fixed(talk, "joined", name=by.name)
    tell(QUEUE)
    return talk


@transaction.atomic(using=LINE)
def ask_whether_safe(*, talk: Talk, by: Counsellor) -> None:
    """Ask somebody who came back whether it is safe to show what was said before."""
    talk = locked(talk)
    must_go_on(talk, by)
    fixed(talk, "is-it-safe")


@transaction.atomic(using=LINE)
def show_earlier(*, talk: Talk, by: Counsellor) -> None:
    """Show what was said before, to somebody who came back and was asked whether that is safe."""
    talk = locked(talk)
    must_go_on(talk, by)
    if not talk.messages.filter(said="is-it-safe", number__gt=_came_back_at(talk)).exists():
        raise TalkRefuses
    talk.seats.filter(left_at=None).update(shows_from=1)
    record(Happened.EARLIER_SHOWN, about=talk, by=by.actor)
    fixed(talk, "earlier-shown")


@transaction.atomic(using=LINE)
def read_along(*, talk: Talk, by: Counsellor) -> ReadAlong:
    """Begin to read along as a supervisor; everybody in the talk sees so at once."""
    talk = locked(talk)
    if talk.state != State.TALKING or talk.counsellor == by.id:
        raise TalkRefuses
    already = ReadAlong.objects.filter(talk=talk, supervisor=by.id, until=None).first()
    if already:
        return already
    begun = ReadAlong.objects.using(LINE).create(talk=talk, supervisor=by.id, name=by.name)
    record(Happened.READ_ALONG_BEGAN, about=talk, by=by.actor)
    fixed(talk, "reads-along", name=by.name)
    return begun


@transaction.atomic(using=LINE)
def stop_reading_along(*, talk: Talk, by: Counsellor) -> None:
    """Stop reading along, and have everybody see so."""
    talk = locked(talk)
    if ReadAlong.objects.filter(talk=talk, supervisor=by.id, until=None).update(until=timezone.now()):
        record(Happened.READ_ALONG_ENDED, about=talk, by=by.actor)
        fixed(talk, "reads-along-no-more", name=by.name)


def _came_back_at(talk: Talk) -> int:
    newest = talk.messages.filter(said="came-back").order_by("-number").first()
    if newest is None:
        raise TalkRefuses
    return newest.number
