"""Make the zips of the examples again, byte for byte the same: `python examples/make_zip.py`.

The media inside are dummies: sixteen zero bytes under a photo's name. Nothing in Scherp opens media.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent
CHAT = "WhatsApp-chat met Kim.txt"
MOMENT = (2024, 3, 16, 12, 0, 0)  # fixed, so that the same content gives the same bytes
DUMMY = bytes(16)
UNIX = 3


def main() -> None:
    """Write both archives beside this script."""
    chat = (HERE / "kim" / CHAT).read_bytes()
    pack(HERE / "WhatsApp-chat met Kim.zip", {CHAT: chat, "IMG-20240313-WA0001.jpg": DUMMY})
    photos = ("IMG-20240601-WA0001.jpg", "IMG-20240601-WA0002.jpg")
    pack(HERE / "broken" / "photos_only.zip", dict.fromkeys(photos, DUMMY))


def pack(path: Path, members: dict[str, bytes]) -> None:
    """Write the members in the given order, uncompressed: another zlib would give other bytes."""
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(entry(name), content)


def entry(name: str) -> ZipInfo:
    """Describe a plain file of a fixed moment, the same on every operating system."""
    info = ZipInfo(name, date_time=MOMENT)
    info.create_system = UNIX
    info.external_attr = 0o644 << 16
    return info


if __name__ == "__main__":
    main()
