"""Dates and clock times in every locale, and which number of a date is the day."""

from datetime import date, time

import pytest

from scherp.reading.dates import clock_time, days, likely_order, numbers, settle
from scherp.reading.export import DateOrder, Settled

DMY, MDY, YMD = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (", 14:30 ", time(14, 30)),
        (", 2:30 p. m.", time(14, 30)),
        (", 2:30\u202fp.\u00a0m. ", time(14, 30)),
        (", 12:05 AM", time(0, 5)),
        (", 12:05 PM", time(12, 5)),
        (", 00:08 a. m. ", time(0, 8)),
        (" klo 14.30", time(14, 30)),
        (" 18.00.59 ", time(18, 0, 59)),
        (", ٢:٠٧:٠٠ م", time(14, 7)),
        (", ۲:۰۷ ب.ظ.", time(14, 7)),
        (" 上午12:30 ", time(0, 30)),
        (" 下午2:30 ", time(14, 30)),
        (" 中午11:50 ", time(11, 50)),
        (" 中午12:10 ", time(12, 10)),
        ("일 오후 2:30", time(14, 30)),
        ("일 오전 2:30", time(2, 30)),
        (" 14 h 30 min 05 s", time(14, 30, 5)),
        (", 2:30 μ.μ. ", time(14, 30)),
        (", 2:30 ÖS ", time(14, 30)),
        (", 2:30 CH ", time(14, 30)),
        (", 2:30 PTG ", time(14, 30)),
        (", 2:30 अपराह्न ", time(14, 30)),
        (" г., 14:30 ч. ", time(14, 30)),
        (", 24:15", time(0, 15)),
    ],
)
def test_a_clock_time_is_read_in_its_language(written, read):
    assert clock_time(written) == read


@pytest.mark.parametrize("written", ["", "klo", ", 99:30", ", 14:75", "14-30"])
def test_what_is_no_clock_time_is_none(written):
    assert clock_time(written) is None


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("13-3-2024", DMY, date(2024, 3, 13)),
        ("3/13/24", MDY, date(2024, 3, 13)),
        ("2024. 3. 13", DMY, date(2024, 3, 13)),
        ("2024年3月13", DMY, date(2024, 3, 13)),
        ("١٣\u200f/٣\u200f/٢٠٢٤", DMY, date(2024, 3, 13)),
        ("13/3/2567", DMY, date(2024, 3, 13)),
        ("13/3/67", DMY, date(2024, 3, 13)),
        ("24/03/13", YMD, date(2024, 3, 13)),
    ],
)
def test_a_date_is_read_in_its_order(written, order, day):
    assert days([written], order) == {written: day}


def test_a_date_that_its_order_does_not_have_is_read_in_another():
    assert days(["25/4/24"], MDY) == {"25/4/24": date(2024, 4, 25)}


@pytest.mark.parametrize("written", ["31/02/2024", "99/99/99", "0/0/0", "13/3/1445", ""])
def test_a_date_that_does_not_exist_is_none(written):
    assert days([written], DMY) == {written: None}


def settled(*written, likely=DMY, wanted=None):
    found = settle(written, likely=likely, wanted=wanted)
    return found.order, found.settled, found.trusted


def test_one_ambiguous_date_settles_nothing():
    assert settled("3/4/24") == (DMY, Settled.NOT, False)
    assert settled("3/4/24", likely=MDY) == (MDY, Settled.NOT, False)


def test_days_that_only_follow_each_other_one_way_settle_it():
    # Given a file of March to May, all below 13, When read the other way it would jump back a year
    assert settled("10/03/24", "11/03/24", "02/04/24", "01/05/24") == (DMY, Settled.BY_ORDER, True)
    assert settled("03/10/24", "03/11/24", "04/02/24", "05/01/24") == (MDY, Settled.BY_ORDER, True)


def test_days_that_follow_each_other_both_ways_do_not():
    assert settled("03/04/24", "04/04/24", "05/04/24") == (DMY, Settled.NOT, False)


def test_a_thirteenth_month_settles_it():
    assert settled("13/03/24") == (DMY, Settled.BY_IMPOSSIBLE, True)
    assert settled("3/13/24") == (MDY, Settled.BY_IMPOSSIBLE, True)


def test_a_few_lines_out_of_order_do_not_unsettle_it():
    written = [f"{day:02}/{month:02}/24" for month in range(1, 6) for day in range(1, 11)]
    written.insert(30, "02/01/24")
    assert settled(*written) == (DMY, Settled.BY_ORDER, True)


def test_dates_that_contradict_each_other_are_not_trusted():
    assert settled("13/03/24", "14/03/24", "3/15/24") == (DMY, Settled.NOT, False)


def test_a_day_that_is_its_own_month_needs_no_settling():
    assert settled("05.05.24", "05.05.24") == (DMY, Settled.BY_FORMAT, True)


def test_a_year_of_four_digits_in_front_needs_no_settling():
    assert settled("2024-03-04") == (YMD, Settled.BY_FORMAT, True)


def test_two_digits_of_a_year_in_front_are_seen_by_their_order():
    assert settled("24/03/28", "24/04/02", "24/05/01")[:2] == (YMD, Settled.BY_ORDER)


def test_years_that_may_be_days_are_not_trusted():
    assert settled("24-03-13", "24-03-14", "24-03-15") == (YMD, Settled.NOT, False)


def test_the_person_decides():
    assert settled("3/4/24", wanted=MDY) == (MDY, Settled.BY_USER, True)


def test_the_person_is_not_believed_where_the_date_says_otherwise():
    assert settled("3/4/24", "25/4/24", wanted=MDY) == (MDY, Settled.BY_USER, False)


def test_the_separator_and_the_clock_say_what_is_likely():
    assert likely_order("3/4/24", ", 2:30 PM") is MDY
    assert likely_order("3/4/24", ", 2:30 pm") is DMY
    assert likely_order("3.4.24", ", 2:30 PM") is DMY
    assert likely_order("3/4/24", ", 14:30") is DMY


def test_numbers_of_any_script_are_numbers():
    assert numbers("१३/३/२०२४") == (13, 3, 2024)
