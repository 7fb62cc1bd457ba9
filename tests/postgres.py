"""A PostgreSQL of the tests' own: started on a free port of this machine, and gone with them.

The controller of a run starts it; workers find it by the environment. SCHERP_TEST_STORES=files uses SQLite instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

ROLES = ("scherp_owner", "scherp_public", "scherp_staff", "scherp_audit")
PASSWORD = "only-for-tests"  # noqa: S105  of a server that listens to this machine and dies with the tests


def binaries():
    """The newest PostgreSQL that Debian put here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise RuntimeError("No PostgreSQL here. `make test` installs it; by hand: sudo apt-get install postgresql")
    return found[-1]


class Server:
    """The server. address(database, role): how to reach it."""

    def __init__(self, place, port):
        self.place, self.port = place, port

    def address(self, database, role="scherp_owner"):
        return f"postgresql://{role}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def start(self, **settings):
        said = {"port": self.port, "listen_addresses": "127.0.0.1", "max_connections": 300} | settings
        said |= {"unix_socket_directories": self.place}
        call = [binaries() / "postgres", "-D", self.place / "data"]
        call += [part for name, value in said.items() for part in ("-c", f"{name}={value}")]
        with (self.place / "log").open("a") as log:
            self.process = subprocess.Popen([*_as_somebody(), *call], stdout=log, stderr=log)
        self._wait()

    def _wait(self):
        for _ in range(200):
            with contextlib.suppress(psycopg.OperationalError):
                return psycopg.connect(self.address("postgres", "postgres"), connect_timeout=5).close()
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self.place / "log").read_text())

    def ask(self, *statements, database="postgres"):
        with psycopg.connect(self.address(database, "postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop(self):
        self.process.send_signal(signal.SIGINT)  # fast: whoever is still connected is sent away
        self.process.wait(timeout=30)

    def kill(self):
        """The whole of it, at once, as when the power goes."""
        data = self.place / "data"
        master = int((data / "postmaster.pid").read_text().split()[0])
        subprocess.run(["pkill", "-KILL", "-P", str(master)], check=False)
        os.kill(master, 9)
        self.process.wait(timeout=30)


def _as_somebody():
    """PostgreSQL refuses to run as root; Debian's package made a user for it."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def new_server(place, **settings):
    """Make a cluster with the roles of a deployment in it, and start it."""
    place = Path(place)
    place.chmod(0o755)
    secret = place / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
        secret.chmod(0o644)
    call = [binaries() / "initdb", "-D", place / "data", "-U", "postgres", "--auth=scram-sha-256"]
    call += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pwfile={secret}", "--no-sync"]
    subprocess.run([*_as_somebody(), *call], check=True, capture_output=True, cwd=place)
    server = Server(place, _free_port())
    server.start(**settings)
    server.ask(*(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'" for role in ROLES))
    server.ask("ALTER ROLE scherp_owner CREATEDB")
    return server


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def running(**settings):
    """A server for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="scherp-pg-", ignore_cleanup_errors=True) as place:
        server = new_server(place, **settings)
        try:
            yield server
        finally:
            server.stop()


NOT_KEPT = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests that do not pull the plug."""


def pytest_configure(config):
    """Start the server once, in the process that starts the workers."""
    files = os.environ.get("SCHERP_TEST_STORES") == "files"
    if hasattr(config, "workerinput") or os.environ.get("SCHERP_LINE_STORE"):
        return
    stack = contextlib.ExitStack()
    if files:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scherp-stores-")))
        addresses = {name: str(place / f"{name}.sqlite3") for name in ("line", "staff")}
    else:
        server = stack.enter_context(running(**NOT_KEPT))
        addresses = {name: server.address(name) for name in ("line", "staff")}
    os.environ |= {"SCHERP_LINE_STORE": addresses["line"], "SCHERP_STAFF_STORE": addresses["staff"]}
    os.environ |= {"SCHERP_LOCAL": "1", "SCHERP_LOCAL_KEYS": stack.enter_context(tempfile.TemporaryDirectory())}
    config.add_cleanup(stack.close)
