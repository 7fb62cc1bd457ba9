"""Files that were received: text exports only, kept as they came."""

from __future__ import annotations

import base64
import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp import errors
from scherp.reading import all_conversations, open_bytes
from scherp.reading.archive import is_zip
from scherp.web.accounts.permissions import Permission
from scherp.web.audit.recording import naming, record
from scherp.web.cases.actions.refusals import NoDayLikeThat, NotATextExport, TooLarge
from scherp.web.cases.actions.steps import kept, must, to_write_in
from scherp.web.cases.actions.writing import said
from scherp.web.cases.events import Happened
from scherp.web.cases.models import EvidenceItem, Transcript
from scherp.web.cases.models.evidence import Custody, CustodyDeed
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.reading.export import Export
    from scherp.web.accounts.models import Member
    from scherp.web.cases.models import Case
    from scherp.web.cases.nouns import Received

MOST = 5_000_000
"""Bytes of one file, at most: far more than a chat of years."""

_ENDINGS = frozenset({".txt", ".text", ".log", ".json", ".jsonl", ".csv", ".tsv"})
_NAME_AT_MOST = 200
_HELD_WITHIN = b";base64,"


@transaction.atomic(using=STAFF)
def keep_evidence(*, case: Case, name: str, data: bytes, received: Received, by: Member) -> EvidenceItem:
    """Keep a text export as it came in, with its hash. Raises TooLarge, NotATextExport, or NoDayLikeThat."""
    case = to_write_in(case, by, Permission.WRITE_CASES_OF_TEAM)
    if received.at > timezone.now():
        raise NoDayLikeThat
    exports = _exports(name, data)
    item = EvidenceItem(case=case, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    item.name, item.content = name[-_NAME_AT_MOST:], base64.b64encode(data).decode("ascii")
    item.form = exports[0].format
    item.messages = sum(len(one.messages) for one in all_conversations(exports))
    item.received_from, item.received_at = said(received.sender), received.at
    kept(item, by, sha256=item.sha256, size=item.size)
    Custody.objects.create(item=item, by=by, deed=CustodyDeed.RECEIVED, sha256=item.sha256, at=received.at)
    Custody.objects.create(item=item, by=by, deed=CustodyDeed.STORED, sha256=item.sha256)
    return item


def _exports(name: str, data: bytes) -> Sequence[Export]:
    if len(data) > MOST:
        raise TooLarge(limit=MOST // 1_000_000)
    if is_zip(data) or PurePath(name).suffix.lower() not in _ENDINGS or _HELD_WITHIN in data:
        raise NotATextExport
    try:
        return open_bytes("export", data)
    except errors.ScherpError as problem:
        raise NotATextExport from problem


@transaction.atomic(using=STAFF)
def read_evidence(*, item: EvidenceItem, by: Member) -> bytes:
    """Give an original to look at; each look is on record, and in the chain of custody."""
    return _given(item, by, CustodyDeed.VIEWED, Happened.EVIDENCE_READ)


@transaction.atomic(using=STAFF)
def take_out_evidence(*, item: EvidenceItem, by: Member) -> bytes:
    """Give an original to save as a file; that is on record, and in the chain of custody."""
    return _given(item, by, CustodyDeed.COPIED, Happened.EVIDENCE_TAKEN_OUT)


def _given(item: EvidenceItem, by: Member, deed: CustodyDeed, kind: Happened) -> bytes:
    must(by, Permission.READ_CASES_OF_TEAM, item.case)
    data = item.original
    found = hashlib.sha256(data).hexdigest()
    Custody.objects.create(item=item, by=by, deed=deed, sha256=found)
    record(kind, about=item.case, by=by.actor, part=naming(item), as_received=found == item.sha256)
    return data


@transaction.atomic(using=STAFF)
def read_transcript(*, copy: Transcript, by: Member) -> str:
    """Give the copied words of a talk, and put the reading on record."""
    must(by, Permission.READ_CASES_OF_TEAM, copy.case)
    record(Happened.TRANSCRIPT_READ, about=copy.case, by=by.actor, part=naming(copy))
    return copy.lines or "[]"
