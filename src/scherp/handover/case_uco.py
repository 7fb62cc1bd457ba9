"""The handover for other systems: JSON-LD in CASE 1.5.0 and UCO 1.5.0 (https://caseontology.org).

Its context is inside it, so that nothing is fetched to read it. Every node is named by a UUID that follows from
that of the handover. Nobody is called a victim here: a young person has a role of that name.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from scherp.handover.manifest import sha256
from scherp.handover.nouns import Consent
from scherp.handover.originals import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scherp.handover.nouns import Enclosure, Handover, LegalGround, Step

    Node = dict[str, Any]

_UCO = "https://ontology.unifiedcyberontology.org/uco"
_CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{part: f"{_UCO}/{part}/" for part in ("action", "core", "identity", "observable", "role", "types")},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HANDED_OVER = "handed over"
"""What the action is called by which the case is handed over."""


def as_jsonld(handover: Handover) -> bytes:
    """Give the handover as JSON-LD, in UTF-8."""
    nodes = [*_organisations(handover), *_people(handover), *_timeline(handover), *_originals(handover)]
    nodes.append(_handing_over(handover))
    whole = {"@context": _CONTEXT, "@graph": [_investigation(handover, nodes), _authorization(handover), *nodes]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _investigation(handover: Handover, nodes: list[Node]) -> Node:
    named = _named(handover)
    return {
        "@id": named("investigation", handover.case),
        "@type": "case-investigation:Investigation",
        "core:name": handover.case,
        "core:description": list(handover.summary),
        "core:object": [_to(node["@id"]) for node in nodes],
        "case-investigation:relevantAuthorization": _to(named("authorization", "ground")),
    }


def _authorization(handover: Handover) -> Node:
    """The ground, and until when it gives access."""
    return {
        "@id": _named(handover)("authorization", "ground"),
        "@type": "case-investigation:Authorization",
        **_ground(handover.ground, handover.made_at),
        "core:endTime": _time(handover.expires),
    }


def _ground(ground: Consent | LegalGround, made_at: datetime) -> Node:
    if isinstance(ground, Consent):
        return {
            "case-investigation:authorizationType": "consent",
            "core:description": f"{ground.by}: {ground.how}",
            "core:startTime": _time(ground.at),
        }
    return {
        "case-investigation:authorizationType": "legal ground",
        "case-investigation:authorizationIdentifier": ground.article,
        "core:description": f"{ground.name}: {ground.reason}",
        "core:startTime": _time(made_at),
    }


def _organisations(handover: Handover) -> Iterator[Node]:
    named = _named(handover)
    kinds = (("sender", handover.sender, ""), ("addressee", handover.to.name, handover.to.kind.value))
    for which, name, kind in kinds:
        about = {"core:description": kind} if kind else {}
        yield {"@id": named("organisation", which), "@type": "identity:Organization", "core:name": name, **about}


def _people(handover: Handover) -> Iterator[Node]:
    for number, one in enumerate(handover.people):
        about: Node = {"core:description": f"stated age: {one.age}"} if one.age else {}
        role = {"@type": "role:Role", "core:name": one.role.value}
        yield from _in_role(handover, f"people/{number}", {"core:name": one.pseudonym, **about}, role)
    for number, suspect in enumerate(handover.suspects):
        age = [f"stated age: {suspect.age}"] if suspect.age else []
        about = {"core:description": [f"suspected, not proven: {suspect.rests_on}", *age]}
        role = {"@type": "case-investigation:Subject", "core:name": "possible suspect"}
        yield from _in_role(handover, f"suspects/{number}", {"core:name": suspect.pseudonym, **about}, role)
    yield from (
        {"@id": _staff(handover, name), "@type": "identity:Person", "core:name": name} for name in _hands(handover)
    )


def _in_role(handover: Handover, key: str, person: Node, role: Node) -> Iterator[Node]:
    named = _named(handover)
    who, what = named("person", key), named("role", key)
    yield {"@id": who, "@type": "identity:Person", **person}
    yield {"@id": what, **role}
    yield {
        "@id": named("relationship", key),
        "@type": "core:Relationship",
        "core:source": _to(who),
        "core:target": _to(what),
        "core:kindOfRelationship": "Has_Role",
        "core:isDirectional": True,
    }


def _timeline(handover: Handover) -> Iterator[Node]:
    for number, entry in enumerate(handover.timeline):
        said = [entry.what, f"source: {entry.source}"]
        event = {"@id": _named(handover)("event", str(number)), "@type": "core:Event"}
        if isinstance(entry.when, datetime):
            yield {**event, "core:description": said, "core:startTime": _time(entry.when)}
        else:
            day = f"day: {entry.when.isoformat()}" if entry.when else "time: unknown"
            yield {**event, "core:description": [*said, day]}


def _originals(handover: Handover) -> Iterator[Node]:
    for number, one in enumerate(handover.enclosures, 1):
        yield _file(handover, number, one)
        yield _provenance(handover, number, one)
        yield from _custody(handover, number, one)


def _file(handover: Handover, number: int, one: Enclosure) -> Node:
    named, key = _named(handover), str(number)
    hashed = {
        "@id": named("hash", key),
        "@type": "types:Hash",
        "types:hashMethod": "SHA256",
        "types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256(one.data)},
    }
    stored = {
        "@id": named("file-facet", key),
        "@type": "observable:FileFacet",
        "observable:fileName": one.name,
        "observable:filePath": path(number, one),
        "observable:isDirectory": False,
        "observable:sizeInBytes": len(one.data),
    }
    content = {"@id": named("content-facet", key), "@type": "observable:ContentDataFacet", "observable:hash": hashed}
    return {"@id": named("file", key), "@type": "observable:File", "core:hasFacet": [stored, content]}


def _provenance(handover: Handover, number: int, one: Enclosure) -> Node:
    named, key = _named(handover), str(number)
    return {
        "@id": named("provenance", key),
        "@type": "case-investigation:ProvenanceRecord",
        "core:name": path(number, one),
        "core:description": f"received from {one.received_from} by {one.received_by}",
        "core:objectCreatedTime": _time(one.received_at),
        "case-investigation:exhibitNumber": key,
        "core:object": _to(named("file", key)),
    }


def _custody(handover: Handover, number: int, one: Enclosure) -> Iterator[Node]:
    named = _named(handover)
    for place, step in enumerate(one.custody):
        before = {"case-investigation:wasInformedBy": _to(named("action", f"{number}/{place - 1}"))} if place else {}
        yield _action(handover, f"{number}/{place}", step, number) | before


def _action(handover: Handover, key: str, step: Step, number: int) -> Node:
    named = _named(handover)
    return {
        "@id": named("action", key),
        "@type": "case-investigation:InvestigativeAction",
        "core:name": step.deed.value,
        "core:description": f"sha256: {step.sha256}",
        "action:startTime": _time(step.at),
        "action:endTime": _time(step.at),
        "action:performer": _to(_staff(handover, step.by)),
        "action:object": _to(named("file", str(number))),
        "action:result": _to(named("provenance", str(number))),
    }


def _handing_over(handover: Handover) -> Node:
    named = _named(handover)
    records = [_to(named("provenance", str(number))) for number in range(1, len(handover.enclosures) + 1)]
    return {
        "@id": f"urn:uuid:{handover.id}",
        "@type": "case-investigation:InvestigativeAction",
        "core:name": HANDED_OVER,
        "core:description": [handover.reason, *_informed(handover)],
        "action:startTime": _time(handover.made_at),
        "action:endTime": _time(handover.made_at),
        "action:performer": _to(named("organisation", "sender")),
        "action:participant": _to(named("organisation", "addressee")),
        **({"action:object": records} if records else {}),
    }


def _informed(handover: Handover) -> Iterator[str]:
    if handover.informed:
        yield f"does the young person know: {handover.informed.knows}; {handover.informed.how}"


def _hands(handover: Handover) -> list[str]:
    return list(dict.fromkeys(step.by for one in handover.enclosures for step in one.custody))


def _staff(handover: Handover, name: str) -> str:
    return _named(handover)("staff", name)


def _named(handover: Handover) -> Callable[[str, str], str]:
    return partial(_name, handover)


def _name(handover: Handover, kind: str, key: str) -> str:
    return f"urn:uuid:{uuid5(handover.id, f'{kind}/{key}')}"


def _to(name: str) -> Node:
    return {"@id": name}


def _time(time: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": time.isoformat()}
