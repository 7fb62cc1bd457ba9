"""Every page of the public site: it answers, it is safe to visit, and it says nothing to who glances at it."""

from __future__ import annotations

import logging
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from scherp.texts import Language
from scherp.web.guidance.pages import pages
from scherp.web.stores import LINE

READ = [
    reverse("easy-page" if page.easy else "page", kwargs={"language": page.language.value, "slug": page.slug})
    for page in pages().values()
]
TOOLS = [
    reverse(name, kwargs={"language": language.value})
    for name in ("front", "young-person", "parent", "professional", "what-now", "notice", "who-to-call", "check")
    for language in Language
]
PAGES = [*TOOLS, *READ]
NOT_AT_A_GLANCE = re.compile(
    r"chant|sext|misbruik|abuse|groom|loverboy|naakt|naked|dwang|slachtoffer|victim|blackmail|exploit", re.IGNORECASE
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_and_every_word_of_it_is_there(visitor, address, settings_that_shout):
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert "MISSING" not in answer.content.decode()


@pytest.fixture
def settings_that_shout():
    """Have a template say MISSING for a word that it does not find."""
    from django.template import engines

    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "MISSING %s"
    yield
    engine.string_if_invalid = before


@pytest.mark.parametrize("address", [*PAGES, "/", "/weg/", "/gezond/", "/nl/niets/"])
def test_nothing_is_kept_of_a_visitor_and_nobody_is_told(visitor, address):
    answer = visitor.get(address)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_only_the_check_page_may_run_the_engine(visitor, address):
    policy = visitor.get(address).headers["Content-Security-Policy"]
    assert ("'wasm-unsafe-eval'" in policy) == address.endswith("/kijken/")


@pytest.mark.parametrize("address", PAGES)
def test_who_glances_at_the_address_bar_or_the_tab_learns_nothing(visitor, address):
    title = re.search(r"<title>(.*?)</title>", visitor.get(address).content.decode())[1]
    assert title in ("Informatie", "Information")
    assert not NOT_AT_A_GLANCE.search(address)


@pytest.mark.parametrize("address", PAGES)
def test_a_shared_link_shows_nothing_of_what_it_is_about(visitor, address):
    page = visitor.get(address).content.decode()
    for told in re.findall(r'<meta (?:property="og:[a-z]+"|name="description") content="(.*?)"', page):
        assert not NOT_AT_A_GLANCE.search(told)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_loaded_from_elsewhere(visitor, address):
    page = visitor.get(address).content.decode()
    loaded = re.findall(r'<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert all(target.startswith("/static/") for target in loaded)
    assert "style=" not in page
    assert not re.search(r"\son[a-z]+=", page)


@pytest.mark.parametrize("address", PAGES)
def test_two_ways_to_leave_are_on_every_page_and_both_are_real_links(visitor, address):
    page = visitor.get(address).content.decode()
    assert len(re.findall(r'<a [^>]*href="/weg/"[^>]*data-leaves', page)) == 2


@pytest.mark.parametrize("address", PAGES)
def test_112_is_on_every_page(visitor, address):
    assert 'href="tel:112"' in visitor.get(address).content.decode()


def test_the_first_page_is_light(visitor):
    # Given what a first visit loads: the page, its styles and its script
    page = visitor.get("/nl/").content
    loaded = re.findall(r'(?:src|href)="/static/([^"]*)"', page.decode())
    weight = len(page) + sum((settings.STATIC_ROOT / name).stat().st_size for name in loaded)
    assert weight < 100_000


def test_leaving_has_the_browser_forget_and_goes_to_a_site_that_gives_nothing_away(visitor):
    answer = visitor.get("/weg/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == settings.LEAVE_TO
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", "/nl/"), ("nl-BE,nl;q=0.9", "/nl/"), ("en-GB,en;q=0.9", "/en/"), ("fr,en", "/nl/"), ("\x00", "/nl/")],
)
def test_a_visitor_gets_the_language_that_the_browser_asks_for_else_dutch(visitor, asked, given):
    answer = visitor.get("/", headers={"accept-language": asked})
    assert answer.headers["Location"] == given
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("address", ["/nl/niets/", "/nl/lezen/niets/", "/nl/lezen/../", "/xx/", "/nl/lezen/sporen.pdf"])
def test_where_nothing_is_the_way_back_is_shown(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "/nl/" in answer.content.decode()


def test_an_english_address_that_is_not_there_is_answered_in_english(visitor):
    assert "There is nothing here" in visitor.get("/en/nothing/").content.decode()


@pytest.mark.parametrize("address", ["/nl/", "/nl/kijken/", "/nl/lezen/sporen/", "/nl/bellen/", "/weg/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_sent_to_a_page_that_only_shows(visitor, address, method):
    assert getattr(visitor, method)(address, b"Kim: hoi", content_type="text/plain").status_code == 405


def test_there_is_nowhere_to_upload_a_file(visitor):
    # Given every form on the site: none takes a file, and the one page with a file field has a form that goes nowhere
    for address in PAGES:
        page = visitor.get(address).content.decode()
        assert "multipart" not in page
        if 'type="file"' in page:
            assert address.endswith("/kijken/")
            assert not re.search(r"<form[^>]*(method|action)=", page)


def test_no_address_of_a_visitor_reaches_a_log(visitor, caplog):
    with caplog.at_level(logging.DEBUG):
        visitor.get("/nl/", REMOTE_ADDR="203.0.113.7", headers={"user-agent": "a-browser-of-somebody"})
        visitor.get("/nl/niets/", REMOTE_ADDR="203.0.113.7")
        visitor.get("/nl/", headers={"host": "somewhere.example"}, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in caplog.text
    assert "a-browser-of-somebody" not in caplog.text


def test_another_name_than_its_own_is_refused(visitor):
    assert visitor.get("/nl/", headers={"host": "somewhere.example"}).status_code == 400


def test_the_site_has_no_database_and_no_sessions():
    assert settings.DATABASES.get("default", {}).get("ENGINE", "django.db.backends.dummy") == "django.db.backends.dummy"
    assert not [name for name in settings.MIDDLEWARE if "session" in name.lower()]


def test_a_watchdog_hears_that_it_answers(visitor):
    assert visitor.get("/gezond/").content == b"ok\n"


def test_who_runs_the_site_is_told_of_a_setting_that_is_missing():
    import os
    import subprocess
    import sys

    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("SCHERP_")}
    call = [sys.executable, "-c", "import scherp.web.public_site.settings"]
    told = subprocess.run(call, env=surroundings, capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert "Set SCHERP_PUBLIC_KEY to a long secret" in told.stderr


WITH_A_LINE = {
    "SCHERP_LINE_STORE": "postgresql://scherp_public@127.0.0.1/line",
    "SCHERP_LINE_KEY": "l" * 30 + "0123456789abcdefghijklmnop",
    "SCHERP_LINE_MASTER_KEYS": "bm90LWEtcmVhbC1rZXktYnV0LTMyLWJ5dGVzLWxvbmc=",
    "SCHERP_ADDRESS_HEADER": "X-Real-IP",
}


@pytest.mark.parametrize("line", [{}, WITH_A_LINE], ids=["without a line", "with a line"])
def test_a_real_deployment_has_nothing_to_complain_of(line):
    import os
    import subprocess
    import sys
    from pathlib import Path

    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("SCHERP_LOCAL", "SCHERP_LINE"))}
    surroundings |= line | {
        "SCHERP_PUBLIC_HOSTS": "scherp.example",
        "SCHERP_PUBLIC_KEY": "k" * 30 + "0123456789abcdefghijklmnop",
    }
    manage = Path(__file__).parents[2] / "manage.py"
    call = [sys.executable, manage, "public", "check", "--deploy", "--fail-level", "WARNING"]
    told = subprocess.run(call, env=surroundings, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@pytest.mark.django_db(databases=[LINE])  # a file that is closed has Django look at its connections
def test_the_worker_keeps_its_policy_when_the_browser_asks_whether_it_has_changed(visitor):
    first = visitor.get("/static/check/worker.js")
    assert "'wasm-unsafe-eval'" in first.headers["Content-Security-Policy"]
    again = visitor.get("/static/check/worker.js", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again.headers
    first.close()


@pytest.fixture
def behind_a_proxy(settings_for):
    """The site as it runs for the public: https only, which the proxy in front of it speaks."""
    return settings_for(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["scherp.example"])


@pytest.fixture
def settings_for():
    from django.test import override_settings

    changed = []

    def use(**values):
        changed.append(override_settings(**values))
        changed[-1].enable()
        return Client(headers={"host": "scherp.example"})

    yield use
    for one in changed:
        one.disable()


def test_behind_a_proxy_that_speaks_https_a_page_is_shown(behind_a_proxy):
    assert behind_a_proxy.get("/nl/", headers={"x-forwarded-proto": "https"}).status_code == 200


def test_over_plain_http_one_is_sent_to_https_but_a_watchdog_is_answered(behind_a_proxy):
    answer = behind_a_proxy.get("/nl/", headers={"x-forwarded-proto": "http"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://scherp.example/nl/")
    assert behind_a_proxy.get("/gezond/").status_code == 200


def test_a_shared_link_names_the_site_as_the_proxy_does(behind_a_proxy):
    page = behind_a_proxy.get("/nl/lezen/kaart-11-12/", headers={"x-forwarded-proto": "https"}).content.decode()
    assert 'data-address="https://scherp.example/nl/lezen/kaart-11-12/"' in page


def test_who_finds_a_fault_is_told_where_to_report_it(settings_for):
    visitor = settings_for(ALLOWED_HOSTS=["scherp.example"], SECURITY_CONTACT="mailto:veilig@scherp.example")
    said = visitor.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:veilig@scherp.example" in said
    assert re.search(r"Expires: 20\d\d-\d\d-\d\dT", said)


def test_without_a_contact_there_is_no_such_file(visitor):
    assert visitor.get("/.well-known/security.txt").status_code == 404
