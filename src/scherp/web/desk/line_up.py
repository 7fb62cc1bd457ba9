"""Who waits, and whose talks are whose: what the desk asks of the line. Nothing here changes a talk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from scherp.web.accounts.models import Member
from scherp.web.accounts.permissions import Permission
from scherp.web.desk import queue
from scherp.web.desk.models import AtDesk
from scherp.web.stores import LINE
from scherp.web.stores.quick import Question, together
from scherp.web.talks.models import Message, Seat, State, Talk, Transfer, Writer

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from scherp.web.desk.queue import Placed

AFTER_THE_END = timedelta(hours=24)
"""For how long a counsellor still sees their own talk once it is over: to write down what has to be."""

AT_DESK_FOR = timedelta(minutes=30)
"""Who was seen at the desk this long ago is still there: a session that is not used lasts as long."""


def waiting() -> list[Talk]:
    """Give the talks that wait, with what seals them."""
    return list(Talk.objects.filter(state=State.WAITING).select_related("key").order_by("waiting_since"))


def left_for_later() -> list[Talk]:
    """Give the talks that were left while the line was closed or full, by the same rules: in no queue, and not lost."""
    left = list(Talk.objects.filter(state=State.LATER).select_related("key").order_by("opened_at"))
    by_id = {talk.id: talk for talk in left}
    return [by_id[placed.waiting.talk] for placed in in_order(left)]


def in_order(talks: list[Talk]) -> tuple[Placed, ...]:
    """Put talks that wait in the order in which they are offered."""
    return queue.order([_as_noun(talk) for talk in talks], queue.rules(), timezone.now())


def why(talk: Talk) -> tuple[queue.Rule, ...]:
    """Give the rules that a talk fits, by what was ticked."""
    return queue.rules().fitting(_as_noun(talk))


def _as_noun(talk: Talk) -> queue.Waiting:
    told = talk.opening
    return queue.Waiting(talk.id, talk.waiting_since, told.ticks, told.age)


def own(member: Member) -> list[Talk]:
    """Give the talks that a member has now, the oldest first."""
    talking = Talk.objects.filter(counsellor=member.pk, state=State.TALKING)
    return list(talking.select_related("key").order_by("taken_at"))


def ended_lately(member: Member) -> list[Talk]:
    """Give the talks of a member that ended so lately that they still see them, the last first; erased ones too."""
    over = Talk.objects.filter(counsellor=member.pk, state__in=(State.ENDED, State.ERASED))
    return list(over.filter(ended_at__gt=timezone.now() - AFTER_THE_END).select_related("key").order_by("-ended_at"))


def has_room(member: Member) -> bool:
    """Tell whether a member is below their own limit."""
    return Talk.objects.filter(counsellor=member.pk, state=State.TALKING).count() < member.talks_at_once


def left(talks: list[Talk]) -> set[uuid.UUID]:
    """Give those talks at which nobody sits any more."""
    sitting = Seat.objects.filter(talk__in=talks, left_at=None).values_list("talk_id", flat=True)
    return {talk.id for talk in talks} - set(sitting)


def wait_since(talks: list[uuid.UUID], *, for_: Member) -> dict[uuid.UUID, datetime | None]:
    """Give since when somebody waits for an answer of a member, in those of the talks that are theirs; None: nobody."""
    asked = [_LAST_IN_OWN.of(talk, for_.pk, State.TALKING.value, Writer.FIXED.value) for talk in talks]
    said = zip(talks, together(LINE, *asked), strict=True)
    return {talk: last[0][0].at if last and last[0][0].writer == Writer.YOUNG else None for talk, last in said}


_LAST_IN_OWN = Question(
    LINE,
    "SELECT {last} FROM talks_message last JOIN talks_talk talk ON talk.id = last.talk_id WHERE talk.id = %s "
    "AND talk.counsellor = %s AND talk.state = %s AND last.writer <> %s ORDER BY last.number DESC LIMIT 1",
    last=Message,
)


def offered_to(member: Member) -> list[Transfer]:
    """Give the talks that colleagues want to hand to a member, to which the young person has agreed."""
    found = Transfer.objects.filter(taker=member.pk, over_at=None, young_agrees=True)
    return list(found.select_related("talk", "talk__key"))


def colleagues(member: Member) -> list[Member]:
    """Give the colleagues who could take over now: at the desk, on no break, below their own limit."""
    since = timezone.now() - AT_DESK_FOR
    here = AtDesk.objects.filter(seen_at__gt=since).values_list("member", flat=True)
    found = Member.objects.filter(pk__in=here, is_active=True, on_break=False).exclude(pk=member.pk).order_by("name")
    talking = Talk.objects.filter(state=State.TALKING).values_list("counsellor").annotate(Count("pk"))
    busy = dict(talking.order_by())
    return [one for one in found if one.may(Permission.TAKE_TALKS) and busy.get(one.pk, 0) < one.talks_at_once]
