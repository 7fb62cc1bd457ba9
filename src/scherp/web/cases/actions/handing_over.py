"""A case is handed over: drafted by one, approved by another, packed, taken out once, answered, withdrawn."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.errors import ScherpError
from scherp.handover import build, fingerprint
from scherp.handover.keys import public_pem
from scherp.texts import Language, say
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases import organisation
from scherp.web.cases.actions.deciding import DECIDES, EFFECTS, proposed
from scherp.web.cases.actions.refusals import (
    AccessIsOver,
    AlreadyThere,
    CannotBePacked,
    NoDayLikeThat,
    NotApproved,
    NotForThisOrganisation,
    NothingToRestOn,
    NotTheirsToGive,
    NotToldYet,
    NotWhole,
)
from scherp.web.cases.actions.requests import age_in
from scherp.web.cases.actions.steps import kept, locked, must, to_write_in
from scherp.web.cases.actions.writing import add_task, said
from scherp.web.cases.events import Happened
from scherp.web.cases.law.reading import Capacity, Who, ground_holds_for, rule_for
from scherp.web.cases.models import (
    Entry,
    EvidenceItem,
    Handover,
    HandoverState,
    HandoverTo,
    Informed,
    Package,
    Person,
    PersonRole,
    Proposal,
    ProposalKind,
    ProposalState,
    Suspect,
    WithoutParents,
)
from scherp.web.cases.models.evidence import Custody, CustodyDeed
from scherp.web.cases.models.handover import CONSENT
from scherp.web.cases.packing import as_noun
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case, Part
    from scherp.web.cases.nouns import Basis, Draft

ACCESS_AT_MOST = timedelta(days=90)
ROLES_OF: dict[Who, frozenset[str]] = {
    Who.YOUNG_PERSON: frozenset({PersonRole.YOUNG_PERSON}),
    Who.PARENTS: frozenset({PersonRole.PARENT, PersonRole.FAMILY, PersonRole.PROFESSIONAL, PersonRole.OTHER}),
    Who.REPRESENTATIVE: frozenset(PersonRole.values) - {PersonRole.YOUNG_PERSON, PersonRole.WITNESS},
}
"""What somebody whom the law asks can be in a case: a guardian can be family, or a professional of an institution."""
TOLD_WITHIN = timedelta(days=2)
"""How long who knows the young person has for it, where a handover is drafted before they were told."""
_DECIDED = (HandoverState.APPROVED, HandoverState.OFFERED, HandoverState.ACCEPTED)


@transaction.atomic(using=STAFF)
def draft_handover(*, case: Case, draft: Draft, by: Member) -> Handover:
    """Draft a handover and ask a second person to approve it."""
    case = to_write_in(case, by, Permission.HAND_OVER)
    if draft.along.suspects:
        must(by, Permission.READ_SUSPECTS, case)
    now = timezone.now()
    if not now < draft.expires <= now + ACCESS_AT_MOST:
        raise NoDayLikeThat
    _rests(case, draft.basis, draft.to_kind)
    made = kept(_row(case, draft), by, Happened.HANDOVER_DRAFTED, to=draft.to_kind, ground=draft.basis.ground)
    if made.informed == Informed.WILL_BE:
        _ask_to_tell(made, by)
    proposed(Proposal(case=case, kind=ProposalKind.HANDOVER, about=made.pk, reason=said(draft.reason)), by)
    return made


def _ask_to_tell(made: Handover, by: Member) -> None:
    """A task for who opened the case, as often the counsellor of the talk; for who drafts, where they left the team."""
    case, knows_them = made.case, made.case.opened_by
    works_here = knows_them.is_active and knows_them.team_id == case.team_id
    whom = knows_them if works_here and knows_them.may(Permission.READ_CASES_OF_TEAM) else by
    words = say("cases.handover.task", Language(whom.language), to=made.to_name)
    add_task(case=case, words=words, whom=whom, until=timezone.localdate() + TOLD_WITHIN, by=by)


def _row(case: Case, draft: Draft) -> Handover:
    basis, along = draft.basis, draft.along
    made = Handover(case=case, to_kind=HandoverTo(draft.to_kind), ground=basis.ground, expires=draft.expires)
    made.to_name, made.reason, made.summary = said(draft.to_name), said(draft.reason), said(draft.summary)
    made.ground_why, made.consent_by, made.consent_at = said(basis.why), ", ".join(basis.consent_by), basis.consent_at
    if basis.ground == CONSENT:
        made.capacity, made.without_parents = basis.capacity, WithoutParents(basis.without_parents)
    made.informed, made.informed_how = Informed(draft.informed), said(draft.informed_how)
    made.people, made.suspects = _ids(Person, case, along.people), _ids(Suspect, case, along.suspects)
    made.entries, made.items = _ids(Entry, case, along.entries), _ids(EvidenceItem, case, along.items)
    return made


def _ids(model: type[Part], case: Case, ids: tuple[str, ...]) -> list[str]:
    found = model._default_manager.filter(case=case, pk__in=ids, withdrawn_at=None).values_list("pk", flat=True)
    known = sorted(str(pk) for pk in found)
    if known != sorted(ids):
        raise NotWhole
    return known


def _rests(case: Case, basis: Basis, to: str) -> None:
    if basis.ground != CONSENT:
        if not ground_holds_for(basis.ground, to):
            raise NotForThisOrganisation
        return
    whose = rule_for(age_in(case), Capacity(basis.capacity)).who
    if not whose or not basis.consent_by or basis.consent_at is None or basis.consent_at > timezone.now():
        raise NothingToRestOn
    gave = _roles(case, basis.consent_by)
    asked = {who for who in whose if who is not Who.PARENTS or not _goes_without(whose, basis)}
    if not all(gave & ROLES_OF[who] for who in asked):
        raise NotTheirsToGive


def _roles(case: Case, pseudonyms: tuple[str, ...]) -> set[str]:
    """What those who consented are in the case. Raises NotTheirsToGive when one is not in it."""
    known = Person.objects.filter(case=case, pseudonym__in=pseudonyms, withdrawn_at=None)
    roles = dict(known.values_list("pseudonym", "role"))
    if len(roles) < len(set(pseudonyms)):
        raise NotTheirsToGive
    return set(roles.values())


def _goes_without(whose: tuple[Who, ...], basis: Basis) -> bool:
    """Whether the consent of parents may be missing: only beside that of the young person, for a reason of the law."""
    return Who.YOUNG_PERSON in whose and basis.without_parents != WithoutParents.NONE


@transaction.atomic(using=STAFF)
def keep_informed(*, handover: Handover, informed: str, how: str, by: Member) -> None:
    """Keep that the young person knows by now, or why they cannot be told; what was noted before stays beside it.

    Once it was approved: what waits for a decision stays as it was proposed.
    """
    given = _in_state(handover, by, *_DECIDED)
    noted = f"{timezone.localdate():%d-%m-%Y}: {said(how)}"
    given.informed, given.informed_how = Informed(informed), "\n".join(filter(None, (given.informed_how, noted)))
    given.save(update_fields=["informed", "informed_how"])
    record(Happened.YOUNG_PERSON_INFORMED, about=given.case, by=by.actor, part=naming(given), informed=given.informed)


@transaction.atomic(using=STAFF)
def offer(*, handover: Handover, by: Member) -> Package:
    """Make the signed package of an approved handover. Raises NotToldYet, AccessIsOver, CannotBePacked."""
    given = _in_time(_in_state(handover, by, HandoverState.APPROVED))
    if given.owes_telling:
        raise NotToldYet
    now, language = timezone.now(), Language(by.language)
    for item in EvidenceItem.objects.filter(pk__in=given.items):
        Custody.objects.create(item=item, by=by, deed=CustodyDeed.MOVED, sha256=item.sha256, at=now)
    try:
        key = organisation.key()
        data = build(as_noun(given, at=now, language=language), key=key, language=language)
    except (ScherpError, organisation.NoKey, ValueError) as wrong:
        raise CannotBePacked from wrong
    made = Package(handover=given, sha256=hashlib.sha256(data).hexdigest(), made_by=by)
    made.fingerprint, made.content = fingerprint(public_pem(key)), base64.b64encode(data).decode("ascii")
    made.save(force_insert=True, using=STAFF)
    _now(given, HandoverState.OFFERED)
    record(Happened.HANDOVER_OFFERED, about=given.case, by=by.actor, part=naming(given), sha256=made.sha256)
    return made


@transaction.atomic(using=STAFF)
def take_package(*, handover: Handover, by: Member) -> bytes:
    """Give the package, once: to bring it to who it is for. A second time is refused.

    Who took it may have it again for a quarter of an hour, on record: a download can fail. After that it is gone here.
    """
    given = _in_time(_in_state(handover, by, HandoverState.OFFERED))
    package = Package.objects.select_for_update(of=("self",)).select_related("taken_by").get(handover=given)
    package.handover = given
    if package.taken_at and not package.may_be_had_again(by):
        raise AlreadyThere
    again = package.taken_at is not None
    if not again:
        package.taken_at, package.taken_by = timezone.now(), by
        package.save(update_fields=["taken_at", "taken_by"])
    part, sha256 = naming(given), package.sha256
    record(Happened.PACKAGE_TAKEN, about=given.case, by=by.actor, part=part, sha256=sha256, again=again)
    return package.data


@transaction.atomic(using=STAFF)
def answer_handover(*, handover: Handover, accepted: bool, answer: str, by: Member) -> None:
    """Keep what the other organisation answered; where it declined, why."""
    given = _in_state(handover, by, HandoverState.OFFERED)
    if accepted:
        _in_time(given)
    given.answer, given.answered_at = answer.strip() if accepted else said(answer), timezone.now()
    _now(given, HandoverState.ACCEPTED if accepted else HandoverState.DECLINED)
    kind = Happened.HANDOVER_ACCEPTED if accepted else Happened.HANDOVER_DECLINED
    record(kind, about=given.case, by=by.actor, part=naming(given))


@transaction.atomic(using=STAFF)
def withdraw_handover(*, handover: Handover, answer: str, by: Member) -> None:
    """Take a handover back; a package that was not taken out goes. The other organisation has to be told."""
    given = _in_state(handover, by, HandoverState.DRAFT, *_DECIDED)
    given.answer, given.answered_at = said(answer), timezone.now()
    _now(given, HandoverState.WITHDRAWN)
    Package.objects.filter(handover=given).update(content=None)
    Proposal.objects.filter(about=given.pk, state=ProposalState.WAITING).update(state=ProposalState.TAKEN_BACK)
    record(Happened.HANDOVER_WITHDRAWN, about=given.case, by=by.actor, part=naming(given))


def _in_state(handover: Handover, by: Member, *states: HandoverState) -> Handover:
    must(by, Permission.HAND_OVER, handover.case)
    locked(handover.case)
    given = Handover.objects.select_for_update(of=("self",)).select_related("case__key", "made_by").get(pk=handover.pk)
    if given.state not in states:
        raise NotApproved
    return given


def _in_time(given: Handover) -> Handover:
    if given.expires <= timezone.now():
        raise AccessIsOver
    return given


def _now(given: Handover, state: HandoverState) -> None:
    given.state = state
    given.save(update_fields=["state", "answer", "answered_at", "approver"])


def _approved(proposal: Proposal) -> None:
    given = Handover.objects.select_related("case__key").get(pk=proposal.about)
    given.approver = proposal.decider
    _now(given, HandoverState.APPROVED)


def _not_approved(proposal: Proposal) -> None:
    given = Handover.objects.select_related("case__key").get(pk=proposal.about)
    given.answer, given.answered_at = proposal.answer, timezone.now()
    _now(given, HandoverState.WITHDRAWN)


DECIDES[ProposalKind.HANDOVER] = Permission.APPROVE
EFFECTS[ProposalKind.HANDOVER, ProposalState.APPROVED] = _approved
EFFECTS[ProposalKind.HANDOVER, ProposalState.DECLINED] = _not_approved
