"""What the reference says of the public site, asked of the site itself, set up as for a real deployment.

Run by generate.py in a process of its own, for Django is set up once and for all in each.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from scherp.advice import Audience
from scherp.texts import Language
from scherp.web.guidance.pages import pages, pages_for
from scherp.web.public_site import settings as ours
from scherp.web.public_site.middleware import static_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOST = "scherp.example"
SETTINGS = {
    "SCHERP_LOCAL": ("", "`1` to try it on this machine: plain http, this machine's names, a passing secret"),
    "SCHERP_PUBLIC_HOSTS": ("", "the names it answers to, with commas between"),
    "SCHERP_PUBLIC_KEY": ("", "a long secret of its own; without it the site does not start"),
    "SCHERP_ASSETS": ("`var/public`", "where `manage.py public prepare` puts static files, and where they come from"),
    "SCHERP_LEAVE_TO": (f"`{ours.LEAVE_TO}`", "where who leaves goes"),
    "SCHERP_SECURITY_CONTACT": ("", "where to report a fault, `mailto:` or `https:`; without it no `security.txt`"),
    "SCHERP_LINE_STORE": ("", "where talks are kept: `postgresql://...` or a file; without it there is no help chat"),
    "SCHERP_LINE_KEY": ("", "a long secret for keyed hashes, the same as the staff's site has"),
    "SCHERP_LINE_MASTER_KEYS": ("", "what seals the keys of talks: Fernet keys, newest first, with commas between"),
    "SCHERP_LINE_FILE": ("the packaged `line.toml`", "the line's name, hours and limits"),
    "SCHERP_ADDRESS_HEADER": ("", "the header in which the proxy, and nobody else, says where a request comes from"),
    "SCHERP_STREAMS": ("`500`", "how many live pages one process serves at most; who comes after asks now and again"),
}
"""Each setting in the environment: what it is when left out, and what it does."""

WHY = {
    "Content-Security-Policy": "only our own files load and run; nobody frames the page; forms go to us alone",
    "Permissions-Policy": "no camera, microphone or place, and no part in profiling by the browser",
    "Referrer-Policy": "no site that a link leads to hears where somebody came from",
    "Cross-Origin-Resource-Policy": "no other site can load ours as a part of its own",
    "Cross-Origin-Opener-Policy": "no other site holds on to our window",
    "Cache-Control": "the browser keeps no copy of a page",
    "X-Frame-Options": "as `frame-ancestors`, for old browsers",
    "X-Content-Type-Options": "a file is never taken for a script",
    "Strict-Transport-Security": "https only, for a year, below this name too",
}


def main() -> None:
    """Print the body of the page."""
    django.setup()
    for part in (_intro(), _addresses(), _pages(), _headers(), _files(), _settings()):
        print("\n".join(part))


def _intro() -> Iterator[str]:
    yield "Every address of the public site, what each answer carries, and its settings. How to run it:"
    yield "[run the public site](../how-to/run-the-public-site.md). Why it is as it is:"
    yield "[about the public site](../explanation/the-public-site.md)."


def _table(head: str, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = head.split(" | ")
    yield from (f"| {head} |", "|" + "---|" * len(columns))
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _addresses() -> Iterator[str]:
    yield from ("", "## Addresses", "")
    yield "`{language}` is `nl` or `en`; `{slug}` is a page, below. They are chosen to tell little to who glances at"
    yield "the address bar, and what somebody answers is never in one. `/gezond/` answers over plain http too."
    yield ""
    yield from _table("address | takes | what it does", map(_address, _patterns(get_resolver().url_patterns)))
    yield ""
    yield "No address takes a file. Any other way of asking gets 405; an address that is not there gets 404, and a name"
    yield "that is not the site's own 400."


def _patterns(found: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, here)
        else:
            yield here, one


def _address(found: tuple[str, URLPattern]) -> Iterator[str]:
    """Give a row; which ways of asking it takes, it says itself when asked in one that it does not know."""
    address, pattern = found
    takes = pattern.callback(RequestFactory().options("/")).headers["Allow"]
    about = (inspect.getdoc(pattern.callback) or "").partition("\n")[0]
    given = ", ".join(f"{name}: {value}" for name, value in pattern.default_args.items())
    yield f"`{_plain(address)}`"
    yield takes
    yield f"{about} ({given})" if given else about


def _plain(address: str) -> str:
    return re.sub(r"<[a-z]+:([a-z]+)>", r"{\1}", address)


def _pages() -> Iterator[str]:
    yield from ("", "## Pages", "", "Each in Dutch and English. Easy: also in easy Dutch, with pictograms.", "")
    easy = {slug for slug, _, is_easy in pages() if is_easy}
    yield from _table(
        "slug | for | title | in English | easy",
        (
            (
                f"`{page.slug}`",
                audience,
                page.title,
                pages()[page.slug, Language.EN, False].title,
                "yes" if page.slug in easy else "",
            )
            for audience in Audience
            for page in pages_for(audience, Language.NL)
        ),
    )


def _headers() -> Iterator[str]:
    answer = Client().get("/nl/", secure=True, headers={"host": HOST})
    sent = {name: value for name, value in answer.headers.items() if name not in ("Content-Type", "Content-Length")}
    yield from ("", "## Headers", "", "What every page carries in a real deployment:", "")
    yield from _table("header | value | so that", ((name, f"`{sent[name]}`", WHY[name]) for name in sorted(sent)))
    worker: dict[str, str] = {}
    static_headers(worker, "/static/check/worker.js", "")
    page = Client().options("/nl/kijken/", secure=True, headers={"host": HOST}).headers["Content-Security-Policy"]
    assert page == worker["Content-Security-Policy"]
    assert page != sent["Content-Security-Policy"]
    leave = Client().get("/weg/", secure=True, headers={"host": HOST}).headers
    yield ""
    yield f"- The check page and its worker: `{page.partition('script-src ')[2].partition(';')[0]}` in `script-src`, so"
    yield "  that the engine may run; nothing else changes."
    yield f"- `/weg/` adds `Clear-Site-Data: {leave['Clear-Site-Data']}` and leads to `{leave['Location']}`."
    yield "- `/` adds `Vary: Accept-Language`."
    yield "- No answer sets a cookie, but the one that opens a talk or comes back to it: the secret of a seat, until"
    yield "  the browser closes. The pages of a talk carry `Referrer-Policy: same-origin`."


def _files() -> Iterator[str]:
    yield from ("", "## Static files", "")
    yield f"Under `{settings.STATIC_URL}`, made by `manage.py public prepare`, each also compressed. They carry a"
    yield "policy of their own. The browser may keep the engine and Pyodide for good, for their names change with what"
    yield f'is in them, and everything else for {settings.WHITENOISE_MAX_AGE} seconds. An answer "not modified" carries'
    yield "no policy ([why](../decisions/0015-the-check-runs-in-the-browser.md))."


def _settings() -> Iterator[str]:
    read = set(re.findall(r"SCHERP_[A-Z_]+", inspect.getsource(ours)))
    assert read == set(SETTINGS), read ^ set(SETTINGS)
    yield from ("", "## Settings", "", "All in the environment.", "")
    yield from _table(
        "name | when left out | what it does", ((f"`{name}`", other, does) for name, (other, does) in SETTINGS.items())
    )


if __name__ == "__main__":
    main()
