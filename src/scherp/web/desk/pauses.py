"""When a pause is suggested after a heavy talk. Only who had the talks sees it; nothing is kept or counted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from scherp.texts import Language
from scherp.web.talks.models import State, Talk
from scherp.web.talks.opening import Tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.web.accounts.models import Member

_LOOK_BACK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Finished:
    """A talk that is over: what was ticked, how long it was, and when it ended (aware)."""

    ended_at: datetime
    lasted: timedelta
    ticks: frozenset[Tick] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """When a pause is suggested, and in what words."""

    words: dict[Language, str]
    talks: int = 0
    within: timedelta = timedelta()
    ticked: frozenset[Tick] = frozenset()
    longer_than: timedelta | None = None

    def fits(self, finished: Sequence[Finished], now: datetime) -> bool:
        """Tell whether a pause is due. finished: the newest first."""
        if self.longer_than is not None:
            return bool(finished) and finished[0].lasted > self.longer_than
        recent = [one for one in finished if now - one.ended_at <= self.within and one.ticks & self.ticked]
        return len(recent) >= self.talks


def suggestion(finished: Sequence[Finished], rules: Sequence[Rule], now: datetime, language: Language) -> str | None:
    """Give the words of the first rule that fits; None when none does. finished: the newest first."""
    return next((rule.words[language] for rule in rules if rule.fits(finished, now)), None)


def for_member(member: Member, language: Language) -> str | None:
    """Suggest a pause to somebody who had heavy talks; None when there were none."""
    now = timezone.now()
    ended = Talk.objects.filter(counsellor=member.pk, state=State.ENDED, ended_at__gt=now - _LOOK_BACK)
    finished = [_finished(talk) for talk in ended.select_related("key").order_by("-ended_at")]
    return suggestion(finished, rules(), now, language) if finished else None


def _finished(talk: Talk) -> Finished:
    ended = talk.ended_at or timezone.now()
    return Finished(ended, ended - (talk.taken_at or ended), talk.opening.ticks)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of `pauses.toml`."""
    said = tomllib.loads(Path(__file__).with_name("pauses.toml").read_text(encoding="utf-8"))
    return tuple(_rule(row) for row in said["rule"])


def _rule(row: dict[str, Any]) -> Rule:
    longest = row.get("longer_than_minutes")
    return Rule(
        words={language: row[language.value] for language in Language},
        talks=row.get("talks", 0),
        within=timedelta(hours=row.get("within_hours", 0)),
        ticked=frozenset(Tick(tick) for tick in row.get("ticked", ())),
        longer_than=None if longest is None else timedelta(minutes=longest),
    )
