"""The handover for other systems: CASE/UCO, checked by the ontology's own validator, without a network."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from datetime import timedelta

import pytest
from case_utils.case_validate import validate
from case_utils.ontology.version_info import CURRENT_CASE_VERSION

from handed_over import BARE, BY_LAW, LOTTES, MORNING, original
from scherp.handover import Entry, Person, Role, Step, Suspect
from scherp.handover.case_uco import as_jsonld
from scherp.handover.nouns import Deed
from scherp.handover.telling import told

CASE = "case-1.5.0"
MANY = replace(
    LOTTES,
    ground=BY_LAW,
    people=(*LOTTES.people, Person("Lotte", Role.PARENT), Person("", Role.OTHER)),
    suspects=(*LOTTES.suspects, Suspect("Persoon L", "de chat")),
    timeline=tuple(Entry(MORNING + timedelta(hours=n), f"gebeurtenis {n}", "Lotte") for n in range(5)),
    enclosures=(original(), original("nog een.txt", b"hoi\n"), replace(original("leeg.csv", b"a,b\n"), custody=())),
)


def violations(handover, tmp_path):
    """What the validator says is wrong, warnings and advice included; pytest-socket sees that it fetches nothing."""
    path = tmp_path / "handover.jsonld"
    path.write_bytes(as_jsonld(handover))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the validator's own libraries; its findings come back below
        found = validate(str(path), case_version=CASE)
    return [*found.undefined_concepts, *([] if found.conforms else [found.text])]


@pytest.mark.parametrize("handover", [LOTTES, BARE, MANY], ids=["whole", "bare", "many"])
def test_the_validator_finds_nothing_wrong(handover, tmp_path):
    assert violations(handover, tmp_path) == []


def test_the_validator_would_find_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr("scherp.handover.case_uco.HANDED_OVER", 3)
    assert violations(LOTTES, tmp_path) != []


def test_it_is_the_newest_version_that_the_validator_knows():
    assert f"case-{CURRENT_CASE_VERSION}" == CASE


def nodes_of(handover):
    return json.loads(as_jsonld(handover))["@graph"]


def of_kind(handover, kind):
    return [node for node in nodes_of(handover) if node["@type"] == kind]


def test_each_node_has_a_uuid_of_its_own_that_stays_the_same():
    names = [node["@id"] for node in nodes_of(MANY)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    assert as_jsonld(MANY) == as_jsonld(MANY)


def test_what_it_points_to_is_in_it():
    text = as_jsonld(MANY).decode()
    pointed = set(re.findall(r'"@id": "(urn:uuid:[^"]+)"', text))
    inside = {node["@id"] for node in nodes_of(MANY)} | set(re.findall(r'"@id": "(urn:[^"]+)",\n\s+"@type"', text))
    assert pointed == inside


def test_nothing_has_to_be_fetched_to_read_it():
    context = json.loads(as_jsonld(LOTTES))["@context"]
    assert isinstance(context, dict)


def test_suspects_are_subjects_and_nobody_else_is():
    subjects = [node["@id"] for node in of_kind(LOTTES, "case-investigation:Subject")]
    people = {node["@id"]: node["core:name"] for node in of_kind(LOTTES, "identity:Person")}
    named = [
        people[node["core:source"]["@id"]]
        for node in of_kind(LOTTES, "core:Relationship")
        if node["core:target"]["@id"] in subjects
    ]
    assert named == ["Persoon K"]


def test_nobody_is_called_a_victim_or_an_offender():
    assert not re.search(r"victim|offender|dader|slachtoffer", as_jsonld(MANY).decode(), re.IGNORECASE)


def test_the_chain_of_custody_is_told_step_by_step():
    deeds = [node for node in of_kind(LOTTES, "case-investigation:InvestigativeAction") if "action:result" in node]
    assert [node["core:name"] for node in deeds] == ["received", "stored", "viewed"]
    assert [node["case-investigation:wasInformedBy"]["@id"] for node in deeds[1:]] == [n["@id"] for n in deeds[:-1]]
    assert all(LOTTES.enclosures[0].sha256 in node["core:description"] for node in deeds)


def test_a_time_that_is_unknown_is_not_made_up():
    unknown, day, known = of_kind(LOTTES, "core:Event")
    assert "core:startTime" not in unknown
    assert "time: unknown" in unknown["core:description"]
    assert "day: 2026-02-27" in day["core:description"]
    assert "core:startTime" not in day
    assert known["core:startTime"]["@value"] == "2026-03-03T09:30:00+01:00"


def test_the_ground_says_until_when_it_gives_access():
    for handover, kind in ((LOTTES, "consent"), (BARE, "legal ground")):
        (ground,) = of_kind(handover, "case-investigation:Authorization")
        assert ground["case-investigation:authorizationType"] == kind
        assert told(as_jsonld(handover)).expires == handover.expires


def test_a_step_with_another_hash_is_told_as_it_was():
    step = Step(MORNING, "Noor", Deed.COPIED, "0" * 64)
    (node,) = (
        node
        for node in nodes_of(replace(LOTTES, enclosures=(replace(original(), custody=(step,)),)))
        if node.get("core:name") == "copied"
    )
    assert "0" * 64 in node["core:description"]
