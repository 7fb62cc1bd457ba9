"""Which signs a message shows, and which words show them.

Fast because most messages show nothing: a token seen before and known to be plain costs one set look-up, and a
pattern is tried only when one of its anchors is there. Both languages are tried on every message: people mix.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from scherp.signs.normaliser import Speller, Word, abbreviations, letters_apart, tokens, words
from scherp.signs.pattern import NUMBER, Pattern
from scherp.signs.vocabulary import signs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scherp.conversation import SignId
    from scherp.signs.vocabulary import Sign

SEXUAL_TALK = "sexual_talk"
_MOST_TOKENS = 50_000


class Found(NamedTuple):
    """What one message shows.

    text: the message as it is read, single-spaced.
    signs: numbers of the signs it shows (their place in `vocabulary.signs()`), ascending.
    live: whether a word of it could be part of a sign together with words of the next message.
    """

    text: str
    signs: tuple[int, ...]
    live: bool


class Mark(NamedTuple):
    """A sign, and the characters of the original text (start, end) that show it."""

    sign: SignId
    start: int
    end: int


class _Rule:
    """One pattern of one sign; its regular expression is compiled when first needed."""

    __slots__ = ("_compiled", "_regex", "_unless", "sign")

    def __init__(self, sign: int, pattern: Pattern, unless: tuple[Pattern, ...]) -> None:
        self.sign = sign
        self._regex = pattern.regex
        self._unless = unless
        self._compiled: re.Pattern[str] | None = None

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Give every place in " words " where this rule holds."""
        if self._compiled is None:
            self._compiled = re.compile(self._regex)
        for match in self._compiled.finditer(text):
            if not any(_overlap(match.span(), span) for span in self._exceptions(text)):
                yield match.span()

    def holds(self, text: str, *, across: int = 0) -> bool:
        """Tell whether it holds anywhere; with `across`, only over that place in the text."""
        if not across:
            return any(True for _ in self.spans(text))
        return any(start < across - 1 and end > across for start, end in self.spans(text))

    def _exceptions(self, text: str) -> list[tuple[int, int]]:
        return [m.span() for p in self._unless for m in _compiled(p.regex).finditer(text)]


class _Known(NamedTuple):
    """What is known of a token: how it is written out, the rules it may start, whether it is masked."""

    words: tuple[str, ...]
    rules: tuple[_Rule, ...]
    masked: bool


class Matcher:
    """Finds signs in messages; keeps a bounded memory of tokens, never of messages."""

    def __init__(self, vocabulary: Mapping[SignId, Sign]) -> None:
        self.ids = tuple(vocabulary)
        self.speller = Speller(_lexicon(vocabulary))
        self._anchored = _anchored(vocabulary)
        self._beginnings = {a[:-1] for a in self._anchored if a.endswith("*")}
        self._sexual = self.ids.index(SEXUAL_TALK) if SEXUAL_TALK in vocabulary else None
        self._plain: set[str] = set()
        self._known: dict[str, _Known] = {}

    def find(self, text: str) -> Found:
        """Give the signs that a message shows by itself."""
        read = tokens(text)
        plain = self._plain
        odd = [token for token in read if token not in plain]
        if letters_apart(read):
            read = [part.text for part in self.speller.respell(read)]
            odd = read
        elif not odd:
            return Found(" ".join(read), (), False)
        return self._look_closer(read, odd)

    def find_across(self, before: str, text: str) -> tuple[int, ...]:
        """Give the signs that `text` shows only together with what its speaker wrote just before.

        Both as they are read (`Found.text`): a request cut into pieces.
        """
        joined = f" {before} {text} "
        rules = {rule for token in joined.split() for rule in self._know(token).rules}
        return tuple(sorted({rule.sign for rule in rules if rule.holds(joined, across=len(before) + 1)}))

    def marks(self, text: str) -> list[Mark]:
        """Give every place in the original text that shows a sign, for underlining; slow, for quotes."""
        read = words(text, self.speller)
        joined = " " + "".join(f"{word.text} " for word in read)
        rules = {rule for word in read for rule in self._know(word.text).rules}
        found = {
            Mark(self.ids[rule.sign], *_original(joined, span, read)) for rule in rules for span in rule.spans(joined)
        }
        if self._sexual is not None:
            found |= {Mark(SEXUAL_TALK, w.start, w.end) for w in read if is_masked(w.text)}
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.sign))

    def masked(self, text: str) -> list[tuple[int, int]]:
        """Give the places (start, end) of words that are never shown, for masking in quotes."""
        return [(w.start, w.end) for w in words(text, self.speller) if is_masked(w.text)]

    def _look_closer(self, read: list[str], odd: list[str]) -> Found:
        known = [self._know(token) for token in odd]
        if any(len(k.words) != 1 or k.words[0] != token for k, token in zip(known, odd, strict=True)):
            read = [word for token in read for word in self._know(token).words]
            if letters_apart(read):
                read = [part.text for part in self.speller.respell(read)]
                known = [self._know(token) for token in read]
        text = " ".join(read)
        rules = {rule for k in known for rule in k.rules}
        spaced = f" {text} "
        shown = {rule.sign for rule in rules if rule.holds(spaced)} if rules else set()
        if self._sexual is not None and any(k.masked for k in known):
            shown.add(self._sexual)
        return Found(text, tuple(sorted(shown)), bool(rules))

    def _know(self, token: str) -> _Known:
        if token in self._plain:
            return _Known((token,), (), False)
        known = self._known.get(token)
        return known if known is not None else self._learn(token)

    def _learn(self, token: str) -> _Known:
        if len(self._plain) + len(self._known) > _MOST_TOKENS:
            self._plain.clear()
            self._known.clear()
        written = tuple(part.text for part in self.speller.respell([token]))
        rules = {rule: None for word in written for anchor in self._anchors(word) for rule in self._anchored[anchor]}
        known = _Known(written, tuple(rules), any(map(is_masked, written)))
        if known == ((token,), (), False):
            self._plain.add(token)
        else:
            self._known[token] = known
        return known

    def _anchors(self, word: str) -> list[str]:
        found = [word] if word in self._anchored else []
        if word.isdigit() and NUMBER in self._anchored:
            found.append(NUMBER)
        starts = (word[:n] for n in range(1, len(word) + 1))
        return found + [f"{start}*" for start in starts if start in self._beginnings]


@cache
def matcher() -> Matcher:
    """Give the matcher over the packaged vocabulary."""
    return Matcher(signs())


@lru_cache(maxsize=_MOST_TOKENS)
def is_masked(token: str) -> bool:
    """Tell whether a word is of the sexual vocabulary: known by its hash only."""
    return hashlib.blake2b(token.encode(), digest_size=6).hexdigest() in _masked_hashes()


@cache
def _masked_hashes() -> frozenset[str]:
    text = (files(__package__) / "spelling" / "masked.txt").read_text(encoding="ascii")
    return frozenset(text.split())


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _original(joined: str, span: tuple[int, int], read: list[Word]) -> tuple[int, int]:
    first = joined.count(" ", 0, span[0] + 1) - 1
    last = joined.count(" ", 0, span[1]) - 1
    return read[first].start, read[max(first, last)].end


def _anchored(vocabulary: Mapping[SignId, Sign]) -> dict[str, list[_Rule]]:
    table: dict[str, list[_Rule]] = {}
    for number, sign in enumerate(vocabulary.values()):
        for spoken in sign.spoken.values():
            for pattern in spoken.patterns:
                rule = _Rule(number, pattern, spoken.unless)
                for anchor in pattern.anchors:
                    table.setdefault(anchor, []).append(rule)
    return table


def _lexicon(vocabulary: Mapping[SignId, Sign]) -> set[str]:
    patterns = (
        pattern
        for sign in vocabulary.values()
        for spoken in sign.spoken.values()
        for pattern in (*spoken.patterns, *spoken.unless)
    )
    return {w for pattern in patterns for w in pattern.words} | {w for full in abbreviations().values() for w in full}
