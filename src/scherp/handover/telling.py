"""What a package says of itself, read back from its JSON-LD: who hands what over to whom, and until when."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from scherp.handover.case_uco import HANDED_OVER
from scherp.handover.verification import Told

_NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError)


def told(jsonld: bytes) -> Told | None:
    """Give what the package says of itself; None if it is not written as we write it."""
    try:
        nodes = json.loads(jsonld)["@graph"]
        return _told({node["@id"]: node for node in nodes})
    except _NOT_OURS:
        return None


def _told(nodes: dict[str, Any]) -> Told:
    handing = next(
        node for node in nodes.values() if node.get("core:name") == HANDED_OVER and "action:performer" in node
    )
    investigation = _first(nodes, "case-investigation:Investigation")
    ground = _first(nodes, "case-investigation:Authorization")
    return Told(
        case=str(investigation["core:name"]),
        sender=str(nodes[handing["action:performer"]["@id"]]["core:name"]),
        to=str(nodes[handing["action:participant"]["@id"]]["core:name"]),
        made_at=_aware(handing["action:startTime"]),
        expires=_aware(ground["core:endTime"]),
    )


def _first(nodes: dict[str, Any], kind: str) -> Any:  # noqa: ANN401  a node of JSON
    return next(node for node in nodes.values() if node["@type"] == kind)


def _aware(literal: dict[str, str]) -> datetime:
    time = datetime.fromisoformat(literal["@value"])
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time
