"""Make the letters of the handover's paper: DejaVu Sans with the scripts that names in it may need.

Run: python tools/make_fonts.py        (needs Debian's fonts-dejavu-core, and fontTools, which fpdf2 brings)
Latin with every accent, Greek and Cyrillic; a character outside is written by its number (see paper.py).
"""

from __future__ import annotations

import pathlib

from fontTools import subset

SOURCE = pathlib.Path("/usr/share/fonts/truetype/dejavu")
TARGET = pathlib.Path(__file__).parent.parent / "src/scherp/handover/fonts"
FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
LETTERS = (
    "U+0020-007E,U+00A0-024F,U+02BC,U+02C6-02DC,U+0370-03FF,U+0400-04FF,U+1E00-1EFF,U+2010-2027,U+2030-203A,"
    "U+20AC,U+2190-2193,U+2212,U+FFFD"
)
LEFT_OUT = "GPOS,GSUB,GDEF,FFTM,kern"


def main() -> None:
    """Write both faces."""
    for face in FACES:
        subset.main([
            str(SOURCE / face), f"--unicodes={LETTERS}", "--layout-features=", f"--drop-tables+={LEFT_OUT}",
            "--no-hinting", "--name-IDs=0,1,2,3,4,5,6,13,14", "--notdef-outline", f"--output-file={TARGET / face}",
        ])  # fmt: skip
        print(TARGET / face)


if __name__ == "__main__":
    main()
