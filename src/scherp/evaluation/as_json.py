"""An evaluation as plain data, for programs and for handing back: figures only."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from scherp import __version__
from scherp.evaluation.figures import Summary
from scherp.evaluation.too_few import FEWEST_SHOWN, too_few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scherp.evaluation.bars import Bar
    from scherp.evaluation.figures import Figure, Results

FORM = 1
"""Raised when a field changes its meaning or goes away."""
FEWEST_TOLD = 5
"""With fewer cases than this a figure may be about somebody; it is left out of what is handed back."""


def as_json(results: Results, bars: Sequence[Bar] = ()) -> dict[str, Any]:
    """Give everything as a dict of JSON values, with the bars where there are any."""
    plain: dict[str, Any] = _plain(results)
    told = {"bars": _plain(tuple(bars))} if bars else {}
    few = {"fewest_shown": FEWEST_SHOWN, "too_few": list(too_few(results))}
    return {"form": FORM, "scherp": __version__, **told, **few, **plain}


def counts_only(results: Results) -> Results:
    """Leave out what rests on fewer than 5 cases, and every list with an entry for each case."""
    return replace(
        results,
        summary=_summary(results),
        slices=tuple(row for row in results.slices if row.figure.n >= FEWEST_TOLD),
        material=tuple(row for row in results.material if row.cases >= FEWEST_TOLD),
        found=tuple(row for row in results.found if _told(row.concern)),
        false_alarms=tuple(row for row in results.false_alarms if _told(row.concern)),
        steers=tuple(row for row in results.steers if _told(row.right)),
        ahead=tuple(replace(row, leads=()) for row in results.ahead if _told(row.before)),
        latency=tuple(row for row in results.latency if _told(row.speed)),
        causes=tuple(row for row in results.causes if row.count >= FEWEST_TOLD),
        hidden=tuple(row for row in results.hidden if _told(row.kept)),
        predictive=tuple(row for row in results.predictive if _enough(results, row.risky)),
        cost=(),
    )


def _summary(results: Results) -> Summary:
    """Not told of a kind with a register of few cases: what is told of the others would give it away."""
    few = {row.risky for row in results.material if row.cases < FEWEST_TOLD}
    told = results.summary
    return Summary(None if True in few else told.risky, None if False in few else told.harmless)


def _told(figure: Figure) -> bool:
    return figure.n >= FEWEST_TOLD


def _enough(results: Results, register: object) -> bool:
    return any(row.register is register and row.risky and row.cases >= FEWEST_TOLD for row in results.material)


def _plain(value: Any) -> Any:  # noqa: ANN401  any JSON value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(inner) for name, inner in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return round(value, 6) if isinstance(value, float) else value
