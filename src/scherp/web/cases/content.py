"""What a proposal is about, as one hash: when anything of it changes, the hash does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from scherp.web.cases.models import (
    AccessRequest,
    Entry,
    EvidenceItem,
    Flag,
    Handover,
    Hold,
    Identity,
    MeldcodeStep,
    Note,
    Person,
    Plan,
    Proposal,
    ProposalKind,
    Suspect,
    Task,
    Transcript,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet

    from scherp.web.cases.models import Case

PARTS = (Entry, Note, Task, Flag, Person, Suspect, Plan, MeldcodeStep, EvidenceItem, Transcript, Handover)
"""Whatever stands in a case."""


def content_hash(proposal: Proposal) -> str:
    """Give the SHA-256, in hex, of what is proposed as it is now."""
    return _CONTENT[ProposalKind(proposal.kind)](proposal)


def digest(values: Iterable[object]) -> str:
    """Hash values in their order. Of sealed text the sealed bytes count: they tell nothing of it."""
    made = hashlib.sha256()
    for value in values:
        plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8")
        made.update(len(plain).to_bytes(8, "big") + plain)
    return made.hexdigest()


def row(model: type[Model], pk: object) -> list[Any]:
    """Give every value of a row as it is stored."""
    return list(_stored(model, pk=pk).first() or ())


def _stored(model: type[Model], **of: object) -> QuerySet[Any, tuple[Any, ...]]:
    fields = [field.attname for field in model._meta.concrete_fields]
    return model._default_manager.filter(**of).order_by("pk").values_list(*fields)


def whole(case: Case) -> list[object]:
    """Give what stands in a case: every value of every part, identity, request and hold, as it is stored."""
    said: list[object] = [case.pk, case.state]
    for model in (*PARTS, Identity, AccessRequest, Hold):
        said += [model._meta.model_name, *(value for one in _stored(model, case=case) for value in one)]
    return said


def _of_step(proposal: Proposal) -> str:
    return digest([proposal.step, *whole(proposal.case)])


def _of_plan(proposal: Proposal) -> str:
    newest = Plan.objects.filter(case=proposal.case).values_list("number", flat=True).first()
    return digest([newest, *row(Plan, proposal.about)])


def _of_request(proposal: Proposal) -> str:
    holds = Hold.objects.filter(case=proposal.case).order_by("pk").values_list("pk", "withdrawn_at")
    ages = Person.objects.filter(case=proposal.case).order_by("pk").values_list("pk", "role", "age", "withdrawn_at")
    return digest([*row(AccessRequest, proposal.about), *holds, *ages])


def _of_handover(proposal: Proposal) -> str:
    given = Handover.objects.get(pk=proposal.about)
    said = row(Handover, given.pk)
    along = ((Person, given.people), (Suspect, given.suspects), (Entry, given.entries), (EvidenceItem, given.items))
    for model, ids in along:
        for one in sorted(ids):
            said += row(model, one)
    return digest(said)


_CONTENT: dict[ProposalKind, Callable[[Proposal], str]] = {
    ProposalKind.STEP: _of_step,
    ProposalKind.PLAN: _of_plan,
    ProposalKind.ACCESS: _of_request,
    ProposalKind.HANDOVER: _of_handover,
}
