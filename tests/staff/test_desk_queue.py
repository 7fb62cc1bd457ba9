"""The laws of the queue: nobody is dropped, only ticks and waiting count, and nobody waits for ever."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scherp.texts import Language
from scherp.web.desk import queue
from scherp.web.desk.queue import Waiting, order
from scherp.web.talks.opening import AgeBand, Tick

RULES = queue.read(Path(queue.__file__).with_name("queue_rules.toml"))
NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
WAITING = st.builds(
    Waiting,
    talk=st.uuids(version=4),
    since=st.integers(0, 600).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    ticks=st.frozensets(st.sampled_from(Tick)),
    age=st.none() | st.sampled_from(AgeBand),
)
QUEUES = st.lists(WAITING, max_size=20, unique_by=lambda one: one.talk)


def somebody(*ticks, minutes=0, age=None):
    return Waiting(uuid.uuid4(), NOW - timedelta(minutes=minutes), frozenset(ticks), age)


def talks(placed):
    return [one.waiting for one in placed]


@given(QUEUES)
def test_nobody_is_ever_dropped_or_offered_twice(waiting):
    assert sorted(one.talk for one in talks(order(waiting, RULES, NOW))) == sorted(one.talk for one in waiting)


@given(QUEUES, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_list_was_made(waiting, random):
    shuffled = random.sample(waiting, len(waiting))
    assert order(waiting, RULES, NOW) == order(shuffled, RULES, NOW)


@given(QUEUES)
def test_with_the_same_ticks_first_come_is_first_served(waiting):
    placed = talks(order(waiting, RULES, NOW))
    for place, one in enumerate(placed):
        for later in placed[place + 1 :]:
            if (one.ticks, one.age) == (later.ticks, later.age):
                assert one.since <= later.since


@given(QUEUES, st.sampled_from(Tick))
def test_another_tick_never_moves_anybody_down(waiting, tick):
    for one in waiting[:1]:
        more = Waiting(one.talk, one.since, one.ticks | {tick}, one.age)
        others = waiting[1:]
        before = talks(order([one, *others], RULES, NOW)).index(one)
        assert talks(order([more, *others], RULES, NOW)).index(more) <= before


@given(WAITING, QUEUES)
def test_nobody_waits_for_ever(one, others):
    # Given somebody who waits as long as it takes to climb every rank, When others come later, Then they come after
    longest = RULES.step * max(rule.rank for rule in (*RULES.rules, RULES.otherwise))
    old = Waiting(one.talk, NOW - longest - timedelta(hours=11), one.ticks, one.age)
    later = [other for other in others if other.talk != old.talk]
    assert talks(order([*later, old], RULES, NOW))[0] == old


def test_danger_now_comes_before_a_meeting_today_and_that_before_being_young():
    mus, pim, ties = somebody(Tick.DANGER_NOW), somebody(Tick.MEETING_TODAY, minutes=1), somebody(age=AgeBand.UNDER_12)
    assert talks(order([ties, pim, mus], RULES, NOW)) == [mus, pim, ties]


def test_no_wait_of_less_than_an_hour_comes_before_who_is_in_danger_now():
    waits, mus = somebody(Tick.MEETING_TODAY, minutes=59), somebody(Tick.DANGER_NOW)
    assert talks(order([waits, mus], RULES, NOW)) == [mus, waits]
    longer = somebody(Tick.MEETING_TODAY, minutes=60)
    assert talks(order([longer, mus], RULES, NOW)) == [longer, mus]


def test_the_reasons_are_all_that_fit_the_weightiest_first():
    (placed,) = order([somebody(Tick.MEETING_TODAY, age=AgeBand.FROM_12_TO_14)], RULES, NOW)
    assert [rule.id for rule in placed.why] == ["meeting-today", "under-15"]
    assert not placed.moved_up


def test_who_waits_long_moves_up_and_the_counsellor_reads_so():
    (placed,) = order([somebody(Tick.PICTURES, minutes=31)], RULES, NOW)
    assert (placed.why[0].id, placed.rank, placed.moved_up) == ("everybody", 3, True)


def test_every_reason_is_there_in_both_languages():
    assert all(rule.reason[language] for rule in (*RULES.rules, RULES.otherwise) for language in Language)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [('ticked = ["words"]', "words"), ('word = ["x"]', "nobody knows word"), ("rank = 0", "rank is 1 or more")],
)
def test_a_file_that_cannot_be_understood_is_named_with_what_is_wrong(tmp_path, wrong, told):
    path = tmp_path / "order.toml"
    rank = "" if "rank" in wrong else "rank = 2"
    reason = 'reason = { nl = "a", en = "b" }'
    path.write_text(
        f'minutes_for_a_rank = 5\nminutes_for_rank_1 = 60\n[[rule]]\nid = "x"\n{rank}\n{wrong}\n{reason}\n'
        f'[otherwise]\nid = "y"\nrank = 3\n{reason}\n'
    )
    with pytest.raises(ValueError, match=told) as found:
        queue.read(path)
    assert "order.toml" in str(found.value)


@pytest.mark.parametrize("name", ["minutes_for_a_rank", "minutes_for_rank_1"])
@pytest.mark.parametrize(("line", "told"), [("{} = 0", "{} must be more than 0"), ("", "{}")])
def test_a_file_without_a_time_or_with_none_is_refused(tmp_path, name, line, told):
    whole = Path(queue.__file__).with_name("queue_rules.toml").read_text(encoding="utf-8")
    path = tmp_path / "order.toml"
    path.write_text(re.sub(rf"(?m)^{name} = .*$", line.format(name), whole), encoding="utf-8")
    with pytest.raises(ValueError, match=told.format(name)):
        queue.read(path)
