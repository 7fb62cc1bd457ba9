"""Intervals, against closed forms and published values."""

from __future__ import annotations

import math

import pytest

from scherp.evaluation import intervals
from scherp.evaluation.intervals import Interval, Verdict


def test_all_or_nothing_has_a_closed_form():
    assert intervals.clopper(37, 37).low == pytest.approx(0.025 ** (1 / 37))  # 0.905
    assert intervals.clopper(0, 19).high == pytest.approx(1 - 0.025 ** (1 / 19))
    assert intervals.clopper(0, 19) == Interval(0.0, pytest.approx(0.176, abs=0.001))


def test_the_values_that_the_evaluation_names():
    assert intervals.clopper(37, 37).low == pytest.approx(0.91, abs=0.006)
    assert intervals.clopper(0, 19, sure=0.90).high == pytest.approx(0.146, abs=0.001)


def test_the_published_interval_of_81_of_263():
    # Newcombe 1998, table I, method 5: 0.2527 to 0.3676
    low, high = intervals.clopper(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2527, 0.3676)


def test_the_incomplete_beta_of_whole_numbers_is_a_binomial_tail():
    # I_0.3(2, 3) = P(at least 2 of 4 at 0.3)
    tail = sum(math.comb(4, k) * 0.3**k * 0.7 ** (4 - k) for k in (2, 3, 4))
    assert intervals.incomplete_beta(0.3, 2, 3) == pytest.approx(tail)
    assert intervals.incomplete_beta(0.8, 2, 3) == pytest.approx(
        sum(math.comb(4, k) * 0.8**k * 0.2 ** (4 - k) for k in (2, 3, 4))
    )
    assert (intervals.incomplete_beta(0, 2, 3), intervals.incomplete_beta(1, 2, 3)) == (0, 1)


def test_pieces_of_one_source_count_once():
    alone = intervals.share([False] * 4, "abcd")
    together = intervals.share([False] * 8, "aabbccdd")
    assert together == alone == intervals.clopper(0, 4)


def test_the_rate_of_rare_events():
    # Garwood: none seen, at most 3.689; 3 seen, 0.619 to 8.767
    assert intervals.rate(0, 1).high == pytest.approx(-math.log(0.025))
    low, high = intervals.rate(3, 2)
    assert (round(low * 2, 3), round(high * 2, 3)) == (0.619, 8.767)


def test_twenty_chats_ranked_without_a_fault_do_not_prove_it():
    low, high = intervals.ranking(1.0, 20, 20)
    assert high == pytest.approx(1)
    # At the bound the distance is the spread: 1 - a = z sqrt(a(1-a)(1 + 19((1-a)/(2-a) + a/(1+a))) / 400)
    inner = 1 + 19 * ((1 - low) / (2 - low) + low / (1 + low))
    assert 1 - low == pytest.approx(1.959964 * math.sqrt(low * (1 - low) * inner / 400), rel=1e-6)
    assert 0.85 < low < 0.95


def test_a_ranking_interval_holds_its_value_and_narrows():
    few, many = intervals.ranking(0.8, 10, 10), intervals.ranking(0.8, 200, 200)
    assert few.low < many.low < 0.8 < many.high < few.high


def test_drawing_draws_sources_whole_and_the_same_every_time():
    draws = list(intervals.drawn(["a", "a", "b", "c"], times=50))
    assert all(first == second for first, second, _, _ in draws)
    assert all(a + b + c == 3 for a, _, b, c in draws)
    assert draws == list(intervals.drawn(["a", "a", "b", "c"], times=50))
    assert any(a == 0 for a, *_ in draws)


def test_the_middle_of_what_was_drawn():
    assert intervals.resampled(n / 1000 for n in range(1001)) == Interval(0.025, 0.975)
    assert intervals.resampled([None, None, None, 1.0]) is None
    assert intervals.resampled([]) is None


@pytest.mark.parametrize(
    ("interval", "at_least", "said"),
    [
        (Interval(0.9, 1.0), True, Verdict.REACHED),
        (Interval(0.89, 1.0), True, Verdict.NOT_RESOLVABLE),
        (Interval(0.5, 0.89), True, Verdict.NOT_REACHED),
        (Interval(0.0, 0.9), False, Verdict.REACHED),
        (Interval(0.0, 0.91), False, Verdict.NOT_RESOLVABLE),
        (Interval(0.91, 1.0), False, Verdict.NOT_REACHED),
        (None, True, Verdict.NOT_MEASURED),
    ],
)
def test_a_bar_is_reached_only_by_the_whole_interval(interval, at_least, said):
    assert intervals.verdict(interval, 0.9, at_least=at_least) is said


def test_where_two_ways_disagree_the_less_sure_one_counts():
    assert Interval(0.4, 0.6).joined(Interval(0.5, 0.9)) == Interval(0.4, 0.9)
