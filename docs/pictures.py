"""Make the pictures of the public site that the documentation shows: the site as it runs, in Debian's Chromium.

Run: .venv/bin/python docs/pictures.py        (or: make pictures; writes docs/site/*.png)
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "site"
EXAMPLE = ROOT / "examples" / "WhatsApp-chat met Kim.zip"
MOST_BYTES = 150_000
PATIENCE = 60_000  # milliseconds for the engine to be ready and the chat to be read
PHONE = (390, 844)
DESKTOP = (1280, 800)

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


class Picture(NamedTuple):
    """One picture: where, how large a screen, and what the visitor does first."""

    name: str
    path: str
    size: tuple[int, int] = PHONE
    scheme: str = "light"
    first: Callable[[Page], None] = lambda _: None


def main() -> None:
    """Start the site, visit it, keep what is seen."""
    PICTURES.mkdir(exist_ok=True)
    with _site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        for picture in _pictures():
            _take(browser, address, picture)
        browser.close()


def _pictures() -> list[Picture]:
    return [
        Picture("front", "/nl/"),
        Picture("young", "/nl/lezen/stap-voor-stap/"),
        Picture("easy", "/nl/lezen/stap-voor-stap/makkelijk/"),
        Picture("what-now", "/nl/wat-nu/", first=_answer),
        Picture("check", "/nl/kijken/", (PHONE[0], 1500), first=_until_ready),
        Picture("report", "/nl/kijken/", (PHONE[0], 1400), first=_check),
        Picture("desktop-dark", "/en/", DESKTOP, "dark"),
    ]


def _take(browser: Browser, address: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(address + picture.path)
    picture.first(page)
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path, animations="disabled")
    context.close()
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {size} bytes; at most {MOST_BYTES} are allowed")
    print(f"{path.relative_to(ROOT)}: {size} bytes")


def _answer(page: Page) -> None:
    """Go through the four questions: no danger, for myself, somebody threatens, in the Netherlands."""
    for answer in ("no", "young-person", "threatened", "NL"):
        page.check(f'input[value="{answer}"]')
        with page.expect_navigation():
            page.click("form.ask button")


def _until_ready(page: Page) -> None:
    page.wait_for_selector("#go:not([disabled])", timeout=PATIENCE)


def _check(page: Page) -> None:
    """Have the example read, as a young person."""
    _until_ready(page)
    page.check('input[value="young-person"]')
    page.set_input_files("#file", EXAMPLE)
    page.click("#go")
    page.wait_for_selector("#found:not([hidden])", timeout=PATIENCE)


@contextlib.contextmanager
def _site() -> Iterator[str]:
    """The site on a free port, as `make web` starts it. Gives its address."""
    call = [sys.executable, "-m", "gunicorn", "scherp.web.public_site.wsgi", "--bind", "127.0.0.1:0", "--threads", "4"]
    ours = os.environ | {"SCHERP_LOCAL": "1", "SCHERP_ASSETS": str(ROOT / "var" / "public")}
    with tempfile.TemporaryFile("w+") as told:
        server = subprocess.Popen([*call, "--no-control-socket"], env=ours, cwd=ROOT, stdout=told, stderr=told)
        try:
            yield _address(server, told.fileno())
        finally:
            server.terminate()
            server.wait()


def _address(server: subprocess.Popen[bytes], told: int) -> str:
    for _ in range(300):
        said = os.pread(told, 100_000, 0).decode()
        if found := re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", said):
            return found[1]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"The site did not start:\n{said}")


if __name__ == "__main__":
    main()
