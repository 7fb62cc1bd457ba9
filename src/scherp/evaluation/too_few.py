"""What is not shown of few conversations: figures worked out from others, such as a team's day.

A count of three says what it is; what is worked out from it looks like knowledge. The JSON keeps everything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scherp.evaluation.figures import Results
    from scherp.evaluation.registers import Register

FEWEST_SHOWN = 20
"""Conversations of a kind below which nothing that is worked out from them is shown: pieces of one count as one."""
WORKED_OUT = ("consecutive", "predictive", "latency", "calibrated", "slices", "hidden", "cost")
"""The sections that hold such figures."""


def shown(results: Results) -> Results:
    """Leave out what is worked out from fewer than 20 conversations of a kind."""
    enough = _Enough(results)
    return replace(
        results,
        consecutive=tuple(row for row in results.consecutive if enough.of(row.harmless, risky=False)),
        predictive=tuple(row for row in results.predictive if enough.of_both(row.risky, row.harmless)),
        latency=tuple(row for row in results.latency if enough.of_both(row.risky, row.harmless)),
        calibrated=tuple(row for row in results.calibrated if enough.of_both(row.risky, row.harmless)),
        slices=tuple(row for row in results.slices if enough.of_kind(risky=row.risky)),
        hidden=tuple(row for row in results.hidden if row.kept.sources >= FEWEST_SHOWN),
        cost=tuple(row for row in results.cost if enough.of_both(row.risky, row.harmless)),
    )


def too_few(results: Results) -> tuple[str, ...]:
    """Name the sections of which something is not shown."""
    told = shown(results)
    return tuple(name for name in WORKED_OUT if len(getattr(told, name)) < len(getattr(results, name)))


class _Enough:
    """Whether there are enough conversations, by register and kind."""

    def __init__(self, results: Results) -> None:
        self._sources = {(row.register, row.risky): row.sources for row in results.material}

    def of(self, register: Register, *, risky: bool) -> bool:
        return self._sources.get((register, risky), 0) >= FEWEST_SHOWN

    def of_both(self, risky: Register, harmless: Register) -> bool:
        return self.of(risky, risky=True) and self.of(harmless, risky=False)

    def of_kind(self, *, risky: bool) -> bool:
        """Slices are held against the mean of more than one register."""
        return sum(n for (_, kind), n in self._sources.items() if kind is risky) >= FEWEST_SHOWN
