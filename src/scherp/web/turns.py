"""A few threads of a process work at once; the others wait for their turn, which costs nothing.

A page that follows a talk holds a thread, so there are hundreds. Python runs one at a time, and each that wants to run
wakes two hundred times a second to ask whether it may: beyond a few, that is what the processor is spent on.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_AT_ONCE = 3
"""One runs while others wait for a database. Two or four made less difference than the hour of the machine."""

_free = threading.BoundedSemaphore(_AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Work when it is one's turn. What was asked of the stores with goes back with it: who waits holds nothing."""
    with _free:
        try:
            yield
        finally:
            _give_back()


@contextmanager
def _aside() -> Iterator[None]:
    """Wait for somebody outside, within one's turn: meanwhile it is another's."""
    _give_back()
    _free.release()
    try:
        yield
    finally:
        _free.acquire()


def _give_back() -> None:
    """Give connections back to the pool. Holding one while waiting for a turn would keep those from it who have one."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def in_turn(application: WSGIApplication) -> WSGIApplication:
    """Have a site answer each request when it is its turn. What is sent slowly, either way, is nobody's turn."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"] = _Body(environ["wsgi.input"])
        with turn():
            return application(environ, start_response)

    return answer


class _Body:
    """What somebody sends: while we wait for it, it is somebody else's turn."""

    def __init__(self, sent: BinaryIO) -> None:
        self._sent = sent

    def read(self, *size: int) -> bytes:
        """Read so many bytes."""
        with _aside():
            return self._sent.read(*size)

    def readline(self, *size: int) -> bytes:
        """Read a line, or so many bytes of it."""
        with _aside():
            return self._sent.readline(*size)
