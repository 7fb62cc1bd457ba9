"""What one person proposes, another decides. Nobody can switch that off: the database refuses it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.refusals import AlreadyThere, AuthorCannotDecide, ChangedSince, NotAllowed, NotItsWriter
from scherp.web.cases.actions.steps import locked, must, touched
from scherp.web.cases.actions.writing import said
from scherp.web.cases.content import content_hash
from scherp.web.cases.events import Happened
from scherp.web.cases.life import steps
from scherp.web.cases.models import Case, Plan, Proposal, ProposalKind, ProposalState, State
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from scherp.web.accounts.models import Member


@transaction.atomic(using=STAFF)
def take_life_step(*, case: Case, step: str, by: Member, reason: str = "") -> Proposal | None:
    """Take a step of `life.toml`, or propose it where a second person decides. Gives the proposal, if it is one."""
    asked = steps()[step]
    must(by, asked.needs, case)
    case = locked(case)
    if State(case.state) not in asked.before:
        raise AlreadyThere
    if asked.approval:
        asking = Proposal(case=case, kind=ProposalKind.STEP, step=step, about=case.pk, reason=said(reason))
        return proposed(asking, by)
    _moved(case, step)
    record(Happened.MOVED, about=case, by=by.actor, step=step)
    return None


@transaction.atomic(using=STAFF)
def propose_plan(*, plan: Plan, reason: str, by: Member) -> Proposal:
    """Ask a second person to approve the plan of today. Who wrote it asks: so nobody approves a plan of their own."""
    must(by, Permission.WRITE_CASES_OF_TEAM, plan.case)
    case = locked(plan.case)
    if by.pk != plan.made_by_id:
        raise NotItsWriter
    return proposed(Proposal(case=case, kind=ProposalKind.PLAN, about=plan.pk, reason=said(reason)), by)


def proposed(proposal: Proposal, by: Member) -> Proposal:
    """Keep a proposal with the hash of what it is about. Raises AlreadyThere while the same waits for somebody."""
    proposal.author, proposal.content_hash = by, content_hash(proposal)
    try:
        with transaction.atomic(using=STAFF):
            proposal.save(force_insert=True, using=STAFF)
    except IntegrityError as twice:
        raise AlreadyThere from twice
    record(Happened.PROPOSED, about=proposal.case, by=by.actor, part=naming(proposal), proposed=proposal.kind)
    return proposal


def approve(*, proposal: Proposal, by: Member) -> None:
    """Approve what somebody else proposed, and have it happen.

    Raises AuthorCannotDecide, and ChangedSince when what was proposed is not what it was; both are on record.
    """
    _decide(proposal, ProposalState.APPROVED, by, "")


def decline(*, proposal: Proposal, answer: str, by: Member) -> None:
    """Decline what somebody else proposed, and say why."""
    _decide(proposal, ProposalState.DECLINED, by, said(answer))


@transaction.atomic(using=STAFF)
def take_back(*, proposal: Proposal, by: Member) -> None:
    """Take one's own proposal back while nobody has decided."""
    waiting = _waiting(proposal)
    if by != waiting.author:
        raise NotAllowed
    waiting.state = ProposalState.TAKEN_BACK
    waiting.save(update_fields=["state"])
    record(Happened.TAKEN_BACK, about=waiting.case, by=by.actor, part=naming(waiting))


def _decide(proposal: Proposal, verdict: ProposalState, by: Member, answer: str) -> None:
    must(by, DECIDES[ProposalKind(proposal.kind)], proposal.case)
    if by.pk == proposal.author_id:
        record(Happened.OWN_PROPOSAL, about=proposal.case, by=by.actor, part=naming(proposal))
        raise AuthorCannotDecide
    # The verdict is kept before anything is raised: that a proposal became void stays so.
    if _decided(proposal, verdict, by, answer) == ProposalState.VOID:
        raise ChangedSince


@transaction.atomic(using=STAFF)
def _decided(proposal: Proposal, verdict: ProposalState, by: Member, answer: str) -> ProposalState:
    waiting = _waiting(proposal)
    if content_hash(waiting) != waiting.content_hash:
        _kept(waiting, ProposalState.VOID)
        record(Happened.VOID, about=waiting.case, by=by.actor, part=naming(waiting))
        return ProposalState.VOID
    waiting.decider, waiting.answer = by, answer or None
    _kept(waiting, verdict)
    kind = Happened.APPROVED if verdict == ProposalState.APPROVED else Happened.DECLINED
    record(kind, about=waiting.case, by=by.actor, part=naming(waiting), proposed=waiting.kind)
    EFFECTS[ProposalKind(waiting.kind), verdict](waiting)
    return verdict


def _waiting(proposal: Proposal) -> Proposal:
    locked(proposal.case)
    found = Proposal.objects.select_for_update(of=("self",)).select_related("case__key", "author").get(pk=proposal.pk)
    if found.state != ProposalState.WAITING:
        raise AlreadyThere
    return found


def _kept(proposal: Proposal, state: ProposalState) -> None:
    proposal.state, proposal.decided_at = state, timezone.now()
    proposal.save(update_fields=["state", "decided_at", "decider", "answer"])


def _moved(case: Case, step: str) -> None:
    case.state = steps()[step].after
    case.closed_at = timezone.now() if case.state == State.CLOSED else None
    case.save(update_fields=["state", "closed_at"])
    touched(case)


def _step_approved(proposal: Proposal) -> None:
    _moved(proposal.case, proposal.step)


def nothing_more(_proposal: Proposal) -> None:
    """Do nothing: the decision itself is what counts."""


DECIDES: dict[ProposalKind, Permission] = {
    ProposalKind.STEP: Permission.APPROVE,
    ProposalKind.PLAN: Permission.APPROVE,
}
"""What it takes to decide."""

EFFECTS: dict[tuple[ProposalKind, ProposalState], Callable[[Proposal], None]] = {
    (ProposalKind.STEP, ProposalState.APPROVED): _step_approved,
    (ProposalKind.STEP, ProposalState.DECLINED): nothing_more,
    (ProposalKind.PLAN, ProposalState.APPROVED): nothing_more,
    (ProposalKind.PLAN, ProposalState.DECLINED): nothing_more,
}
"""What happens once it is decided."""
