"""A conversation that the young person wants to look at together with the counsellor: asked, agreed, and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.stores import LINE
from scherp.web.talks.actions.parts import fixed, locked, must_go_on, young
from scherp.web.talks.events import Happened

if TYPE_CHECKING:
    from scherp.web.talks.actions.refusals import Counsellor
    from scherp.web.talks.models import Talk


@transaction.atomic(using=LINE)
def ask_to_share(*, talk: Talk, by: Counsellor) -> None:
    """Ask the young person whether the counsellor may look at a conversation together with them."""
    talk = locked(talk)
    must_go_on(talk, by)
    if talk.share_asked_at or talk.shared_consent_at:
        return
    talk.share_asked_at = timezone.now()
    talk.save(update_fields=["share_asked_at"])
    record(Happened.SHARE_ASKED, about=talk, by=by.actor)
    fixed(talk, "share-asked", name=by.name)


@transaction.atomic(using=LINE)
def consent_to_share(*, talk: Talk) -> None:
    """Keep that the young person agrees that the counsellor looks at a conversation that they share."""
    talk = locked(talk)
    must_go_on(talk, None)
    if talk.shared_consent_at:
        return
    talk.share_asked_at, talk.shared_consent_at = None, timezone.now()
    talk.save(update_fields=["share_asked_at", "shared_consent_at"])
    record(Happened.CONSENT_TO_SHARE, about=talk, by=young(talk))
    fixed(talk, "consent-to-share")


@transaction.atomic(using=LINE)
def refuse_to_share(*, talk: Talk) -> None:
    """Keep that the young person does not want to look together, or wants to stop doing so."""
    talk = locked(talk)
    must_go_on(talk, None)
    if not (talk.share_asked_at or talk.shared_consent_at):
        return
    stopped = talk.shared_consent_at is not None
    talk.share_asked_at = talk.shared_consent_at = None
    talk.save(update_fields=["share_asked_at", "shared_consent_at"])
    record(Happened.CONSENT_ENDED, about=talk, by=young(talk), stopped=stopped)
    fixed(talk, "sharing-stopped" if stopped else "share-refused")
