"""Few threads of a site work at once; whoever waits, for whatever, keeps nobody from working."""

from __future__ import annotations

import io
import threading

import pytest
from django.db import connections

from scherp.web import turns
from scherp.web.stores import LINE

LONG = 20  # seconds after which a test gives up


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(turns, "_free", threading.BoundedSemaphore(1))


class Slow(io.BytesIO):
    """A body of which the rest comes when it may."""

    def __init__(self):
        super().__init__(b"the rest")
        self.asked, self.may = threading.Event(), threading.Event()

    def read(self, *size):
        self.asked.set()
        assert self.may.wait(LONG)
        return super().read(*size)


def test_of_two_the_second_works_when_the_first_is_done():
    in_it, may_go = threading.Event(), threading.Event()
    done = []

    def first():
        with turns.turn():
            in_it.set()
            may_go.wait(LONG)
            done.append("first")

    def second():
        with turns.turn():
            done.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert in_it.wait(LONG)
    threads[1].start()
    threads[1].join(0.2)
    assert threads[1].is_alive()
    may_go.set()
    for thread in threads:
        thread.join(LONG)
    assert done == ["first", "second"]


def test_while_somebody_sends_slowly_others_are_answered():
    site = turns.in_turn(lambda environ, _start: [environ["wsgi.input"].read(99)])
    slow, answers = Slow(), []
    thread = threading.Thread(target=lambda: answers.append(site({"wsgi.input": slow}, None)))
    thread.start()
    assert slow.asked.wait(LONG)
    assert site({"wsgi.input": io.BytesIO(b"at once")}, None) == [b"at once"]
    slow.may.set()
    thread.join(LONG)
    assert answers == [[b"the rest"]]


def test_a_line_of_what_is_sent_can_be_read_too():
    site = turns.in_turn(lambda environ, _start: [environ["wsgi.input"].readline(), environ["wsgi.input"].read()])
    assert site({"wsgi.input": io.BytesIO(b"one\ntwo")}, None) == [b"one\n", b"two"]


def test_a_turn_that_ends_badly_is_given_back():
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError


@pytest.mark.django_db(databases=[LINE], transaction=True)
def test_who_has_had_a_turn_holds_no_connection():
    # Or hundreds that wait for their next turn would keep all connections from the few who have one.
    with turns.turn(), connections[LINE].cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connections[LINE].connection is None


@pytest.mark.django_db(databases=[LINE], transaction=True)
def test_who_waits_for_what_is_sent_holds_no_connection():
    held = []

    class Watched(io.BytesIO):
        def read(self, *size):
            held.append(connections[LINE].connection)
            return super().read(*size)

    def asks_and_reads(environ, _start):
        with connections[LINE].cursor() as cursor:
            cursor.execute("SELECT 1")
        return [environ["wsgi.input"].read()]

    turns.in_turn(asks_and_reads)({"wsgi.input": Watched(b"x")}, None)
    assert held == [None]
