"""The model without some signs, and with a memory."""

from __future__ import annotations

from cases_by_hand import said

from scherp.evaluation import leaving_out
from scherp.evaluation.leaving_out import model_without
from scherp.scoring import START, packaged_model, step


def test_signs_can_be_left_out():
    text = "leest je moeder je appjes"
    _, risk = step(START, said(text)[0], model=model_without(frozenset()))
    assert [seen.sign for seen in risk.evidence] == ["device_oversight_question"]
    without = model_without(frozenset({"device_oversight_question"}))
    _, risk = step(START, said(text)[0], model=without)
    assert risk.evidence == ()
    assert packaged_model().matcher is not without.matcher


def test_what_is_remembered_is_what_is_found(monkeypatch):
    monkeypatch.setattr(leaving_out, "_REMEMBERED", 2)
    matcher, known = model_without(frozenset()).matcher, packaged_model().matcher
    for text in ["stuur eens een foto", "hoi", "hoe oud ben je", "stuur eens een foto"] * 2:
        assert matcher.find(text) == known.find(text)
        assert matcher.find(text, "hoi") == known.find(text, "hoi")
