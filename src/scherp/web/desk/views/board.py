"""The board: who waits, taking the next, taking another, breaks, transfers offered, and how often the order changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from scherp.texts import say
from scherp.web.accounts.doors import needs, refuse
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record_in
from scherp.web.desk import actions, queue, reading
from scherp.web.desk.board import board, minutes
from scherp.web.desk.events import Happened
from scherp.web.desk.models import COUNTED_OVER, Override
from scherp.web.desk.views.page import attempt, language_of, show, tell, who
from scherp.web.stores import STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.models import Talk

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from scherp.texts import Language


@needs(Permission.SEE_QUEUE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show who waits and why, and one's own talks."""
    member = who(request)
    record_in(STAFF, Happened.LOOKED, by=member.actor, at_page="board")
    return show(
        request,
        "board",
        board=board(member, language_of(request)),
        live=True,
        may_read_along=member.may(Permission.READ_ALONG),
        may_block=member.may(Permission.BLOCK_VISITOR),
    )


@needs(Permission.TAKE_TALKS)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take whoever comes first."""
    taken: list[Talk | None] = []
    if attempt(request, lambda: taken.append(actions.take_next(by=who(request)))):
        if taken[0] is not None:
            return redirect("desk-talk", taken[0].id)
        tell(request, "board.nobody")
    return redirect("desk")


@needs(Permission.CHANGE_QUEUE_ORDER)
@require_POST
def take_other(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Take another than who comes first, with a reason."""
    member = who(request)
    if not member.may(Permission.TAKE_TALKS):
        refuse(request, by=member.actor, door=Permission.TAKE_TALKS)
        raise PermissionDenied
    talk = reading.talk_that_waits(talk_id, by=member)
    reason = request.POST.get("reason", "")
    if attempt(request, lambda: actions.take_other(talk=talk, reason=reason, by=member)):
        return redirect("desk-talk", talk_id)
    return redirect("desk")


@needs(Permission.TAKE_TALKS)
@require_POST
def take_later(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """Take a talk that was left for later, to answer it."""
    member = who(request)
    talk = reading.talk_left_for_later(talk_id, by=member)
    if attempt(request, lambda: actions.take_later(talk=talk, by=member)):
        return redirect("desk-talk", talk_id)
    return redirect("desk")


@needs(Permission.TAKE_TALKS)
@require_POST
def begin_break(request: HttpRequest) -> HttpResponse:
    """Take no new talks for now."""
    actions.begin_break(by=who(request))
    return redirect("desk")


@needs(Permission.TAKE_TALKS)
@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    """Be there again."""
    actions.come_back(by=who(request))
    return redirect("desk")


@needs(Permission.TAKE_TALKS)
@require_POST
def answer_offer(request: HttpRequest, transfer_id: uuid.UUID) -> HttpResponse:
    """Accept or decline a talk that a colleague wants to hand over."""
    member = who(request)
    transfer = reading.transfer_to(transfer_id, by=member)
    if request.POST.get("agrees") == "yes":
        if attempt(request, lambda: actions.accept(transfer=transfer, by=member)):
            return redirect("desk-talk", transfer.talk_id)
    else:
        by = actions.as_counsellor(member)
        attempt(request, lambda: talks.answer_transfer(transfer=transfer, agrees=False, by=by))
    return redirect("desk")


@needs(Permission.SEE_QUEUE)
@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """Show the rules of the order, and how often people took another than the next."""
    since = timezone.now() - COUNTED_OVER
    counted = Override.objects.filter(at__gt=since).values("taken_rule", "next_rule").annotate(times=Count("id"))
    rules, language = queue.rules(), language_of(request)
    every = (*rules.rules, rules.otherwise)
    reasons = {rule.id: rule.reason[language] for rule in every}
    rows = [
        (
            reasons.get(row["taken_rule"], row["taken_rule"]),
            reasons.get(row["next_rule"], row["next_rule"]),
            row["times"],
        )
        for row in counted.order_by("-times", "taken_rule", "next_rule")
    ]
    return show(
        request,
        "order",
        rows=rows,
        counted=_counted(sum(row[2] for row in rows), language),
        rules=[(rule.rank, rule.reason[language]) for rule in sorted(every, key=lambda rule: rule.rank)],
        step=say(
            "desk.order.step",
            language,
            each=minutes(rules.step, language),
            first=minutes(rules.for_rank_1, language),
        ),
    )


def _counted(changed: int, language: Language) -> str:
    taken = Talk.objects.filter(taken_at__gt=timezone.now() - COUNTED_OVER).count()
    return say("desk.order.counted", language, days=COUNTED_OVER.days, changed=changed, taken=taken)
