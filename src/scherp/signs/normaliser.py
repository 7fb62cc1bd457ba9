r"""How a message is read: lower case, plain letters, chat spelling written out.

`normalise` gives single-spaced words of `a-z0-9`, with `?` as a word of its own; doing it twice changes
nothing. It undoes what hides a word: look-alike letters, accents, zero-width characters, emoji that stand for
words, digits for letters (`f0t0`), letters apart (`s n a p`), letters repeated (`fotooo`), vowels left out
(`snpcht`), chat abbreviations (`gwn`). `Words` keeps, for each word, the characters of the original it was
read from, so that the right words are underlined; only quoted messages pay for that.

Tables are packaged; `unicodedata` and `\w` are not used, for they differ between Python versions.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REDACTED = re.compile(r"\[(?:explicit|url|email|number)\]", re.IGNORECASE)
"""The marks that stand for text taken out of a corpus: they match no sign."""

_TOKEN = re.compile(r"[a-z0-9]+|\?(?![^a-z0-9?]*\?)")
_SIGN_AS_LETTER = {"@": "a", "$": "s", "!": "i", "|": "l", "*": "", "+": "t"}
_SIGN_BEFORE_A_LETTER = re.compile(r"[@$!|*+](?=[a-z])")  # quick to rule out: a ! mostly ends a sentence
_INSIDE_A_WORD = re.compile(r"(?<=[a-z0-9])[@$!|*+](?=[a-z])|(?<![a-z0-9$])\$(?=[a-z])")
_DIGIT_AS_LETTER = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
_NUMBER_AND_UNIT = re.compile(r"([0-9]+)([a-z]+)")
_CLOCK = re.compile(r"([0-9]{1,2})(?:u|uur|h)([0-9]{2})")
_WORD_AND_NUMBER = re.compile(r"([a-z]{2,})([0-9]{1,2})")
_THRICE = re.compile(r"([a-z])\1\1")
_RUN = re.compile(r"([a-z])\1+")
_VOWELS = frozenset("aeiou")
_UNITS = frozenset(
    "j jr jaar jarig jarige e de ste x h u uur min m km k euro eur cm yo y yr yrs year years pm am".split()
)
_ROUNDS = 8
_MOST_VARIANTS = 64
_LONGEST_WORD = 20


class Word(NamedTuple):
    """A word as it is read, and the characters of the original (start, end) that it was read from."""

    text: str
    start: int
    end: int


class Part(NamedTuple):
    """A word as it is read, and the first and last of the raw tokens that it was read from."""

    text: str
    first: int
    last: int


@cache
def folding() -> dict[int, str]:
    """Give code point to plain reading, for every character that is not read as itself."""
    rows = _packaged("folding.tsv").splitlines()
    return {int(point, 16): reading for point, reading in (row.split("\t") for row in rows)}


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Give chat spelling to the plain words it stands for; Dutch goes before English."""
    tables: dict[str, dict[str, str]] = tomllib.loads(_packaged("abbreviations.toml"))
    rows = (row for table in reversed(tables.values()) for row in table.items())
    return {short: tuple(full.split()) for short, full in rows}


def tokens(text: str) -> list[str]:
    """Give the raw tokens of a message: folded to plain letters, digits and `?`, spelling untouched."""
    if "[" in text:
        text = REDACTED.sub(" ", text)
    # The same, four times as fast, for the many messages without a foreign letter (tested to be the same).
    plain = text.lower().replace("'", "").replace("`", "") if text.isascii() else text.translate(folding())
    if _SIGN_BEFORE_A_LETTER.search(plain):
        plain = _INSIDE_A_WORD.sub(_letter_for_sign, plain)
    return _TOKEN.findall(plain)


def letters_apart(read: list[str]) -> bool:
    """Tell whether three or more letters stand by themselves, one after another: `s n a p`."""
    run = 0
    for token in read:
        run = run + 1 if len(token) == 1 and token.isalpha() else 0
        if run > 2:
            return True
    return False


class Speller:
    """Writes chat spelling out, guided by the words that the signs know.

    lexicon: words that are left as they are, and that misspellings are brought back to.
    bare: the same by their consonants (see `by_consonants`).
    """

    def __init__(self, lexicon: Iterable[str], bare: Mapping[str, list[str]]) -> None:
        self.lexicon = frozenset(lexicon)
        self._bare = bare

    def respell(self, raw: list[str]) -> list[Part]:
        """Write out a whole message's tokens; stable: its own output comes back unchanged."""
        parts = [Part(token, i, i) for i, token in enumerate(raw)]
        for _ in range(_ROUNDS):
            again = self._round(parts)
            if [p.text for p in again] == [p.text for p in parts]:
                break
            parts = again
        return parts

    def _round(self, parts: list[Part]) -> list[Part]:
        joined = self._join_letters(parts)
        return [Part(word, p.first, p.last) for p in joined for word in self.repair(p.text)]

    def repair(self, token: str) -> tuple[str, ...]:
        """Give the word or words that one token stands for; the token itself when it is plain already."""
        if token in abbreviations():
            return abbreviations()[token]
        if token in self.lexicon or not token[0].isalnum() or token.isdigit():
            return (token,)
        if not token.isalpha():
            return self._without_digits(token)
        return (self._without_repeats(token) or self._with_vowels(token) or token,)

    def _without_digits(self, token: str) -> tuple[str, ...]:
        if clock := _CLOCK.fullmatch(token):
            return (clock[1], "uur", clock[2])
        if (unit := _NUMBER_AND_UNIT.fullmatch(token)) and unit[2] in _UNITS:
            return (unit[1], "uur" if unit[2] in ("u", "h") else unit[2])
        numbered = _WORD_AND_NUMBER.fullmatch(token)
        if numbered and numbered[1] in self.lexicon:
            return (numbered[1], numbered[2])
        return self._known_spelling(token) if numbered or token[:2].isdigit() else self._letters(token)

    def _known_spelling(self, token: str) -> tuple[str, ...]:
        return next(((v,) for v in _spellings(token) if self._knows(v)), (token,))

    def _letters(self, token: str) -> tuple[str, ...]:
        variants = _spellings(token)
        return (next((v for v in variants if self._knows(v)), variants[0] if variants else token),)

    def _without_repeats(self, token: str) -> str | None:
        runs = [len(run[0]) for run in _RUN.finditer(token)]
        if not runs:
            return None
        # A letter drawn out is more often a long one ("waaaar") than a short one; a letter written twice is not.
        shapes = itertools.product(*((2, 1) if run > 2 else (1, 2) for run in runs[:6]))
        variants = (_with_runs(token, lengths) for lengths in shapes)
        known = next((v for v in variants if v != token and len(v) > 1 and self._knows(v)), None)
        if known and (len(known) > 3 or _THRICE.search(token)):
            return known
        return _RUN.sub(r"\1", token) if _THRICE.search(token) else None

    def _with_vowels(self, token: str) -> str | None:
        bare = not _VOWELS & set(token[1:])
        if len(token) < (3 if bare else 5):
            return None
        near = self._bare.get(_consonants(token), ())
        fits = (w for w in near if len(w) > len(token) and (bare or len(w) > 5) and _is_left_of(token, w))
        return next(fits, None)

    def _knows(self, word: str) -> bool:
        return word in self.lexicon or word in abbreviations()

    def _join_letters(self, parts: list[Part]) -> list[Part]:
        joined: list[Part] = []
        for apart, run in itertools.groupby(parts, key=lambda p: len(p.text) == 1 and p.text.isalpha()):
            letters = list(run)
            joined += self._as_words(letters) if apart and len(letters) > 2 else letters
        return joined

    def _as_words(self, letters: list[Part]) -> list[Part]:
        words: list[Part] = []
        start = 0
        for length in self._cuts("".join(p.text for p in letters)):
            group = letters[start : start + length]
            words.append(Part("".join(p.text for p in group), group[0].first, group[-1].last))
            start += length
        return words

    def _cuts(self, run: str) -> list[int]:
        """Lengths of the known words that make up `run`, with the fewest letters left over, then the fewest words."""
        best: list[tuple[int, list[int]]] = [(0, [])]
        for end in range(1, len(run) + 1):
            fits = (
                (best[start][0] + (end - start == 1), [*best[start][1], end - start])
                for start in range(max(0, end - _LONGEST_WORD), end)
                if end - start == 1 or self._knows(run[start:end])
            )
            best.append(min(fits, key=lambda fit: (fit[0], len(fit[1]))))
        return best[-1][1]


def words(text: str, speller: Speller) -> list[Word]:
    """Give the words of a message as they are read, each with its place in the original text."""
    plain, origin = _folded_with_origin(text)
    found = list(_TOKEN.finditer(plain))
    parts = speller.respell([m.group() for m in found])
    return [Word(p.text, origin[found[p.first].start()], origin[found[p.last].end() - 1] + 1) for p in parts]


def normalise(text: str, speller: Speller) -> str:
    """Give the words of a message as they are read, single-spaced; doing it twice changes nothing."""
    return " ".join(part.text for part in speller.respell(tokens(text)))


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """As `tokens` folds it, with the place in the original of every folded character."""
    text = REDACTED.sub(lambda m: " " * len(m.group()), text)
    table = folding()
    pieces = [(reading, i) for i, char in enumerate(text) for reading in table.get(ord(char), char)]
    plain, origin = "".join(c for c, _ in pieces), [i for _, i in pieces]
    chars: list[str] = []
    places: list[int] = []
    done = 0
    for m in _INSIDE_A_WORD.finditer(plain):
        chars += plain[done : m.start()] + _letter_for_sign(m)
        places += origin[done : m.start()] + [origin[m.start()]] * len(_letter_for_sign(m))
        done = m.end()
    return "".join(chars) + plain[done:], places + origin[done:]


def _letter_for_sign(match: re.Match[str]) -> str:
    return _SIGN_AS_LETTER[match.group()]


def _spellings(token: str) -> list[str]:
    """All readings of digits as letters, the likeliest first; none if a digit has no letter."""
    options = [_DIGIT_AS_LETTER.get(char, "" if char.isdigit() else char) for char in token]
    if not all(options):
        return []
    return ["".join(choice) for choice in itertools.islice(itertools.product(*options), _MOST_VARIANTS)]


def _with_runs(token: str, lengths: tuple[int, ...]) -> str:
    remaining = iter(lengths)
    return _RUN.sub(lambda m: m[1] * next(remaining, 1), token)


def _consonants(word: str) -> str:
    return "".join(c for c in word if c not in _VOWELS)


def by_consonants(lexicon: Iterable[str], seen: Mapping[str, int]) -> dict[str, list[str]]:
    """Give by their consonants the words that may be recognised without vowels, those most often `seen` first."""
    table: dict[str, list[str]] = {}
    for word in sorted(lexicon, key=lambda w: (-seen.get(w, 0), len(w), w)):
        if word.isalpha() and len(word) > 3 and len(_consonants(word)) > 2:
            table.setdefault(_consonants(word), []).append(word)
    return table


def _is_left_of(token: str, word: str) -> bool:
    """Whether `token` is `word` with only vowels left out."""
    rest = iter(word)
    return all(any(letter == c for c in rest) for letter in token)


@cache
def _packaged(name: str) -> str:
    return (files(__package__) / "spelling" / name).read_text(encoding="utf-8")
