"""What is kept beside a talk: notes, and a conversation that was shared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from scherp import __version__
from scherp.web.audit.recording import record
from scherp.web.desk.actions.refusals import NeedsWords, NoConsent
from scherp.web.desk.events import Happened
from scherp.web.desk.models import NOTE_LENGTH, Feedback, Folder, Judgement, Note, Shared
from scherp.web.sealing.models import Key
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.web.accounts.models import Member
    from scherp.web.talks.models import Talk


def folder_of(talk: Talk) -> Folder:
    """Give the folder of a talk, and make one with a key of its own if there is none."""
    found = Folder.objects.select_related("key").filter(talk=talk.id).first()
    if found is None or found.key is None:
        found, _made = Folder.objects.update_or_create(talk=talk.id, defaults={"key": Key.new(STAFF)})
    return found


@transaction.atomic(using=STAFF)
def add_note(*, talk: Talk, words: str, by: Member) -> Note:
    """Write something down beside a talk. Raises NeedsWords."""
    words = words.strip()
    if not words or len(words) > NOTE_LENGTH:
        raise NeedsWords
    note = Note(folder=folder_of(talk), by=by, words=words)
    note.save()
    record(Happened.NOTE_ADDED, about=note, by=by.actor, talk=str(talk.id))
    return note


@transaction.atomic(using=STAFF)
def withdraw_note(*, note: Note, by: Member) -> None:
    """Withdraw one's own note: it stays to be read, struck through, until the talk goes."""
    if note.withdrawn_at is None:
        note.withdrawn_at = timezone.now()
        note.save(update_fields=["withdrawn_at"])
        record(Happened.NOTE_WITHDRAWN, about=note, by=by.actor)


@transaction.atomic(using=STAFF)
def add_shared(*, talk: Talk, documents: Sequence[tuple[str, str]], by: Member) -> Shared:
    """Keep a conversation that the young person shares, instead of an earlier one. Raises NoConsent, NeedsWords.

    Consent is to look together: once the talk is over nothing more is taken.
    documents: name and text of each file.
    """
    if talk.shared_consent_at is None or not talk.goes_on:
        raise NoConsent
    if not any(text.strip() for _name, text in documents):
        raise NeedsWords
    folder = folder_of(talk)
    Shared.objects.filter(folder=folder).delete()
    shared = Shared(folder=folder, by=by, documents=json.dumps(list(documents)))
    shared.save()
    record(Happened.SHARED_ADDED, about=shared, by=by.actor, talk=str(talk.id), documents=len(documents))
    return shared


@transaction.atomic(using=STAFF)
def erase_shared(*, shared: Shared, by: Member) -> None:
    """Erase a shared conversation at once; of the judgements only the counts stay."""
    record(Happened.SHARED_ERASED, about=shared, by=by.actor)
    shared.delete()


@transaction.atomic(using=STAFF)
def judge(*, shared: Shared, sign: str, agrees: bool, language: str, by: Member) -> None:
    """Agree or disagree with a sign in a shared conversation. Thought better of, it is counted the other way."""
    before = Judgement.objects.select_for_update().filter(shared=shared, sign=sign).first()
    if before is not None and before.agrees == agrees:
        return
    if before is not None:
        _count(sign, language, agrees=before.agrees, by=-1)
    Judgement.objects.update_or_create(shared=shared, sign=sign, defaults={"agrees": agrees})
    _count(sign, language, agrees=agrees, by=1)
    record(Happened.JUDGED, about=shared, by=by.actor)  # not of what: that outlives the conversation as a count only


def _count(sign: str, language: str, *, agrees: bool, by: int) -> None:
    counted, _made = Feedback.objects.get_or_create(sign=sign, language=language, engine=__version__)
    column = "agreed" if agrees else "disagreed"
    Feedback.objects.filter(pk=counted.pk).update(**{column: F(column) + by})
