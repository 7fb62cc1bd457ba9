"""In what order those who wait are offered: readable rules on what they ticked, then how long they wait.

A pure function over frozen nouns. It orders; it refuses nobody, and it knows nothing of what anybody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from scherp.texts import Language
from scherp.web.own_file import understood
from scherp.web.talks.opening import AgeBand, Tick

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits: what they ticked, and since when (aware)."""

    talk: uuid.UUID
    since: datetime
    ticks: frozenset[Tick] = frozenset()
    age: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What was ticked, the rank that it gives (1 comes first), and the reason that a counsellor reads."""

    id: str
    rank: int
    reason: dict[Language, str]
    ticked: frozenset[Tick] = frozenset()
    ages: frozenset[AgeBand] = frozenset()

    def fits(self, waiting: Waiting) -> bool:
        """Tell whether somebody ticked what this rule is about."""
        return bool(self.ticked & waiting.ticks) or waiting.age in self.ages


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules. otherwise: for who fits none.

    step: how long somebody waits before they count as one rank higher. for_rank_1: how long at least, before waiting
    brings somebody into rank 1, which is for danger.
    """

    rules: tuple[Rule, ...]
    otherwise: Rule
    step: timedelta
    for_rank_1: timedelta

    def fitting(self, waiting: Waiting) -> tuple[Rule, ...]:
        """Give every rule that fits, the best rank first; never none."""
        found = sorted((rule for rule in self.rules if rule.fits(waiting)), key=lambda rule: rule.rank)
        return tuple(found) or (self.otherwise,)


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody in the order. why: the rules that fit, the best first. rank: after waiting has been counted in."""

    waiting: Waiting
    why: tuple[Rule, ...]
    rank: int

    @property
    def moved_up(self) -> bool:
        """Tell whether waiting has brought them further up than what they ticked."""
        return self.rank < self.why[0].rank


def order(waiting: Iterable[Waiting], rules: Rules, now: datetime) -> tuple[Placed, ...]:
    """Put everybody who waits in order: by rank, then by who waits longest."""
    placed = [_place(one, rules, now) for one in waiting]
    return tuple(sorted(placed, key=lambda one: (one.rank, one.waiting.since, one.waiting.talk)))


def _place(one: Waiting, rules: Rules, now: datetime) -> Placed:
    why = rules.fitting(one)
    ticked, waited = why[0].rank, max(now - one.since, timedelta())
    best = 1 if waited >= rules.for_rank_1 else 2
    return Placed(one, why, min(ticked, max(best, ticked - waited // rules.step)))


def rules() -> Rules:
    """Give the rules of this deployment. Raises ValueError, with the place, when the file cannot be understood."""
    return read(settings.QUEUE_RULES)


@cache
def read(path: Path) -> Rules:
    """Read a file such as `queue_rules.toml`."""
    return understood(path, _rules, like="queue_rules.toml")


def _rules(said: dict[str, Any]) -> Rules:
    step, for_rank_1 = (_minutes(said, name) for name in ("minutes_for_a_rank", "minutes_for_rank_1"))
    return Rules(tuple(_rule(row) for row in said["rule"]), _rule(said["otherwise"]), step, for_rank_1)


def _minutes(said: dict[str, Any], name: str) -> timedelta:
    if said[name] <= 0:
        raise ValueError(f"{name} must be more than 0")
    return timedelta(minutes=said[name])


def _rule(row: dict[str, Any]) -> Rule:
    if unknown := set(row) - {"id", "rank", "reason", "ticked", "ages"}:
        raise ValueError(f"rule {row.get('id')}: nobody knows {', '.join(sorted(unknown))}")
    if row["rank"] < 1:
        raise ValueError(f"rule {row['id']}: the rank is 1 or more")
    return Rule(
        id=row["id"],
        rank=row["rank"],
        reason={language: row["reason"][language.value] for language in Language},
        ticked=frozenset(Tick(tick) for tick in row.get("ticked", ())),
        ages=frozenset(AgeBand(age) for age in row.get("ages", ())),
    )
