"""How a case begins: by hand, or from a talk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import record
from scherp.web.cases.actions.refusals import NotTheirCase, NotTheirTalk, NotWhole
from scherp.web.cases.actions.steps import kept, must, to_write_in
from scherp.web.cases.events import Happened
from scherp.web.cases.models import Case, ClosingForm, CopyGround, Transcript
from scherp.web.cases.naming import new_reference
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE, STAFF
from scherp.web.talks.events import Happened as InTalk
from scherp.web.talks.models import State as TalkState
from scherp.web.talks.models import Talk

if TYPE_CHECKING:
    import uuid

    from scherp.web.accounts.models import Member


@transaction.atomic(using=STAFF)
def open_case(*, about: str, by: Member, talk: uuid.UUID | None = None) -> Case:
    """Open a case of one's own team. talk: the id of a talk of one's own that it comes from; its words stay there."""
    must(by, Permission.OPEN_CASE)
    if by.team is None:
        raise NotTheirCase
    if not about.strip():
        raise NotWhole
    if talk is not None:
        own_talk(talk, by)
    case = Case(reference=new_reference(timezone.now()), team=by.team, key=Key.new(STAFF), talk=talk, opened_by=by)
    case.about = about.strip()
    case.save(force_insert=True, using=STAFF)
    if talk is not None:
        ClosingForm.objects.filter(talk=talk, case=None, replaced_at=None).update(case=case)
    record(Happened.OPENED, about=case, by=by.actor, from_a_talk=talk is not None)
    return case


def own_talk(talk: uuid.UUID, by: Member) -> Talk:
    """Give a talk to the counsellor who sat at it. Raises NotTheirTalk, after putting the attempt on record."""
    found = Talk.objects.filter(pk=talk).first()
    if found is None or found.counsellor != by.pk:
        if found is not None:
            record(InTalk.REFUSED, about=found, by=by.actor, to="case")
        raise NotTheirTalk
    return found


@transaction.atomic(using=STAFF)
def copy_talk(*, case: Case, ground: CopyGround, why: str, by: Member) -> Transcript:
    """Copy the words of the talk that the case came from: the young person agreed, or a ground is named and argued."""
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    if not why.strip():
        raise NotWhole
    if case.talk is None:
        raise NotTheirTalk
    talk = own_talk(case.talk, by)
    if talk.state == TalkState.ERASED:
        raise NotTheirTalk
    copy = Transcript(case=case, talk=talk.pk, ground=ground, why=why.strip(), lines=_lines(talk))
    kept(copy, by, Happened.TRANSCRIPT_COPIED, ground=ground)
    with transaction.atomic(using=LINE):
        record(InTalk.READ, about=talk, by=by.actor, to="case", ground=ground)
    return copy


def _lines(talk: Talk) -> str:
    said = [
        {"number": m.number, "at": m.at.isoformat(), "writer": m.writer, "words": m.words, "said": m.said}
        for m in talk.messages.select_related("talk__key")
    ]
    return json.dumps(said, ensure_ascii=False)
