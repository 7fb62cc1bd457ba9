"""A handover of the record as the nouns of `scherp.handover`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from scherp import handover as package
from scherp.web.cases import organisation
from scherp.web.cases.law.reading import handover_grounds
from scherp.web.cases.models import Entry, EvidenceItem, Part, Person, Suspect
from scherp.web.cases.models.evidence import Custody
from scherp.web.cases.models.handover import CONSENT

if TYPE_CHECKING:
    from scherp.texts import Language
    from scherp.web.cases.models import Handover


def as_noun(row: Handover, *, at: datetime, language: Language) -> package.Handover:
    """Give everything that goes along, under pseudonyms."""
    return package.Handover(
        id=row.pk,
        case=row.case.reference,
        sender=organisation.name(language),
        to=package.Addressee(package.Recipient(row.to_kind), row.to_name or ""),
        reason=row.reason or "",
        ground=_ground(row, language),
        made_at=at,
        expires=row.expires,
        summary=tuple(part.strip() for part in (row.summary or "").split("\n\n") if part.strip()),
        informed=_informed(row),
        people=tuple(_person(one) for one in _of(Person, row, row.people)),
        suspects=tuple(_suspect(one) for one in _of(Suspect, row, row.suspects)),
        timeline=tuple(_entry(one) for one in _of(Entry, row, row.entries)),
        enclosures=tuple(_enclosure(one) for one in _of(EvidenceItem, row, row.items)),
    )


P = TypeVar("P", bound=Part)


def _of(model: type[P], row: Handover, ids: list[str]) -> list[P]:
    return list(model._default_manager.filter(case=row.case, pk__in=ids).select_related("case__key", "made_by"))


def _ground(row: Handover, language: Language) -> package.Consent | package.LegalGround:
    if row.ground == CONSENT and row.consent_at:
        return package.Consent(row.consent_by, row.consent_at, row.ground_why or "")
    said = handover_grounds()[row.ground]
    articles = ", ".join(article.name for article in said.articles)
    return package.LegalGround(said.words[language], articles, row.ground_why or "")


def _informed(row: Handover) -> package.Informed:
    return package.Informed(package.Knows(row.informed), row.informed_how or "")


def _person(one: Person) -> package.Person:
    return package.Person(one.pseudonym, package.Role(one.role), _age(one.age))


def _suspect(one: Suspect) -> package.Suspect:
    return package.Suspect(one.pseudonym, one.rests_on or "", _age(one.age))


def _age(age: str) -> package.AgeBand | None:
    return package.AgeBand(age) if age else None


def _entry(one: Entry) -> package.Entry:
    when = datetime.combine(one.day, one.time, ZoneInfo(settings.TIME_ZONE)) if one.day and one.time else one.day
    return package.Entry(when, one.what or "", one.source or "")


def _enclosure(one: EvidenceItem) -> package.Enclosure:
    held = Custody.objects.filter(item=one).select_related("by")
    return package.Enclosure(
        name=one.name or "",
        data=one.original,
        sha256=one.sha256,
        received_from=one.received_from or "",
        received_at=one.received_at,
        received_by=one.made_by.name,
        custody=tuple(package.Step(step.at, step.by.name, package.Deed(step.deed), step.sha256) for step in held),
    )
