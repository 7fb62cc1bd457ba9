"""Both sites as they are when deployed: their headers, their cookies, and what they do not tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

ROOT = Path(__file__).parents[2]
ADDRESSES = {
    "public": ["/nl/", "/nl/praten/", "/gezond/", "/nergens/"],
    "staff": ["/account/login/", "/gezond/", "/nergens/"],
}
DAYS_365 = 31_536_000  # seconds


def environment(place):
    """What a deployment is told, with stores in files."""
    ours = {f"SCHERP_{site}_{name}": "scherp.example" for site in ("PUBLIC", "STAFF") for name in ("HOSTS", "KEY")}
    for store in ("LINE", "STAFF"):
        ours[f"SCHERP_{store}_STORE"] = str(place / f"{store}.sqlite3")
        ours[f"SCHERP_{store}_MASTER_KEYS"] = Fernet.generate_key().decode()
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("SCHERP_")}
    ours |= {"SCHERP_LINE_KEY": "of the line", "SCHERP_ASSETS": str(place), "PYTHONPATH": str(ROOT / "src")}
    return theirs | ours


@pytest.fixture(scope="module", params=ADDRESSES)
def site(request, tmp_path_factory):
    """What a site answers, asked in a process of its own."""
    place = tmp_path_factory.mktemp(request.param)
    told = subprocess.run(
        [sys.executable, "-W", "ignore", ROOT / "tests/as_deployed.py", *ADDRESSES[request.param]],
        env=environment(place) | {"DJANGO_SETTINGS_MODULE": f"scherp.web.{request.param}_site.settings"},
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


@pytest.fixture
def answers(site):
    return [answer for name, answer in site["answers"].items() if name != "plain http"]


def header(answers, name):
    return {answer["headers"].get(name) for answer in answers}


def test_every_answer_forbids_what_is_not_ours_and_to_be_framed(answers):
    for policy in header(answers, "Content-Security-Policy"):
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'self'"
        assert [rules[name] for name in ("object-src", "base-uri", "frame-ancestors")] == ["'none'"] * 3
        assert "unsafe-inline" not in policy
        assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")


def test_every_answer_asks_for_https_for_a_year_below_this_name_too(answers):
    for asked in header(answers, "Strict-Transport-Security"):
        assert f"max-age={DAYS_365}" in asked
        assert "includeSubDomains" in asked


def test_no_answer_is_taken_for_something_else(answers):
    assert header(answers, "X-Content-Type-Options") == {"nosniff"}
    assert all("charset=utf-8" in kind for kind in header(answers, "Content-Type"))


def test_no_other_site_reads_along_hears_where_somebody_was_or_holds_our_window(answers):
    assert header(answers, "Access-Control-Allow-Origin") == {None}
    assert header(answers, "Referrer-Policy") <= {"no-referrer", "same-origin"}
    assert header(answers, "Cross-Origin-Opener-Policy") == {"same-origin"}


def test_no_answer_is_kept(answers):
    assert all("no-store" in told for told in header(answers, "Cache-Control"))


def test_every_cookie_is_for_this_host_over_https_and_for_no_script(site):
    for name, about in site["cookies"].items():
        assert name.startswith("__Host-")
        assert (about["secure"], about["httponly"], about["samesite"], about["path"]) == (True, True, "Strict", "/")
        assert not about["domain"]


def test_over_plain_http_nothing_is_told_but_where_to_go(site):
    answer = site["answers"]["plain http"]
    assert answer["status"] == 301
    assert answer["headers"]["Location"].startswith("https://")
    assert not answer["body"]


def test_trace_is_not_answered(site):
    assert site["answers"]["trace"]["status"] in {403, 405}


def test_where_nothing_is_nothing_of_the_inside_is_told(site):
    body = site["answers"]["/nergens/"]["body"]
    assert not [word for word in ("Traceback", "urlpatterns", "scherp.web", "Django", "DEBUG") if word in body]
    assert site["settings"]["DEBUG"] is False


def test_what_a_session_holds_is_never_unpickled(site):
    assert site["settings"]["SESSION_SERIALIZER"] == "django.contrib.sessions.serializers.JSONSerializer"
