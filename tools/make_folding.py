"""Make `src/scherp/signs/spelling/folding.tsv`: how each character is read, so that look-alikes do not hide a word.

Run: python tools/make_folding.py
The table is packaged, and `unicodedata` is used only here: its content differs between Python versions, and a
message has to be read alike in the terminal (3.11) and in the browser.
"""

from __future__ import annotations

import pathlib
import string
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / "src/scherp/signs/spelling/folding.tsv"
PLAIN = set(string.ascii_lowercase + string.digits)

# Letters of other scripts and phonetic alphabets that look like a Latin letter (Unicode TR39 names these
# confusables; this short list is ours).
LOOK_ALIKES = {
    "a": "аαᴀɑ∂ꭺ", "b": "вьβʙ", "c": "сϲᴄ¢", "d": "ԁɗᴅ", "e": "еєεᴇɛ℮", "f": "ғꜰƒ", "g": "ԍɢɡ",
    "h": "һнʜ", "i": "іιɪıǃ", "j": "јᴊ", "k": "кκᴋ", "l": "ӏʟ", "m": "мᴍ", "n": "пηɴ", "o": "оοσᴏøᎾ",
    "p": "рρᴘ", "q": "ԛ", "r": "гʀ", "s": "ѕꜱʂ", "t": "тτᴛŧ", "u": "υᴜս", "v": "νѵᴠ", "w": "ѡωᴡ",
    "x": "хχ", "y": "уγʏ", "z": "ᴢʐ", "ss": "ß", "ae": "æ", "oe": "œ", "th": "þ",
}  # fmt: skip
# Said aloud these are nothing: apostrophes, marks that only shape or hide, skin tones.
SILENT = [
    *map(ord, "'`´’‘ʼ′＇"), 0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10), *range(0x300, 0x370), *range(0x1F3FB, 0x1F400),
    0x20E3, *range(0xE0000, 0xE0080),
]  # fmt: skip
# Emoji and signs that stand for a word. Both languages read the same word; patterns know it.
PICTURES = {
    "foto": "📷📸🤳🖼", "video": "🎥📹📽🎦", "bel": "📞☎📲", "geld": "💰💵💶💷💸🤑", "geheim": "🤫🤐㊙",
    "snap": "👻", "huis": "🏠🏡", "auto": "🚗🚙🚘", "trein": "🚆🚂🚄🚉🚊", "cadeau": "🎁", "hartje":
    "❤♥💕💖💗💘💝💓💞🧡💛💚💙💜🖤🤍🤎", "kus": "😘💋😚😙", "euro": "€", "pond": "£", "wachtwoord": "🔑🗝🔐",
    "locatie": "📍🗺", "verwijder": "🗑🚮", "bed": "🛏🛌", "hotel": "🏨", "politie": "👮🚔🚓", "school": "🏫",
    "camera": "🎬", "telefoon": "📱", "nee": "🚫🙅", "pakje": "📦", "pinpas": "💳", "klok": "⏰⏳⌛⏱",
    "verdrietig": "😭😢", "bang": "😱😨😰", "mes": "🔪🗡", "18": "🔞", "100": "💯",
}  # fmt: skip


def folded(char: str) -> str:
    """Give the plain letters and digits that a character is read as; empty when it is none."""
    marks_gone = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    lower = "".join(LOOKS.get(c, c) for c in marks_gone.lower())
    return lower if lower and set(lower) <= PLAIN else ""


LOOKS = {char: latin for latin, chars in LOOK_ALIKES.items() for char in chars}


def rows() -> dict[int, str]:
    """Give code point to reading, for every character that is not read as itself."""
    table: dict[int, str] = {}
    for point in range(0x1FBFA):
        char = chr(point)
        reading = folded(char)
        if reading and reading != char:
            table[point] = reading
    for letter in range(26):
        table[0x1F1E6 + letter] = chr(ord("a") + letter)
    table |= dict.fromkeys(SILENT, "")
    table |= {ord(char): f" {word} " for word, chars in PICTURES.items() for char in chars}
    return table


def main() -> None:
    """Write the table: code point in hex, tab, reading."""
    lines = [f"{point:x}\t{reading}" for point, reading in sorted(rows().items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters")


if __name__ == "__main__":
    main()
