"""The record as an auditor reads it: the events of both stores together, newest first, by what they ask for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils import timezone

from scherp.texts import has, say, spoken
from scherp.web.audit.models import Event
from scherp.web.stores import LINE, NAMES, STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet

    from scherp.texts import Language

STORES = (STAFF, LINE)
COLUMNS = ("at", "store", "kind", "by", "about", "detail")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events somebody wants to see. until: the whole of that day. "" and None: any."""

    by: str = ""
    about: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Asked:
        """Read what stands in an address; a day that is none is left out."""
        words = {name: said.get(name, "").strip() for name in ("by", "about", "kind")}
        return cls(**words, since=_day(said.get("since", "")), until=_day(said.get("until", "")))

    def said(self) -> dict[str, str]:
        """Give what was asked, for an address and for the record."""
        return {name: str(value) for name in self.__slots__ if (value := getattr(self, name))}

    def events(self, store: str) -> QuerySet[Event]:
        """Give the events of a store, newest first."""
        found = Event.objects.using(store).order_by("-at", "-id")
        for name in ("by", "about", "kind"):
            if value := getattr(self, name):
                found = found.filter(**{f"{name}__startswith": value})
        if self.since:
            found = found.filter(at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        return found


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def together(asked: Asked) -> Iterator[tuple[str, Event]]:
    """Give the events of both stores, newest first, each with the name of its store."""
    found = [((store, event) for event in asked.events(store).iterator(chunk_size=1_000)) for store in STORES]
    return merge(*found, key=lambda one: one[1].at, reverse=True)


def first(asked: Asked, count: int, skip: int) -> list[tuple[str, Event]]:
    """Give some of the events of both stores, and one more if there are more."""
    found = [[(store, event) for event in asked.events(store)[: skip + count + 1]] for store in STORES]
    both = merge(*found, key=lambda one: one[1].at, reverse=True)
    return list(both)[skip : skip + count + 1]


def row(store: str, event: Event) -> dict[str, object]:
    """Give an event as it is exported."""
    told = {"at": event.at.isoformat(), "store": NAMES[store], "kind": event.kind, "by": event.by}
    return told | {"about": event.about, "detail": event.detail}


def happened(kind: str, language: Language) -> str:
    """Say what happened; the kind itself, for one that an earlier version put on record and nothing names any more."""
    return say(f"happened.{kind}", language) if has(f"happened.{kind}") else kind


def kinds(language: Language) -> list[tuple[str, str]]:
    """Give every kind of event and what it says, by what it says."""
    groups = spoken("happened", language)
    every = [(f"{of}.{kind}", said) for of, kinds in groups.items() for kind, said in kinds.items()]
    return sorted(every, key=itemgetter(1))


def in_words(detail: Mapping[str, object]) -> str:
    """Give what an event holds as one line for people."""
    return "; ".join(f"{name}: {_plain(value)}" for name, value in detail.items())


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items()) or "-"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "-"
    return str(value) if value not in {"", None} else "-"


def as_jsonl(asked: Asked) -> Iterator[str]:
    """Give the events as lines of JSON."""
    for store, event in together(asked):
        yield json.dumps(row(store, event), ensure_ascii=False) + "\n"


def as_csv(asked: Asked) -> Iterator[str]:
    """Give the events as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe (OWASP)."""
    yield _line(COLUMNS)
    for store, event in together(asked):
        told = row(store, event) | {"detail": json.dumps(event.detail, ensure_ascii=False)}
        yield _line([_no_formula(str(told[name])) for name in COLUMNS])


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def _line(cells: object) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # type: ignore[arg-type]
    return line.getvalue()
