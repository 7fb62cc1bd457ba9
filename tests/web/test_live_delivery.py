"""News arrives by itself, from other threads and other processes: nothing lost, nothing twice, in order.

Run on PostgreSQL and, with SCHERP_TEST_STORES=files, on a file.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scherp.texts import Language
from scherp.web.helpchat.news import Place, news_for
from scherp.web.stores import LINE
from scherp.web.talks import actions, stream
from scherp.web.talks.actions import Counsellor
from scherp.web.talks.models import Talk
from scherp.web.talks.opening import Opening
from scherp.web.talks.secrets import keyed_hash

pytestmark = pytest.mark.django_db(databases=[LINE], transaction=True)

SAM = Counsellor(uuid.uuid4(), "Sam")
PATIENCE = 60  # seconds until a test gives up; a busy machine is no failure


@contextmanager
def threads(*doing):
    """Do things at once, each with a connection of its own."""

    def done(one):
        try:
            one()
        finally:
            connections.close_all()

    running = [threading.Thread(target=done, args=(one,)) for one in doing]
    for one in running:
        one.start()
    yield
    for one in running:
        one.join(PATIENCE)
        assert not one.is_alive()


class Reader:
    """A browser that follows a talk, and begins anew where it was when its line is cut."""

    def __init__(self, secret):
        self.hash = keyed_hash("seat", secret)
        self.place, self.told, self.states = "", [], []

    def follow(self, topic, until, cut_after=()):
        """Read until a message with these words; the line is cut each time that so many events have come."""
        cuts = iter(cut_after)
        while not self._read_until(topic, until, next(cuts, None)):
            pass

    def heard(self, enough):
        """Wait until enough was heard."""
        for _ in range(PATIENCE * 20):
            if enough():
                return
            time.sleep(0.05)
        raise AssertionError(self.told)

    def _read_until(self, topic, until, cut):
        answer = stream.stream([topic], partial(news_for, self.hash, Language.NL), self.place)
        try:
            for number, event in enumerate(_events(answer), 1):
                self.place = event["id"]
                (self.told if event["event"] == "message" else self.states).append(event["data"])
                if until(event):
                    return True
                if cut is not None and number >= cut:
                    return False
        finally:
            answer.close()
        return True  # the talk is over


def _events(answer):
    for chunk in answer.streaming_content:
        lines = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n") if ": " in line)
        if "event" in lines:
            yield lines | {"data": json.loads(lines["data"])}


def says(words):
    return lambda event: event["data"].get("words") == words


@pytest.fixture
def talk_and_secret():
    return actions.open_talk(language=Language.NL, opening=Opening())


def test_what_a_counsellor_says_reaches_who_waits_for_it(talk_and_secret):
    talk, secret = talk_and_secret
    reader = Reader(secret)
    with threads(partial(reader.follow, talk.topic, says("tot zo"))):
        actions.take(talk=talk, by=SAM)
        actions.say(talk=talk, words="Hoi", key=uuid.uuid4(), by=SAM)
        reader.heard(lambda: reader.states and reader.states[-1]["with"] == "Sam")
        actions.say(talk=talk, words="tot zo", key=uuid.uuid4(), by=SAM)
    assert [one["words"] for one in reader.told][-2:] == ["Hoi", "tot zo"]


def test_two_sides_at_once_and_each_message_sent_twice_is_there_once_in_order(talk_and_secret):
    # Given both sides typing at once on bad lines, When each message is sent twice, Then all are there once
    talk, secret = talk_and_secret
    actions.take(talk=talk, by=SAM)
    one, other = Reader(secret), Reader(secret)
    with threads(
        partial(one.follow, talk.topic, says("klaar"), [1, 2, 3, 1, 5]),
        partial(other.follow, talk.topic, says("klaar")),
        partial(_says_twice, talk, "jong", None),
        partial(_says_twice, talk, "hulp", SAM),
    ):
        one.heard(lambda: len(one.told) == 22)
        actions.say(talk=talk, words="klaar", key=uuid.uuid4())
    numbers = list(range(1, Talk.objects.get().last_number + 1))
    assert [message["number"] for message in one.told] == numbers
    assert [message["number"] for message in other.told] == numbers
    for who in ("jong", "hulp"):
        assert [m["words"] for m in one.told if m["words"].startswith(who)] == [f"{who} {n}" for n in range(10)]


def _says_twice(talk, who, by):
    for n in range(10):
        key = uuid.uuid4()
        for _ in range(2):
            actions.say(talk=talk, words=f"{who} {n}", key=key, by=by)


def test_when_somebody_comes_back_with_the_code_the_first_browser_is_told_and_its_stream_ends(talk_and_secret):
    talk, secret = talk_and_secret
    code = actions.give_code(talk=talk)
    reader = Reader(secret)
    with threads(partial(reader.follow, talk.topic, lambda event: event["data"].get("gone"))):
        actions.come_back(code=code)
    assert reader.states[-1] == {"gone": True, "over": True}


@pytest.mark.parametrize("how", ["end", "erase", "leave"])
def test_a_stream_ends_when_its_talk_does(talk_and_secret, how):
    talk, secret = talk_and_secret
    reader = Reader(secret)
    with threads(partial(reader.follow, talk.topic, lambda _event: False)):
        if how == "end":
            actions.end(talk=talk)
        elif how == "erase":
            actions.erase(talk=talk, by=actions.young(talk))
        else:
            actions.leave(seat=talk.seats.get())
    assert reader.states[-1]["over"] is True


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, 4), max_size=12), more=st.integers(0, 6))
def test_wherever_the_line_is_cut_everything_is_told_once_and_in_order(talk_and_secret, cuts, more):
    talk, secret = talk_and_secret
    for n in range(more):
        actions.say(talk=talk, words=f"bericht {n}", key=uuid.uuid4())
    last = str(uuid.uuid4())
    actions.say(talk=talk, words=last, key=uuid.uuid4())
    reader = Reader(secret)
    reader.follow(talk.topic, says(last), cuts)
    numbers = list(range(1, Talk.objects.get(pk=talk.pk).last_number + 1))
    assert [message["number"] for message in reader.told] == numbers


@given(st.builds(Place, st.integers(1, 10**6), st.integers(0, 10**6), st.text("0123456789abcdef", max_size=12)))
def test_a_place_is_read_back_as_it_was_written(place):
    assert Place.read(str(place)) == place


def test_when_every_stream_is_taken_a_page_is_told_to_ask_by_itself(talk_and_secret, monkeypatch):
    talk, secret = talk_and_secret
    monkeypatch.setattr(stream, "_free", threading.BoundedSemaphore(1))
    news = partial(news_for, keyed_hash("seat", secret), Language.NL)
    held = stream.stream([talk.topic], news, "")
    assert stream.stream([talk.topic], news, "").status_code == 503
    held.close()
    again = stream.stream([talk.topic], news, "")
    assert again.status_code == 200
    again.close()
