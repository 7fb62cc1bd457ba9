"""News of a talk or of the queue, told to whoever waits for it: in this process, and in every other.

PostgreSQL tells by LISTEN and NOTIFY, in the transaction that makes the news. A file is looked at a few times a second
(`PRAGMA data_version`, https://www.sqlite.org/pragma.html), and then everybody looks.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from django.db import connections, transaction

from scherp.web.stores import LINE
from scherp.web.stores.quick import Asked, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CHANNEL = "scherp_line"
_LOOK_EVERY = 0.25  # seconds, at a file
_AGAIN_AFTER = 1.0  # seconds, when the database is away
EVERYTHING = frozenset({""})
"""The topic that stands for all: something changed, and nobody knows what."""


class Bell:
    """Rings at news, and tells of what. EVERYTHING is told when nobody knows of what, and to who has not looked yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rings = threading.Event()
        self._rang = EVERYTHING

    def ring(self, topics: frozenset[str]) -> None:
        """Ring for news of these topics."""
        with self._lock:
            self._rang |= topics
            self._rings.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, so long at most, and tell whether it rang."""
        return self._rings.wait(seconds)

    def rang(self) -> frozenset[str]:
        """Give what it rang for since this was asked last."""
        with self._lock:
            rang, self._rang = self._rang, frozenset()
            self._rings.clear()
        return rang


class Waiting:
    """Who waits for news in this process. `wake` never blocks and is never missed by who waited before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bells: dict[str, set[Bell]] = defaultdict(set)
        self._listener: threading.Thread | None = None

    @contextmanager
    def bell(self, topics: Sequence[str]) -> Iterator[Bell]:
        """Give a bell that rings at news of any of the topics, for as long as it is held."""
        bell = Bell()
        with self._lock:
            for topic in topics:
                self._bells[topic].add(bell)
            self._listen()
        try:
            yield bell
        finally:
            with self._lock:
                for topic in topics:
                    self._bells[topic].discard(bell)
                    if not self._bells[topic]:
                        del self._bells[topic]

    def wake(self, topic: str) -> None:
        """Ring for everybody who waits for this topic."""
        with self._lock:
            for bell in self._bells.get(topic, ()):
                bell.ring(frozenset({topic}))

    def wake_all(self) -> None:
        """Ring for everybody: something changed, nobody knows what."""
        with self._lock:
            for bells in self._bells.values():
                for bell in bells:
                    bell.ring(EVERYTHING)

    def _listen(self) -> None:
        if self._listener is None or not self._listener.is_alive():
            listen = _listen_to_postgresql if connections[LINE].vendor == "postgresql" else _look_at_file
            self._listener = threading.Thread(target=_forever, args=(listen, self), daemon=True, name="news")
            self._listener.start()


WAITING = Waiting()


def tell(topic: str) -> None:
    """Tell everybody, once the transaction is through, that there is news."""
    if asked := telling(topic):
        together(LINE, *asked)


def telling(topic: str) -> tuple[Asked, ...]:
    """Have everybody told of news once the transaction is through: by what is given, which is to be asked in it."""
    if connections[LINE].vendor == "postgresql":
        return (Asked("SELECT pg_notify(%s, %s)", (_CHANNEL, topic)),)
    transaction.on_commit(lambda: WAITING.wake(topic), using=LINE)
    return ()


def _forever(listen: Callable[[Waiting], None], waiting: Waiting) -> None:
    while True:
        try:
            listen(waiting)
        except (psycopg.Error, OSError):
            time.sleep(_AGAIN_AFTER)
        waiting.wake_all()  # what was told while nobody listened


def _listen_to_postgresql(waiting: Waiting) -> None:
    wrapper = connections[LINE]
    settings = {name: value for name, value in wrapper.get_connection_params().items() if name in _OF_LIBPQ}
    with psycopg.connect(**settings, autocommit=True) as connection:
        connection.execute(f"LISTEN {_CHANNEL}")
        waiting.wake_all()
        for news in connection.notifies():
            waiting.wake(news.payload)


_OF_LIBPQ = frozenset({"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "passfile", "service"})


def _look_at_file(waiting: Waiting) -> None:
    with connections[LINE].cursor() as cursor:
        seen = None
        while True:
            cursor.execute("PRAGMA data_version")
            now = cursor.fetchone()[0]
            if seen is not None and now != seen:
                waiting.wake_all()
            seen = now
            time.sleep(_LOOK_EVERY)
