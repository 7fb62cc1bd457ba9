"""What the desk keeps of a talk goes when the talk goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import RETENTION, Actor, record
from scherp.web.desk.events import Happened
from scherp.web.desk.models import COUNTED_OVER, Folder, Override, Shared
from scherp.web.stores import STAFF
from scherp.web.talks.models import State, Talk

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable


@transaction.atomic(using=STAFF)
def erase_beside(*, folder: Folder, by: Actor = RETENTION) -> None:
    """Destroy the key of what the desk keeps of a talk, and drop it."""
    key, notes = folder.key, folder.notes.count()
    record(Happened.ERASED, about=folder, by=by, notes=notes)
    folder.delete()
    if key:
        key.delete()


def forget(*, by: Actor = RETENTION) -> int:
    """Erase what is kept of talks that are erased, and conversations of which the consent was taken back.

    Gives how many were erased. To be run every few minutes: the public site cannot reach this store.
    """
    folders = {folder.talk: folder for folder in Folder.objects.select_related("key")}
    kept = _kept(folders)
    gone = [folder for talk, folder in folders.items() if talk not in kept]
    for folder in gone:
        erase_beside(folder=folder, by=by)
    unshared = Shared.objects.filter(folder__talk__in=[talk for talk, agrees in kept.items() if not agrees])
    for shared in unshared:
        with transaction.atomic(using=STAFF):
            record(Happened.SHARED_ERASED, about=shared, by=by)
            shared.delete()
    Override.objects.filter(at__lt=timezone.now() - COUNTED_OVER).delete()
    return len(gone) + len(unshared)


def _kept(talks: Iterable[uuid.UUID]) -> dict[uuid.UUID, bool]:
    """Give the talks that are still there, with whether the consent to share still holds."""
    found = Talk.objects.filter(pk__in=list(talks)).exclude(state=State.ERASED)
    return {talk: consent is not None for talk, consent in found.values_list("pk", "shared_consent_at")}
