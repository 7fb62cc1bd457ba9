"""How soon the engine is ready in a browser, beside bare Pyodide in the same run, and how fast it checks there.

Run: .venv/bin/python benchmarks/browser.py        (writes benchmarks/browser.md; needs `make var/public/.ready`)

A real Chromium on this machine, the site as `make web` starts it. Times are of whole steps, as a visitor waits for
them: median of the runs, the browser's cache warm, except where it says cold.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from scoring import whatsapp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
RUNS = 5
MESSAGES = 10_000

BARE = """async (indexURL) => {
  const code = `import { loadPyodide } from "${indexURL}pyodide.mjs";
    await loadPyodide({ indexURL: "${indexURL}" }); postMessage("ready");`;
  const begun = performance.now();
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
  await new Promise((resolve) => (worker.onmessage = resolve));
  worker.terminate();
  return performance.now() - begun;
}"""
OURS = """async () => {
  const { worker: at, pyodide, engine } = document.getElementById("given").dataset;
  const begun = performance.now();
  const worker = new Worker(at, { type: "module" });
  worker.postMessage({ what: "start", pyodide, engine });
  await new Promise((resolve) => (worker.onmessage = ({ data }) => data.what === "ready" && resolve()));
  worker.terminate();
  return performance.now() - begun;
}"""
LONGEST_WAIT = """async () => {
  let longest = 0;
  while (document.getElementById("found").hidden) {
    const begun = performance.now();
    await new Promise((go) => setTimeout(go, 10));
    longest = Math.max(longest, performance.now() - begun - 10);
  }
  return longest;
}"""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        served(pathlib.Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_context(bypass_csp=True).new_page()
        cold, fetched = first_visit(page, address)
        index = address + page.evaluate("document.getElementById('given').dataset.pyodide")
        turns = [(page.evaluate(BARE, index), page.evaluate(OURS)) for _ in range(RUNS)]
        checked = [check(page, pathlib.Path(folder), address) for _ in range(RUNS)]
        version = browser.version
        browser.close()
    rows = report(cold, fetched, turns, checked, version)
    (ROOT / "benchmarks/browser.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join(rows))


@contextlib.contextmanager
def served(place: pathlib.Path) -> Iterator[str]:
    told = place / "told.txt"
    call = [sys.executable, "-m", "gunicorn", "scherp.web.public_site.wsgi", "--bind", "127.0.0.1:0", "--threads", "4"]
    ours = os.environ | {"SCHERP_LOCAL": "1", "SCHERP_ASSETS": str(ROOT / "var/public")}
    with (
        told.open("w") as out,
        subprocess.Popen([*call, "--no-control-socket"], env=ours, stdout=out, stderr=out) as server,
    ):
        while not (found := re.search(r"Listening at: (http://\S+)", told.read_text())):
            time.sleep(0.1)
        try:
            yield found[1]
        finally:
            server.terminate()


def first_visit(page: Page, address: str) -> tuple[float, int]:
    """Seconds until the engine is ready, and bytes that crossed the network for it."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(f"{address}/nl/kijken/")
    ready(page)
    seconds = time.perf_counter() - begun
    return seconds, sum(sizes) + packed()


def packed() -> int:
    """Bytes of what the worker fetches, as it is sent: packed where there is a packed form."""
    folder = ROOT / "var/public/static/check"
    names = json.loads((folder / "assets.json").read_text())
    files = [*(folder.parent / names["pyodide"]).iterdir(), folder.parent / names["engine"]]
    sent = [file for file in files if file.suffix != ".gz"]
    return sum(min(file.stat().st_size, packed_size(file)) for file in sent)


def packed_size(file: pathlib.Path) -> int:
    other = file.with_name(f"{file.name}.gz")
    return (other if other.exists() else file).stat().st_size


def ready(page: Page) -> None:
    page.wait_for_selector("#go:not([disabled])", timeout=120_000)


def check(page: Page, place: pathlib.Path, address: str) -> tuple[float, float]:
    """Seconds from the press of the button to the report, and the longest that the page itself kept anybody waiting."""
    chat = place / "chat.txt"
    chat.write_text(whatsapp(MESSAGES), encoding="utf-8")
    page.goto(f"{address}/nl/kijken/")
    ready(page)
    page.check('input[value="young-person"]')
    page.set_input_files("#file", chat)
    begun = time.perf_counter()
    page.click("#go")
    longest = page.evaluate(LONGEST_WAIT)
    return time.perf_counter() - begun, longest


def report(
    cold: float, fetched: int, turns: list[tuple[float, float]], checked: list[tuple[float, float]], version: str
) -> list[str]:
    bare, ours = (statistics.median(turn[n] for turn in turns) / 1000 for n in (0, 1))
    seconds, longest = statistics.median(c[0] for c in checked), max(c[1] for c in checked)
    return [
        "# The check in a browser: ready, and fast",
        "",
        f"Made by `.venv/bin/python benchmarks/browser.py` on {dt.datetime.now(dt.UTC).date()}, Chromium {version}, "
        f"two cores, median of {RUNS} runs. Compare ratios, not machines.",
        "",
        "| what | bar | found |",
        "|---|---:|---:|",
        f"| bare Pyodide ready, cache warm | – | {bare:.2f} s |",
        f"| our engine ready, cache warm | bare + 1 s | {ours:.2f} s (+ {ours - bare:.2f}) |",
        f"| page and engine ready on a first visit, nothing in the cache | – | {cold:.2f} s |",
        f"| to fetch, as sent | 12 MB | {fetched / 1e6:.1f} MB |",
        f"| {MESSAGES:,} WhatsApp messages, from the button to the report | 3 s | {seconds:.2f} s |",
        f"| longest that the page itself did not answer meanwhile | – | {longest:.0f} ms |",
    ]


if __name__ == "__main__":
    main()
