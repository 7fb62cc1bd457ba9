"""Every formula, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from scherp.evaluation import metrics
from scherp.evaluation.metrics import Bin, Ranking


def test_auc_is_the_chance_to_rank_above_with_equals_by_half():
    # 0.9 beats all three; 0.4 beats 0.2 and equals 0.4, loses to 0.6: (3 + 1.5) / 6
    assert Ranking([0.9, 0.4], [0.6, 0.4, 0.2]).auc() == pytest.approx(4.5 / 6)


def test_auc_of_cannot_say_ranks_lowest():
    # None loses to 0.0 and equals None: (0 + 0.5) / 2
    assert Ranking([None], [0.0, None]).auc() == pytest.approx(0.25)


def test_auc_counts_each_case_as_often_as_it_is_drawn():
    # 0.9 twice, 0.1 never; harmless 0.9 once and 0.5 three times: (0.5 + 3) / 4
    auc, _ = Ranking([0.9, 0.1], [0.9, 0.5]).both([2, 0], [1, 3])
    assert auc == pytest.approx(3.5 / 4)


@pytest.mark.parametrize(("risky", "harmless"), [([], [0.1]), ([0.1], [])])
def test_without_one_of_the_kinds_nothing_is_measured(risky, harmless):
    assert Ranking(risky, harmless).auc() is None
    assert Ranking(risky, harmless).recall() is None
    assert metrics.brier_skill(risky, harmless) is None


def test_recall_at_one_in_a_hundred_lets_one_of_a_hundred_pass():
    harmless = [0.9, 0.8] + [0.1] * 98  # one may pass: the threshold lies above 0.8
    assert Ranking([0.95, 0.85, 0.8, 0.5], harmless).recall(0.01) == pytest.approx(2 / 4)


def test_recall_with_fewer_than_a_hundred_lets_none_pass():
    assert Ranking([0.95, 0.9, 0.3], [0.9, 0.1]).recall(0.01) == pytest.approx(1 / 3)


def test_cannot_say_is_never_found():
    assert Ranking([None, None], [None] * 200).recall(1.0) == 0.0


def test_the_peak_is_that_of_the_first_k_messages():
    assert metrics.peak([None, 0.2, 0.7, 0.5, 0.9], 4) == 0.7
    assert metrics.peak([None, None], 2) is None
    assert metrics.peak([]) is None


def test_within_counts_messages_from_0():
    assert metrics.within(49, 50)
    assert not metrics.within(50, 50)
    assert not metrics.within(None, 50)


def test_events_per_ten_thousand_messages():
    assert metrics.per_ten_thousand(3, 60_000) == pytest.approx(0.5)
    assert metrics.per_ten_thousand(0, 0) is None


def test_most_warnings_are_wrong_where_risk_is_rare():
    # 1 in 1,000; nine tenths found; 1 in 1,000 wrong: 0.0009 / (0.0009 + 0.000999)
    assert metrics.positive_predictive_value(0.9, 0.001, 0.001) == pytest.approx(0.0009 / 0.001899)
    assert metrics.positive_predictive_value(0.0, 0.0, 0.1) is None


def test_a_team_of_five_with_forty_looks_each():
    # 1 in 10, half found, 1 in 18 wrong: 0.05 + 0.9/18 = 0.1 warned; 200 looks watch over 2,000 conversations
    day = metrics.day_of(0.5, 1 / 18, 0.1)
    assert day.looks == 200
    assert day.watched == pytest.approx(2000)
    assert day.right == pytest.approx(100)
    assert day.missed == pytest.approx(100)
    assert metrics.day_of(0.0, 0.0, 0.1) is None


@pytest.mark.parametrize(
    ("k", "value"), [(1, 0.0), (10, 0.055), (18, 0.105), (30, 0.177), (54, 0.316), (90, 0.5), (150, 0.726)]
)
def test_the_published_penalties(k, value):
    assert metrics.penalty(k) == pytest.approx(value, abs=0.0006)


def test_speed_is_one_less_the_median_penalty():
    assert metrics.speed([17]) == pytest.approx(1 - metrics.penalty(18))
    assert metrics.speed([0, 89, 149]) == pytest.approx(0.5)
    assert metrics.speed([]) is None


def test_a_warning_takes_five_of_the_last_ten():
    assert metrics.warned_at([True] * 4) is None
    assert metrics.warned_at([True] * 5) == 4
    assert metrics.warned_at([False] * 3 + [True, False] * 5) == 11
    assert metrics.warned_at([True] * 4 + [False] * 6 + [True] * 5) == 14  # the first four are forgotten by then


def test_f1_of_three_right_one_wrong_two_missed():
    assert metrics.f1(3, 1, 2) == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert metrics.f1(0, 0, 5) == 0.0


def test_the_published_f_latency_of_bert_base():
    f1, speed = 0.885, 0.914
    assert f1 * speed == pytest.approx(0.809, abs=0.001)


def test_brier_skill_of_a_constant_is_0_and_of_certainty_1():
    assert metrics.brier_skill([0.5], [0.5, 0.5]) == pytest.approx(0)
    assert metrics.brier_skill([1.0], [0.0]) == 1
    # risky 0.8, 0.6: (0.04 + 0.16) / 2 = 0.1; harmless 0.2: 0.04; together 0.07; 1 - 0.28
    assert metrics.brier_skill([0.8, 0.6], [0.2]) == pytest.approx(0.72)


def test_brier_skill_of_cannot_say_is_a_miss():
    assert metrics.brier_skill([None], [None]) == pytest.approx(1 - 0.5 / 0.25)


def test_reliability_weighs_both_kinds_the_same():
    # in the bin from 0.9: one of two risky (weight 1/4) and one of four harmless (weight 1/8)
    found = metrics.reliability([0.95, 0.05], [0.91, 0.0, 0.0, None])
    assert [b.cases for b in found] == [4, 2]
    low, high = found
    assert high.risky == pytest.approx((1 / 4) / (1 / 4 + 1 / 8))
    assert high.said == pytest.approx((0.95 / 4 + 0.91 / 8) / (3 / 8))
    assert low.risky == pytest.approx((1 / 4) / (1 / 4 + 3 / 8))


def test_a_risk_of_1_is_in_the_last_bin():
    assert metrics.reliability([1.0], [0.0]) == [Bin(1, 0.0, 0.0), Bin(1, 1.0, 1.0)]


def test_a_slice_above_twice_the_mean_is_a_defect():
    assert metrics.is_defect(0.21, 0.1)
    assert not metrics.is_defect(0.2, 0.1)
    assert not metrics.is_defect(None, 0.1)
    assert metrics.falls_behind(0.8, 0.9)
    assert not metrics.falls_behind(0.81, 0.9)


def test_what_is_kept_counts_no_gains():
    assert metrics.kept([100, 300], [150, 200]) == pytest.approx(300 / 400)
    assert metrics.kept([], []) is None


def test_the_share_about_which_nothing_could_be_said():
    assert metrics.none_share([None, 0.0, 0.1, None]) == 0.5
    assert metrics.none_share([]) is None


def test_half_the_decay_is_at_the_ninetieth_message():
    assert metrics.penalty(90) == pytest.approx(-1 + 2 / (1 + math.exp(-math.log(3))))
