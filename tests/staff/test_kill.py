"""The plug is pulled while young people write: whatever was acknowledged is there, once, in order.

A real gunicorn of the public site, as its own database role, on a real PostgreSQL that keeps what it promised to keep
(in a run on files: on SQLite). What is killed is killed with signal 9, again and again, while messages come in.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager

import pytest

import postgres
from own_stores import ROOT, Stores

pytestmark = [pytest.mark.enable_socket]  # this machine's own
TALKS, THREADS, EACH = 32, 8, 20  # of at most 30 a minute
ALL = TALKS * EACH

OPENS = """
import json
from scherp.texts import Language
from scherp.web.talks import actions
from scherp.web.talks.opening import Opening
from scherp.web.talks.secrets import keyed_hash
made = [actions.open_talk(language=Language.NL, opening=Opening()) for _ in range({talks})]
print(json.dumps([[str(talk.pk), secret, keyed_hash("form", secret)] for talk, secret in made]))
"""
READS = """
import json
from scherp.web.talks.models import Message
said = Message.objects.filter(writer="young").order_by("talk", "number").select_related("talk__key")
print(json.dumps([[str(one.talk_id), one.number, one.words] for one in said]))
"""


PUBLIC = {"DJANGO_SETTINGS_MODULE": "scherp.web.public_site.settings"}
NAMES = {"SCHERP_LINE_STORE": "line", "SCHERP_STAFF_STORE": "staff"}


class Web:
    """The public site, in a process that can be killed."""

    def __init__(self, stores, place):
        self.stores, self.place, self.port = stores, place, postgres._free_port()

    def start(self):
        call = [sys.executable, "-m", "gunicorn", "scherp.web.public_site.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        call += ["--threads", "16", "--no-control-socket", "--log-level", "critical"]
        line = self.stores.line.replace("scherp_owner", "scherp_public")
        ours = self.stores.surroundings(SCHERP_LINE_STORE=line, SCHERP_STAFF_STORE="", **PUBLIC)
        with (self.place / "web.log").open("a") as log:
            self.process = subprocess.Popen(call, env=ours, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        until(lambda: _healthy(self.port))

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


class Load:
    """Young people who write, each in their own talk, and send a message again until it is acknowledged."""

    def __init__(self, port, talks):
        self.port, self.acknowledged, self.again = port, [], 0
        shares = [talks[n::THREADS] for n in range(THREADS)]
        self.threads = [threading.Thread(target=self._write, args=(share,)) for share in shares]

    def _write(self, talks):
        for n in range(EACH):
            for talk, secret, form in talks:
                self._send(talk, secret, form, f"bericht {n}")

    def _send(self, talk, secret, form, words):
        told = json.dumps({"key": str(uuid.uuid4()), "words": words})
        headers = {"Cookie": f"plek={secret}", "X-Form": form, "Content-Type": "application/json", "Host": "localhost"}
        while (number := self._try(told, headers)) is None:
            self.again += 1
            time.sleep(0.2)
        self.acknowledged.append((talk, number, words))

    def _try(self, told, headers):
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            site.request("POST", "/nl/praten/gesprek/bericht/", told, headers)
            answer = site.getresponse()
            if answer.status >= 500:
                return None
            assert answer.status == 200, answer.status
            return json.loads(answer.read())["number"]
        except (OSError, http.client.HTTPException):
            return None
        finally:
            site.close()


def until(holds, seconds=120):
    """Wait for something that comes by itself."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def _healthy(port):
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        site.request("GET", "/gezond/", headers={"Host": "localhost"})
        return site.getresponse().status == 200
    except OSError:
        return False
    finally:
        site.close()


@pytest.fixture
def server():
    """A PostgreSQL that writes to the disk before it says that it did; None in a run on files."""
    if os.environ["SCHERP_LINE_STORE"].endswith(".sqlite3"):
        yield None
        return
    with postgres.running() as found:
        yield found


@pytest.fixture
def stores(tmp_path, server):
    """The stores of a help line, its roles as they are deployed."""
    made = Stores(tmp_path / "stores", server)
    made.migrate()
    if server:
        made.must("grants")
    return made


@contextmanager
def linking(stores):
    """The process that links, as its own role, all the while; gives the file that holds what it says."""
    call = [sys.executable, ROOT / "manage.py", "staff", "audit", "link", "--every", "0.2"]
    as_audit = {name: getattr(stores, store).replace("scherp_owner", "scherp_audit") for name, store in NAMES.items()}
    told = stores.place / "linker.log"
    with told.open("w") as log:
        process = subprocess.Popen(call, env=stores.surroundings(**as_audit), cwd=ROOT, stdout=log, stderr=log)
        try:
            yield told
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0


def test_whatever_was_acknowledged_is_there_once_and_in_order(stores, server, tmp_path):
    talks = json.loads(stores.python(OPENS.format(talks=TALKS)))
    web = Web(stores, tmp_path)
    web.start()
    load = Load(web.port, talks)
    with linking(stores):
        for thread in load.threads:
            thread.start()
        # When the site dies twice, and the database in between, while everybody writes
        pulled(load, ALL // 5, web.kill, web.start)
        if server:
            pulled(load, 2 * ALL // 5, server.kill, server.start)
        pulled(load, 3 * ALL // 5, web.kill, web.start)
        for thread in load.threads:
            thread.join(timeout=300)
        web.kill()
    # Then each message is there once, in the order in which it was written, under the number that was acknowledged
    found = [tuple(one) for one in json.loads(stores.python(READS))]
    assert load.again > 0
    assert sorted(found) == sorted(load.acknowledged)
    for talk, _, _ in talks:
        of_talk = [(number, words) for which, number, words in found if which == talk]
        assert of_talk == [(n + 2, f"bericht {n}") for n in range(EACH)]
    # And so is everything on record
    stores.must("audit", "link")
    assert f"all {TALKS} events in the chain" in stores.must("audit", "verify")


def pulled(load, at, kill, start):
    """Kill something once so many messages were acknowledged, while more are on their way, and start it again."""
    until(lambda: len(load.acknowledged) >= at)
    kill()
    time.sleep(0.5)
    start()


def test_the_linker_goes_on_after_the_database_died_and_stops_when_asked(stores, server):
    if server is None:
        pytest.skip("a file has no server")
    with linking(stores) as told:
        stores.python(OPENS.format(talks=1))
        until(lambda: "all 1 events in the chain" in stores.run("audit", "verify")[1])
        server.kill()
        until(lambda: "does not answer" in told.read_text())
        server.start()
        stores.python(OPENS.format(talks=1))
        until(lambda: "all 2 events in the chain" in stores.run("audit", "verify")[1])
        assert "answers again" in told.read_text()
