"""Somebody asks to look into a case, or to have it erased: on hold until two people have decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.deciding import DECIDES, EFFECTS, proposed
from scherp.web.cases.actions.erasing import erase, held
from scherp.web.cases.actions.refusals import (
    AlreadyThere,
    LawHolds,
    NeedsAGround,
    NeedsTheirConsent,
    NoDayLikeThat,
    ParentInvolved,
)
from scherp.web.cases.actions.steps import locked, must
from scherp.web.cases.actions.writing import said
from scherp.web.cases.events import Happened
from scherp.web.cases.law.reading import Capacity, Rule, refusals, rule_for
from scherp.web.cases.models import (
    AccessRequest,
    AgeBand,
    Answer,
    Asker,
    Outcome,
    Person,
    PersonRole,
    Proposal,
    ProposalKind,
    ProposalState,
    RequestKind,
)
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case
    from scherp.web.cases.nouns import Asked, Replied

_BY_PARENT = frozenset({Asker.PARENT, Asker.GUARDIAN})


@transaction.atomic(using=STAFF)
def receive_request(*, case: Case, asked: Asked, by: Member) -> AccessRequest:
    """Keep what somebody asks. Nothing is shown or erased by it: it is on hold."""
    must(by, Permission.WRITE_CASES_OF_TEAM, case)
    case = locked(case)
    if asked.on > timezone.localdate():
        raise NoDayLikeThat
    request = AccessRequest(case=case, kind=asked.kind, asker=asked.asker, asked_on=asked.on, made_by=by)
    request.asked, request.capacity = said(asked.words), asked.capacity
    request.parent_involved, request.young_person_agrees = asked.parent_involved, asked.young_person_agrees
    request.save(force_insert=True, using=STAFF)
    record(Happened.REQUESTED, about=case, by=by.actor, part=naming(request), asked=request.kind)
    return request


@transaction.atomic(using=STAFF)
def propose_answer(*, request: AccessRequest, reply: Replied, by: Member) -> Proposal:
    """Propose an answer; another decides.

    Raises NeedsAGround, ParentInvolved, NeedsTheirConsent or LawHolds where the law stands in the way of it.
    """
    must(by, Permission.WRITE_CASES_OF_TEAM, request.case)
    case = locked(request.case)
    if request.outcome != Outcome.HELD:
        raise AlreadyThere
    _look(request, reply)
    request.case, request.proposed, request.ground = case, reply.outcome, reply.ground
    request.why = said(reply.why)
    request.save(update_fields=["proposed", "ground", "why"])
    return proposed(Proposal(case=case, kind=ProposalKind.ACCESS, about=request.pk, reason=said(reply.why)), by)


def rule_of(request: AccessRequest) -> Rule:
    """Give the rule on consent for the young person of the case."""
    return rule_for(age_in(request.case), Capacity(request.capacity))


def age_in(case: Case) -> str:
    """Give the age band of the young person of a case; "" when it is unknown, or there is more than one."""
    found = Person.objects.filter(case=case, role=PersonRole.YOUNG_PERSON, withdrawn_at=None)
    ages = set(found.values_list("age", flat=True))
    return ages.pop() if len(ages) == 1 else AgeBand.UNKNOWN


def _look(request: AccessRequest, reply: Replied) -> None:
    if reply.outcome != Outcome.GRANTED:
        known = refusals().get(reply.ground)
        if known is None or request.kind not in known[1]:
            raise NeedsAGround
    if reply.outcome == Outcome.REFUSED:
        return
    if request.asker in _BY_PARENT:
        _look_at_parent(request)
    elif request.asker != Asker.YOUNG_PERSON and request.young_person_agrees != Answer.YES:
        raise NeedsTheirConsent
    if request.kind == RequestKind.ERASE and held(request.case):
        raise LawHolds


def _look_at_parent(request: AccessRequest) -> None:
    if request.parent_involved != Answer.NO:
        raise ParentInvolved
    able = request.capacity != Capacity.NOT_ABLE
    surely_younger = age_in(request.case) in {AgeBand.UNDER_12, AgeBand.FROM_12}
    if able and not surely_younger and request.young_person_agrees != Answer.YES:
        raise NeedsTheirConsent


def _answered(proposal: Proposal) -> None:
    request = _about(proposal)
    request.outcome = request.proposed
    request.save(update_fields=["outcome"])
    record(Happened.ANSWERED, about=proposal.case, by=_decider(proposal).actor, outcome=request.outcome)
    if request.kind == RequestKind.ERASE and request.outcome == Outcome.GRANTED:
        erase(case=proposal.case, by=_decider(proposal).actor)


def _held_again(proposal: Proposal) -> None:
    request = _about(proposal)
    request.proposed, request.ground, request.why = "", "", None
    request.save(update_fields=["proposed", "ground", "why"])


def _about(proposal: Proposal) -> AccessRequest:
    return AccessRequest.objects.select_related("case__key").get(pk=proposal.about)


def _decider(proposal: Proposal) -> Member:
    if proposal.decider is None:
        raise AlreadyThere
    return proposal.decider


DECIDES[ProposalKind.ACCESS] = Permission.DECIDE_ACCESS_REQUEST
EFFECTS[ProposalKind.ACCESS, ProposalState.APPROVED] = _answered
EFFECTS[ProposalKind.ACCESS, ProposalState.DECLINED] = _held_again
