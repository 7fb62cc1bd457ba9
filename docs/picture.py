"""Make the picture of the report that the README shows: the demo's page, as wide as a phone.

Run: .venv/bin/python docs/picture.py        (needs Debian's chromium; writes docs/report.png)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "report.png"
EXAMPLE = ROOT / "examples" / "WhatsApp-chat met Kim.zip"
WIDTH, HEIGHT = 500, 1500  # pixels; narrower than 500 chromium does not go
MOST_BYTES = 200_000

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> None:
    """Check the demo chat, open its page in chromium, keep the top of it."""
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        scherp = Path(sys.executable).parent / "scherp"
        subprocess.run([scherp, "check", EXAMPLE, "--lang", "nl", "--quiet", "--html", page], check=True)
        _photograph(page, Path(place) / "profile")
    size = PICTURE.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{PICTURE.name} has {size} bytes; at most {MOST_BYTES} are allowed")
    print(f"{PICTURE.relative_to(ROOT)}: {size} bytes")


def _photograph(page: Path, profile: Path) -> None:
    subprocess.run(
        [
            "chromium",
            *_FLAGS,
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={PICTURE}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


if __name__ == "__main__":
    main()
