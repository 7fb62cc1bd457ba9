"""Ways in which people hide words, applied to messages that showed something, and what is left of the evidence.

Seeded, so that a figure can be made again.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from scherp.conversation import Message
from scherp.scoring import START, step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scherp.scoring import Model

    _Way = Callable[[str, random.Random], str]

_LEET = str.maketrans("oeai", "0341")
_CYRILLIC = str.maketrans("aeopcxy", "аеорсху")
_ACCENTS = str.maketrans("aeou", "áéöü")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_VOWELS = re.compile("[aeiou]")
_SEED = 7


def _each_word(change: _Way) -> _Way:
    return lambda text, deal: _WORDS.sub(lambda found: change(found[0], deal), text)


def _longest_word(change: _Way) -> _Way:
    """Change only the longest word: whoever hides a word hides the telling one."""

    def changed(text: str, deal: random.Random) -> str:
        longest = max(_WORDS.findall(text), key=len, default="")
        return text.replace(longest, change(longest, deal), 1) if longest else text

    return changed


def _repeated(word: str, deal: random.Random) -> str:
    place = deal.randrange(len(word))
    return word[:place] + word[place] * 4 + word[place + 1 :]


WAYS: Mapping[str, _Way] = {
    "digits": _each_word(lambda word, _: word.translate(_LEET)),
    "alphabet": _each_word(lambda word, _: word.lower().translate(_CYRILLIC)),
    "accents": _each_word(lambda word, _: word.translate(_ACCENTS)),
    "capitals": _each_word(lambda word, deal: "".join(deal.choice((c, c.upper())) for c in word)),
    "wide": _each_word(lambda word, _: "".join(chr(ord(c) + 0xFEE0) for c in word)),
    "invisible": _each_word(lambda word, _: "\u200b".join(word)),
    "repeated": _each_word(_repeated),
    "apart": _longest_word(lambda word, _: " ".join(word)),
    "dots": _longest_word(lambda word, _: ".".join(word)),
    "vowels": _longest_word(lambda word, _: word[0] + _VOWELS.sub("", word[1:])),
    "punctuation": lambda text, _: text.replace(" ", " , "),
}


def evidence_alone(text: str, model: Model) -> int:
    """Give what a first message with this text adds, in thousandths."""
    _, risk = step(START, Message(0, None, None, text), model=model)
    return sum(seen.strength for seen in risk.evidence)


def left(texts: Sequence[str], model: Model) -> dict[str, tuple[int, int]]:
    """Give for each way the evidence of these texts as they are, and what hiding leaves of it; gains do not count."""
    plain = [evidence_alone(text, model) for text in texts]
    found: dict[str, tuple[int, int]] = {}
    for name, way in WAYS.items():
        deal = random.Random(_SEED)  # noqa: S311  a fixed deal, not a secret
        hidden = [evidence_alone(way(text, deal), model) for text in texts]
        found[name] = (sum(plain), sum(map(min, plain, hidden)))
    return found
