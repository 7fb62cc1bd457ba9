"""How a case lives, as `life.toml` says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scherp.web.accounts.permissions import Permission
from scherp.web.cases.models.case import State


@dataclass(frozen=True, slots=True)
class Step:
    """One step. needs: what it takes to ask for it; approval: whether a second person decides."""

    id: str
    before: frozenset[State]
    after: State
    needs: Permission
    approval: bool


@cache
def steps() -> dict[str, Step]:
    """Give every step, by its id."""
    said = tomllib.loads(files(__package__).joinpath("life.toml").read_text(encoding="utf-8"))
    found = [
        Step(
            one["id"],
            frozenset(State(state) for state in one["from"]),
            State(one["to"]),
            Permission(one["needs"]),
            one["approval"],
        )
        for one in said["steps"]
    ]
    return {step.id: step for step in found}


def steps_from(state: str) -> list[Step]:
    """Give the steps that may follow a state."""
    return [step for step in steps().values() if State(state) in step.before]
