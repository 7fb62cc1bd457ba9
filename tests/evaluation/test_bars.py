"""The bars: the worst register, and a verdict over all of them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from cases_by_hand import judgement, many

from scherp.evaluation.as_json import as_json
from scherp.evaluation.bars import bars
from scherp.evaluation.bars_table import bars_table
from scherp.evaluation.intervals import Verdict
from scherp.evaluation.judging import Streamed
from scherp.evaluation.registers import Register
from scherp.evaluation.results import results
from scherp.texts import Language


def measured(*cases, streams=()):
    return {(bar.name, bar.k): bar for bar in bars(results(judgement(*cases, streams=streams)))}


@pytest.fixture(scope="module")
def found():
    chats = many(True, 10, register=Register.CHATS)
    worse = many(False, 8, register=Register.SMS) + many(
        False, 2, register=Register.SMS, source="loud", trajectory=(0.95,) * 60, alarm=1
    )
    streams = [
        Streamed(Register.SMS, joined=True, messages=100_000, alarms=0, in_sources=0),
        Streamed(Register.IRC, joined=True, messages=10_000, alarms=1, in_sources=1),
        Streamed(Register.DUTCH_HARD, joined=True, messages=1_000, alarms=50, in_sources=9),
    ]
    return measured(*chats, *worse, *many(False, 200, register=Register.IRC), streams=streams)


def test_a_ranking_bar_stands_at_its_worst_register(found):
    bar = found["auc", 50]
    assert (bar.where, bar.figure.value, bar.next) == (Register.SMS, pytest.approx(0.8), 1.0)
    assert bar.verdict is Verdict.NOT_RESOLVABLE


def test_false_alarms_are_per_thousand_pieces(found):
    bar = found["false_alarms", None]
    assert (bar.where, bar.figure.value, bar.at_most) == (Register.SMS, pytest.approx(200), True)
    assert bar.verdict is Verdict.NOT_REACHED


def test_one_register_that_cannot_tell_keeps_a_bar_from_being_reached(found):
    bar = found["joined", None]
    assert (bar.where, bar.figure.value, bar.next) == (Register.IRC, 1.0, 0.0)
    assert bar.verdict is Verdict.NOT_RESOLVABLE


def test_what_was_not_measured_is_called_so(found):
    assert found["dutch_recall", None].verdict is Verdict.NOT_MEASURED
    assert found["found", 1000].verdict is Verdict.NOT_MEASURED


def test_a_slice_of_one_conversation_is_no_bar():
    cases = [*many(True, 8, register=Register.DUTCH_RISKY, slices=["boys"])]
    cases += many(True, 1, register=Register.DUTCH_RISKY, slices=["parent"], alarm=None)
    bar = measured(*cases)["slices_recall", None]
    assert (bar.where, bar.synthetic) == ("boys", True)


def test_our_own_hard_conversations_have_a_bar_of_their_own():
    found = measured(*many(False, 8, register=Register.DUTCH_HARD, alarm=3))
    assert found["false_alarms", None].verdict is Verdict.NOT_MEASURED
    assert found["dutch_hard", None].figure.value == pytest.approx(1000)
    assert found["dutch_hard", None].synthetic


@pytest.mark.parametrize("language", Language)
def test_the_table_says_which_numbers_are_synthetic_or_translated(language):
    cases = [*many(True, 8, register=Register.DUTCH_RISKY), *many(False, 8, register=Register.DUTCH_HARD)]
    cases += [*many(True, 8, register=Register.TRANSLATED), *many(False, 8, register=Register.TRANSLATED)]
    table = bars_table(bars(results(judgement(*cases))), language, "make evaluate")
    told = " ".join(" ".join(row) for row in table.rows)
    assert {Language.NL: "(synthetisch)", Language.EN: "(synthetic)"}[language] in told
    assert {Language.NL: "(machinaal vertaald)", Language.EN: "(machine-translated)"}[language] in told
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(row[-1] == "`make evaluate`" for row in table.rows)


def test_the_bars_are_in_the_json():
    found = results(judgement(*many(True, 6), *many(False, 6)))
    assert [row["name"] for row in as_json(found, bars(found))["bars"]][:2] == ["auc", "auc"]


def test_the_benchmark_says_so_when_there_is_nothing_to_measure(monkeypatch, capsys, tmp_path):
    path = Path(__file__).parents[2] / "benchmarks/evaluate.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_warning", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    monkeypatch.setattr(benchmark, "DATA", tmp_path / "nowhere")
    benchmark.main()
    assert "nothing is measured" in capsys.readouterr().out
