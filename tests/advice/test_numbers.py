"""Who to call: every line is whole, and "open now" is never said without knowing."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from scherp.advice import (
    Audience,
    Cost,
    Country,
    checked_in_words,
    cost_in_words,
    hours_in_words,
    lines,
    open_in_words,
    open_now,
)
from scherp.advice.numbers import _dutch_time, line
from scherp.texts import Language

LINES = [pytest.param(entry, id=entry.id) for entry in lines().values()]
WEDNESDAY = date(2026, 11, 18)


def at(hour: int, minute: int = 0, day: date = WEDNESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  the time in the Netherlands


@pytest.fixture
def checked_yesterday():
    return replace(lines()["kindertelefoon"], last_checked=WEDNESDAY - timedelta(days=1))


@pytest.mark.parametrize("entry", LINES)
def test_every_line_can_be_reached_and_says_for_whom(entry):
    assert entry.phone or (entry.chat and entry.web)
    assert all(entry.name[language] and entry.for_whom[language] for language in Language)
    assert entry.audiences
    assert entry.countries
    assert Language.NL in entry.languages


@pytest.mark.parametrize("entry", LINES)
def test_every_line_has_a_source_that_can_be_looked_up(entry):
    for address in filter(None, (entry.source, entry.web)):
        assert urlsplit(address).scheme == "https"
        assert "." in urlsplit(address).netloc
    assert entry.source


@pytest.mark.parametrize("entry", LINES)
def test_nobody_claims_a_check_that_was_not_made(entry):
    assert entry.last_checked is None
    assert checked_in_words(entry, Language.NL) == "nog niet gecontroleerd"


def test_no_number_stands_in_two_lines():
    numbers = [number for entry in lines().values() for number in (entry.phone, *entry.also) if number]
    assert len(numbers) == len(set(numbers))


def test_a_line_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        lines()["csg"].phone = "06-12345678"
    with pytest.raises(TypeError):
        lines()["csg"] = lines()["police"]


@pytest.mark.parametrize("country", Country)
@pytest.mark.parametrize("audience", Audience)
def test_every_reader_has_a_line_besides_the_emergency_number(audience, country):
    served = {entry.id for entry in lines().values() if entry.serves(audience, country)}
    assert {"emergency"} < served


def test_a_line_for_professionals_is_not_for_a_young_person():
    assert not lines()["comensha"].serves(Audience.YOUNG_PERSON, Country.NL)
    assert not lines()["kindertelefoon"].serves(Audience.YOUNG_PERSON, Country.BE)


# open now


def test_the_emergency_number_is_open_by_law():
    assert open_now(lines()["emergency"], at(3, 30)) is True
    assert [entry.id for entry in lines().values() if entry.by_law] == ["emergency"]


@pytest.mark.parametrize("entry", [p for p in LINES if p.id != "emergency"])
def test_a_line_that_nobody_called_is_unknown_even_when_it_says_day_and_night(entry):
    assert open_now(entry, at(12)) is None


def test_a_checked_line_without_hours_is_unknown():
    assert open_now(replace(lines()["fier"], last_checked=WEDNESDAY), at(12)) is None


def test_a_checked_line_is_open_within_its_hours_and_closed_outside(checked_yesterday):
    assert open_now(checked_yesterday, at(10, 59)) is False
    assert open_now(checked_yesterday, at(11)) is True
    assert open_now(checked_yesterday, at(20, 59)) is True
    assert open_now(checked_yesterday, at(21)) is False


def test_a_checked_day_and_night_line_is_open_at_night():
    assert open_now(replace(lines()["csg"], last_checked=WEDNESDAY), at(23, 59)) is True


@pytest.mark.parametrize(("days", "known"), [(0, True), (90, True), (91, None), (-1, None)])
def test_a_check_holds_ninety_days_and_not_before_it_was_made(checked_yesterday, days, known):
    checked = replace(checked_yesterday, last_checked=WEDNESDAY - timedelta(days=days))
    assert open_now(checked, at(12)) is known


def test_a_day_that_is_left_out_is_closed(checked_yesterday):
    weekdays_only = replace(checked_yesterday, hours=(*checked_yesterday.hours[:5], (), ()))
    checked = replace(weekdays_only, last_checked=WEDNESDAY)
    assert open_now(checked, at(12, day=WEDNESDAY + timedelta(days=2))) is True
    assert open_now(checked, at(12, day=WEDNESDAY + timedelta(days=3))) is False


def test_a_clock_in_another_zone_is_read_as_the_time_here(checked_yesterday):
    # Given 10:30 UTC in November, When it is 11:30 here, Then the line is open; 20:30 UTC is too late
    assert open_now(checked_yesterday, datetime(2026, 11, 18, 10, 30, tzinfo=UTC)) is True
    assert open_now(checked_yesterday, datetime(2026, 11, 18, 20, 30, tzinfo=UTC)) is False
    new_york = timezone(timedelta(hours=-5))
    assert open_now(checked_yesterday, datetime(2026, 11, 18, 20, 0, tzinfo=new_york)) is False


@pytest.mark.parametrize("year", range(2024, 2032))
def test_our_summer_time_is_that_of_the_zone_files(year):
    amsterdam = ZoneInfo("Europe/Amsterdam")
    start = datetime(year, 1, 1, tzinfo=UTC)
    for hours in range(0, 366 * 24, 1):
        moment = start + timedelta(hours=hours)
        assert _dutch_time(moment) == moment.astimezone(amsterdam).replace(tzinfo=None)


# a line in words


def test_hours_are_said_in_words(checked_yesterday):
    assert hours_in_words(lines()["csg"], Language.NL) == "dag en nacht"
    assert hours_in_words(lines()["fier"], Language.NL) == "openingstijden onbekend"
    assert hours_in_words(checked_yesterday, Language.NL) == "elke dag van 11:00 tot 21:00 uur"
    weekend_closed = replace(checked_yesterday, hours=(*checked_yesterday.hours[:5], (), ()))
    assert hours_in_words(weekend_closed, Language.EN).startswith("Monday from 11:00 to 21:00; Tuesday")
    assert hours_in_words(weekend_closed, Language.EN).endswith("Saturday closed; Sunday closed")


def test_what_is_unknown_is_said_to_be_unknown():
    police = lines()["police"]
    assert police.cost is None
    assert cost_in_words(police, Language.EN) == "cost unknown"
    assert hours_in_words(police, Language.EN) == "opening hours unknown"
    assert open_in_words(police, at(12), Language.EN) == "whether somebody answers now, we have not called to check yet"


def test_what_is_known_is_said(checked_yesterday):
    assert cost_in_words(lines()["helpwanted"], Language.NL) == "gewone belkosten"
    assert cost_in_words(replace(lines()["helpwanted"], cost=Cost.FREE), Language.NL) == "gratis"
    assert open_in_words(checked_yesterday, at(12), Language.NL) == "nu open"
    assert open_in_words(checked_yesterday, at(22), Language.NL) == "nu dicht"
    assert checked_in_words(checked_yesterday, Language.NL) == "gecontroleerd op 2026-11-17"


# a table that is wrong is refused

ENTRY = {
    "name": {"nl": "Lijn", "en": "Line"},
    "for_whom": {"nl": "Voor iedereen.", "en": "For anyone."},
    "phone": "06-12345678",
    "languages": ["nl"],
    "countries": ["NL"],
    "audiences": ["parent"],
    "source": "https://example.org",
}


def test_a_table_without_web_hours_or_cost_is_read_as_unknown():
    read = line("mine", ENTRY)
    assert (read.web, read.hours, read.cost, read.last_checked) == ("", None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": {"mondag": ["11:00-21:00"]}},
        {"hours": {"monday": ["21:00-11:00"]}},
        {"hours": {"monday": ["21:00-25:00"]}},
        {"hours": {"monday": ["noon"]}},
        {"hours": "sometimes"},
        {"cost": "cheap"},
        {"countries": ["DE"]},
        {"audiences": ["teacher"]},
        {"languages": ["xx"]},
        {"name": {"nl": "Lijn"}},
    ],
)
def test_a_wrong_table_is_refused(wrong):
    with pytest.raises((ValueError, KeyError)):
        line("mine", ENTRY | wrong)
