"""A real Chromium, and both sites as they run: each its own process, free port and role, a record of what was asked."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import people_at_work
import pytest
from line_stores import Stores

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # no name is ever looked up
]


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("no chromium here; CI has one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Site:
    """The running site. asked(): what it was asked for so far, as `GET /nl/`; process: the server."""

    def __init__(self, address, record, process):
        self.address = address
        self.process = process
        self._record = record

    def __call__(self, path):
        return f"{self.address}{path}"

    def asked(self):
        return self._record.read_text(encoding="utf-8").split("\n")[:-1]


@contextlib.contextmanager
def served(place, module, **surroundings):
    """A server on a free port, for as long as it is needed; it must not have stumbled."""
    record = place / "asked.txt"
    record.touch()
    call = [sys.executable, "-m", "gunicorn", module, "--bind", "127.0.0.1:0", "--threads", "24", "--no-control-socket"]
    call += ["--graceful-timeout", "1"]  # a page that follows a talk never lets go by itself
    call += ["--access-logfile", record, "--access-logformat", "%(m)s %(U)s"]
    ours = os.environ | {"SCHERP_LOCAL": "1", "SCHERP_ASSETS": str(ROOT / "var" / "public")} | surroundings
    told = place / "told.txt"
    with told.open("w") as out, subprocess.Popen(call, env=ours, stdout=out, stderr=out, cwd=place) as process:
        try:
            yield Site(_listening(process, told), record, process)
        finally:
            process.terminate()
    assert "Traceback" not in told.read_text(encoding="utf-8")


def _listening(process, told):
    for _ in range(300):
        said = told.read_text(encoding="utf-8")
        if found := re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", said):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(said)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory):
    """The neutral site to which who leaves goes."""
    place = tmp_path_factory.mktemp("elsewhere")
    (place / "weather.py").write_text(
        "def application(environ, start):\n"
        "    start('200 OK', [('Content-Type', 'text/html')])\n"
        "    return [b'<title>Weather</title><h1>Sunny</h1>']\n"
    )
    with served(place, "weather:application", PYTHONPATH=str(place)) as found:
        yield found


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """The line's store and the staff's, shared by the two sites; each site comes with its own role."""
    made = Stores(tmp_path_factory.mktemp("stores"))
    made.make()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def site(tmp_path_factory, elsewhere, stores):
    """The public site, with a line, as the role scherp_public."""
    place = tmp_path_factory.mktemp("site")
    ours = stores.surroundings("scherp_public") | {"SCHERP_LEAVE_TO": elsewhere("/"), "SCHERP_STREAMS": "16"}
    ours |= {"SCHERP_LINE_FILE": str(ROOT / "tests" / "always_open.toml"), "SCHERP_ADDRESS_HEADER": "X-Real-IP"}
    with served(place, "scherp.web.public_site.wsgi", **ours) as found:
        yield found


@pytest.fixture(scope="session")
def staff_site(tmp_path_factory, stores):
    """The staff's site, as the role scherp_staff; at `localhost`, for a passkey belongs to a name, not a number."""
    place = tmp_path_factory.mktemp("staff")
    ours = stores.surroundings("scherp_staff") | {"SCHERP_LINE_FILE": str(ROOT / "tests" / "always_open.toml")}
    with served(place, "scherp.web.staff_site.wsgi", **ours) as found:
        found.address = found.address.replace("127.0.0.1", "localhost")
        yield found


@pytest.fixture(scope="session")
def people(stores):
    """Members of staff by name: `people["fenna"]`. Each has an account, a password and an authenticator app."""
    stores.python(people_at_work.__file__, role="scherp_staff")
    return people_at_work.everybody()


def sign_in(page, who):
    """Sign in as somebody, on a page that asks for it."""
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", people_at_work.PASSWORD)
    page.click("form:has([name=password]) button")
    page.fill("[name=code]", who.code())
    page.click("form:has([name=code]) button")
    page.wait_for_selector("header nav")


@pytest.fixture
def at_the_door(chromium, staff_site, people):
    """Open pages of the staff's site, each in a fresh browser in which nobody is signed in."""
    yield from _watched(chromium, staff_site)


def _watched(chromium, site):
    watched = []

    def open_at(path, width=1280, locale="nl-NL", **settings):
        size = {"width": width, "height": 844}
        watched.append(Watched(chromium, site, viewport=size, locale=locale, **settings))
        return watched[-1].open(path)

    yield open_at
    for one in watched:
        one.close()


@pytest.fixture
def at_work(at_the_door, people):
    """Open pages of the staff's site as somebody: `at_work("fenna", "/ik/", width=390)`."""

    def open_as(name, path="/", **settings):
        page = at_the_door("/", **settings)
        sign_in(page, people[name])
        if path != "/":
            page.goto(page.url.rstrip("/") + path)
        return page

    return open_as


OURS = ("http://127.0.0.1:", "blob:http://127.0.0.1:", "http://localhost:", "data:image/svg+xml;")


class Watched:
    """One visitor's browser: whatever it complains of, and whatever it asks of anybody else, is held against it."""

    def __init__(self, chromium, site, **settings):
        self.site = site
        self.context = chromium.new_context(**settings)
        self.complaints, self.others = [], []

    def open(self, path):
        page = self.context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        page.goto(self.site(path))
        return page

    def _asked(self, url):
        if not url.startswith(OURS):
            self.others.append(url)

    def close(self):
        self.context.close()
        assert self.others == []
        assert self.complaints == []


@pytest.fixture
def visit(chromium, site):
    """Open pages of the site, each in a fresh browser."""
    watched = []

    def open_at(path, width=390, **settings):
        watched.append(Watched(chromium, site, viewport={"width": width, "height": 844}, **settings))
        return watched[-1].open(path)

    yield open_at
    for one in watched:
        one.close()
