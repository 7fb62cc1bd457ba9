"""An auditor's reading, which stands on record too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.web.accounts.events import Happened
from scherp.web.audit.recording import record_in
from scherp.web.stores import STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.web.accounts.models import Member


def read_events(*, by: Member, asked: Mapping[str, str], page: int) -> None:
    """Put on record which events somebody reads."""
    record_in(STAFF, Happened.EVENTS_READ, by=by.actor, asked=dict(asked), page=page)


def exported_events(*, by: Member, asked: Mapping[str, str], form: str) -> None:
    """Put on record which events somebody takes along."""
    record_in(STAFF, Happened.EVENTS_EXPORTED, by=by.actor, asked=dict(asked), form=form)


def verified_chain(*, by: Member, broken: int) -> None:
    """Put on record that somebody looked at the whole chain, and how many links did not hold."""
    record_in(STAFF, Happened.CHAIN_VERIFIED, by=by.actor, broken=broken)
