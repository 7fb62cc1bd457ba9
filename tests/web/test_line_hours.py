"""When the line is open: laws that hold for any hours, nights and the two odd days of the year included."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from scherp.texts import Language
from scherp.web.helpchat import open_hours
from scherp.web.stores import LINE
from scherp.web.talks.line import Line, read

HERE = ZoneInfo("Europe/Amsterdam")
EXAMPLE = Path(__file__).parents[2] / "src" / "scherp" / "web" / "talks" / "line.toml"
DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
weekly = st.lists(st.tuples(st.integers(0, 6), times, times), max_size=6).map(tuple)
exceptions = st.dictionaries(DAYS_OF_2026, st.lists(st.tuples(times, times), max_size=2).map(tuple), max_size=3)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds it


def lined(weekly=(), on=None):
    return Line({}, HERE, 20, timedelta(days=14), timedelta(days=30), weekly, on or {})


lines = st.builds(lined, weekly, exceptions)


@given(lines, moments)
def test_the_next_opening_is_later_and_then_somebody_is_there(line, now):
    found = line.opens_next(now)
    if found:
        assert now < found.begin < found.end
        assert line.is_open(found.begin)


@given(lines, moments)
def test_who_is_closed_opens_at_the_next_opening_and_not_a_minute_before(line, now):
    if line.is_open(now):
        return
    found = line.opens_next(now)
    if found and found.begin - now < timedelta(hours=6):
        minutes = range(int((found.begin - now).total_seconds() // 60))
        assert not any(line.is_open(now + timedelta(minutes=n)) for n in minutes)


@given(lines, moments)
def test_where_the_clock_stands_makes_no_difference(line, now):
    assert line.is_open(now) == line.is_open(now.astimezone(ZoneInfo("Pacific/Auckland")))


@given(weekly, moments)
def test_a_day_that_is_closed_begins_no_stretch(weekly, now):
    today = now.astimezone(HERE).date()
    line = lined(weekly, {today + timedelta(days=n): () for n in range(-1, 16)})
    assert not line.is_open(now)
    assert line.opens_next(now) is None


@given(st.integers(0, 6), times, moments)
def test_from_a_time_to_the_same_time_is_a_whole_day(weekday, begin, now):
    line = lined(((weekday, begin, begin),))
    found = line.opens_next(now)
    assert timedelta(hours=22) < found.end.astimezone(UTC) - found.begin.astimezone(UTC) < timedelta(hours=26)


def test_a_night_goes_on_after_midnight_though_the_next_day_is_closed():
    line = lined(((4, time(20), time(2)),), {date(2026, 1, 3): ()})  # Friday night; Saturday is closed
    assert line.is_open(datetime(2026, 1, 2, 23, tzinfo=HERE))
    assert line.is_open(datetime(2026, 1, 3, 1, 59, tzinfo=HERE))
    assert not line.is_open(datetime(2026, 1, 3, 2, tzinfo=HERE))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 5), (date(2026, 10, 24), 7)], ids=["clock forward", "clock back"]
)
def test_the_night_that_the_clock_changes_ends_at_the_time_on_the_wall(day, hours):
    line = lined(((day.weekday(), time(22), time(4)),))
    night = line.opens_next(datetime.combine(day, time(12), HERE))
    assert night.end.astimezone(UTC) - night.begin.astimezone(UTC) == timedelta(hours=hours)


def test_the_example_is_read_and_its_odd_days_hold():
    line = read(EXAMPLE)
    assert line.is_open(datetime(2026, 11, 26, 15, tzinfo=HERE))
    assert not line.is_open(datetime(2026, 12, 25, 15, tzinfo=HERE))
    assert line.is_open(datetime(2026, 12, 31, 13, tzinfo=HERE))
    assert not line.is_open(datetime(2026, 12, 31, 21, tzinfo=HERE))


@pytest.mark.parametrize(
    "wrong",
    [("14:00", "25:00"), ('"mon"', '"maandag"'), ('timezone = "Europe/Amsterdam"', ""), ("keep_days", "keep_for")],
)
def test_who_runs_the_line_is_told_which_file_cannot_be_understood(tmp_path, wrong):
    path = tmp_path / "line.toml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace(*wrong), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(str(path))):
        read(path)


@pytest.mark.parametrize("name", ["not_there.toml", "line.toml"])
def test_the_site_does_not_start_on_a_line_that_cannot_be_understood(settings, tmp_path, name):
    (tmp_path / "line.toml").write_text('timezone = "Europe/Nergens"')
    settings.LINE_FILE = tmp_path / name
    with pytest.raises(ImproperlyConfigured, match=f"SCHERP_LINE_FILE.*{name}"):
        apps.get_app_config("helpchat").ready()


@pytest.mark.django_db(databases=[LINE])
@pytest.mark.parametrize(
    ("now", "nl", "en"),
    [
        (datetime(2026, 11, 26, 9, tzinfo=HERE), "vandaag om 14:00 uur", "today at 14:00"),
        (datetime(2026, 11, 26, 23, tzinfo=HERE), "morgen om 14:00 uur", "tomorrow at 14:00"),
        (datetime(2026, 11, 29, 3, tzinfo=HERE), "morgen om 14:00 uur", "tomorrow at 14:00"),
        (datetime(2026, 11, 28, 3, tzinfo=HERE), "vandaag om 22:00 uur", "today at 22:00"),
    ],
)
def test_when_it_opens_is_said_in_words(settings, monkeypatch, now, nl, en):
    settings.LINE_FILE = EXAMPLE
    monkeypatch.setattr(open_hours.timezone, "now", lambda: now)
    assert open_hours.opens_in_words(Language.NL) == nl
    assert open_hours.opens_in_words(Language.EN) == en


def test_a_day_further_off_is_named_and_beyond_a_week_dated(settings, monkeypatch, tmp_path):
    path = tmp_path / "line.toml"
    told = re.sub(r"\[\[hours\]\].*", "", EXAMPLE.read_text(), flags=re.DOTALL).replace("name =", "hours = []\nname =")
    path.write_text(told + '[[except]]\ndate = 2026-12-04\nfrom = "09:05"\nto = "12:00"\n')
    settings.LINE_FILE = path
    monkeypatch.setattr(open_hours.timezone, "now", lambda: datetime(2026, 12, 1, 9, tzinfo=HERE))
    assert open_hours.opens_in_words(Language.NL) == "vrijdag om 9:05 uur"
    monkeypatch.setattr(open_hours.timezone, "now", lambda: datetime(2026, 11, 24, 9, tzinfo=HERE))
    assert open_hours.opens_in_words(Language.EN) == "Friday 4-12 at 9:05"
    monkeypatch.setattr(open_hours.timezone, "now", lambda: datetime(2026, 6, 1, 9, tzinfo=HERE))
    assert open_hours.opens_in_words(Language.NL) == ""
