"""From judgements to figures, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases_by_hand import judged, judgement, many

from scherp.conversation import Level
from scherp.evaluation.figures import Rule
from scherp.evaluation.intervals import Interval, clopper
from scherp.evaluation.judging import Segment, Streamed
from scherp.evaluation.metrics import penalty
from scherp.evaluation.registers import Register
from scherp.evaluation.results import results


@pytest.fixture(scope="module")
def found():
    """Ten risky ones, all alarmed at the 31st message, and twenty quiet harmless ones."""
    return results(judgement(*many(True, 10), *many(False, 20)), unread=2, left_out=3)


def only(rows, **wanted):
    (row,) = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    return row


def test_material_is_counted_with_what_nothing_could_be_said_about():
    quiet = judged(False, None, None, None, None, None, None)
    rows = results(judgement(*many(True, 2), quiet)).material
    assert [(row.risky, row.cases, row.messages, row.cannot_say) for row in rows] == [
        (True, 2, 120, 0),
        (False, 1, 6, 1),
    ]


def test_before_anything_happens_nothing_is_told_apart(found):
    assert only(found.ranked, k=20).auc.value == 0.5
    assert only(found.ranked, k=50).auc.value == 1.0
    assert only(found.ranked, k=50).recall.value == 1.0


def test_a_ranking_without_a_fault_still_has_an_interval(found):
    low, high = only(found.ranked, k=50).auc.interval
    assert low < 0.9
    assert high == pytest.approx(1)
    assert only(found.ranked, k=50).recall.interval.low == pytest.approx(clopper(10, 10).low)


def test_at_k_both_have_k_messages(found):
    row = only(found.ranked, k=100)
    assert (row.auc.value, row.auc.n, row.auc.against) == (None, 0, 0)


def test_alarms_are_counted_over_the_same_number_of_messages(found):
    assert only(found.found, k=50).concern.value == 1.0
    assert only(found.found, k=50).median == 31
    assert only(found.found, k=150).concern.value is None
    assert only(found.found, k=None).urgent.value == 1.0


def test_an_alarm_after_k_is_a_miss_at_k():
    late = many(True, 4, alarm=55)
    row = only(results(judgement(*late, *many(False, 5))).found, k=50)
    assert (row.concern.value, row.median) == (0.0, None)


def test_false_alarms_count_a_source_once():
    pieces = [replace(piece, source="one room") for piece in many(False, 8)]
    row = only(results(judgement(*pieces)).false_alarms, k=None)
    assert (row.concern.value, row.concern.n, row.concern.sources) == (0.0, 8, 1)
    assert row.concern.interval == clopper(0, 1)


def test_consecutive_messages_have_an_exact_interval():
    streamed = Streamed(Register.IRC, joined=True, messages=20_000, alarms=0, in_sources=0)
    (row,) = results(judgement(streams=[streamed])).consecutive
    assert row.alarms.value == 0
    assert row.alarms.interval == Interval(0, pytest.approx(3.689 / 2, abs=0.001))


def test_predictive_value_and_a_teams_day():
    wrong = many(False, 20)
    wrong[0] = replace(wrong[0], alarm_at=3)
    row = only(results(judgement(*many(True, 10), *wrong)).predictive, level=Level.CONCERN, prevalence=1 / 10)
    assert row.value == pytest.approx(0.1 / (0.1 + 0.9 / 20))
    assert row.day.watched == pytest.approx(200 / 0.145)
    assert row.at_worst < row.value


def test_without_one_wrong_warning_the_share_that_is_right_cannot_be_told():
    # Given twenty harmless pieces without an alarm, Then it is not said that every warning would be right
    row = only(results(judgement(*many(True, 10), *many(False, 20))).predictive, level=Level.URGENT, prevalence=1 / 10)
    assert (row.value, row.day) == (None, None)
    assert 0 <= row.at_worst < 0.5


def test_f_latency_is_f1_times_speed(found):
    row = only(found.latency, rule=Rule.PUBLISHED)
    assert (row.f1.value, row.median.value) == (1.0, 36)
    assert row.f_latency.value == pytest.approx(1 - penalty(36))
    assert row.f_latency.interval.low < row.f_latency.value
    assert only(found.latency, rule=Rule.OWN).median.value == 31


def test_f1_counts_segments():
    # 10 right; of 20 harmless 5 wrong: 2 * 10 / (20 + 5)
    wrong = many(False, 15) + many(False, 5, segments=(Segment(True, False),))
    row = only(results(judgement(*many(True, 10), *wrong)).latency, rule=Rule.PUBLISHED)
    assert row.f1.value == pytest.approx(20 / 25)
    assert row.f1.interval.low < 20 / 25 < row.f1.interval.high


def test_the_lead_before_a_request_marked_by_hand(found):
    (row,) = found.ahead
    assert (row.self_graded, row.before.value, row.messages, row.hours) == (False, 1.0, 10, 2.0)
    assert (row.early, row.no_request, row.never) == (0, 0, 0)


def test_late_missing_and_early_requests_are_counted_apart():
    cases = [
        *many(True, 1),
        *many(True, 1, request_at=3, lead=None, alarm=None),
        *many(True, 1, request_at=None, lead=None),
    ]
    (row,) = results(judgement(*cases)).ahead
    assert (row.before.value, row.early, row.never, row.no_request) == (0.5, 1, 1, 1)


def test_self_graded_leads_are_kept_apart():
    rows = results(judgement(*many(True, 2), *many(True, 3, self_graded=True))).ahead
    assert [(row.self_graded, row.before.n) for row in rows] == [(False, 2), (True, 3)]


def test_who_steers(found):
    assert found.steers[0].right.value == pytest.approx(0.9)


def test_calibration_at_50_messages(found):
    (row,) = found.calibrated
    assert row.skill.value == pytest.approx(1 - (0.01 + 0.01) / 2 / 0.25)
    assert [b.cases for b in row.bins] == [20, 10]


def test_slices_are_held_against_the_mean():
    wrong = many(False, 6, slices=["family"], register=Register.DUTCH_HARD)
    wrong[:3] = [replace(case, alarm_at=2) for case in wrong[:3]]
    calm = many(False, 14, slices=["help"], register=Register.DUTCH_HARD)
    missed = [replace(case, alarm_at=None) for case in many(True, 2, slices=["boys"])]
    rows = results(judgement(*wrong, *calm, *missed, *many(True, 8))).slices
    assert [(row.name, row.figure.value, row.defect) for row in rows] == [
        ("family", 0.5, True),
        ("help", 0.0, False),
        ("boys", 0.0, True),
    ]
    assert rows[0].mean == pytest.approx(3 / 20)


def test_errors_are_counted_by_cause_the_commonest_first():
    cases = [
        *many(True, 2, error="too_little"),
        *many(True, 1, error="cannot_say"),
        *many(False, 1, error="age_question"),
    ]
    rows = results(judgement(*cases)).causes
    assert [(row.risky, row.cause, row.count) for row in rows] == [
        (True, "too_little", 2),
        (True, "cannot_say", 1),
        (False, "age_question", 1),
    ]


def test_hidden_words(found):
    assert found.hidden[0].kept.value == pytest.approx(0.9)


def test_what_finding_costs(found):
    (row,) = found.cost
    assert row.points == ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0))


def test_registers_of_another_language_are_not_compared():
    cases = [*many(True, 6, register=Register.CHATS), *many(False, 6, register=Register.DUTCH_HARD)]
    assert results(judgement(*cases)).ranked == ()


def test_what_was_not_measured_is_said(found):
    assert (found.unread, found.left_out, found.without) == (2, 3, ())


def test_nothing_at_all_gives_nothing():
    empty = results(judgement())
    assert (empty.material, empty.ranked, empty.slices, empty.hidden) == ((), (), (), ())
