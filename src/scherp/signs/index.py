"""The vocabulary made ready for use: one packaged file, so that a check starts at once.

`index.json` holds what the matcher needs of every sign; it is made from the files in `vocabulary/` by
`make signs`, and a test fails when it is not fresh. For every pattern it holds its shape and the ways in which it can
hold: per way the words that must be there, the rarest first. How rare a word is, is counted in our own examples.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scherp.signs.normaliser import abbreviations, by_consonants, tokens
from scherp.signs.pattern import NUMBER, Need, Pattern, Way
from scherp.signs.places import ANY_WORD, numbered
from scherp.signs.vocabulary import Sign, written_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scherp.conversation import SignId
    from scherp.signs.vocabulary import InLanguage

NAME = "index.json"
_FORM = 3


@cache
def packaged_index() -> Mapping[str, Any]:
    """Give the index that ships with this version."""
    index: dict[str, Any] = json.loads((files(__package__) / NAME).read_text(encoding="utf-8"))
    return index


def make_index(vocabulary: Mapping[SignId, Sign]) -> dict[str, Any]:
    """Make the index of a vocabulary: plain values only.

    lexicon: words that the speller knows; bare: the same by their consonants.
    signs: what a report needs of each. needs: how many sets of words are needs; they have the lowest numbers.
    meets: by word, the numbers of the sets of words that it belongs to, `ANY_WORD` left out.
    rules: number of the sign, shape, number of its exceptions. unless: these exceptions, each with its ways.
    ways: by word, for each way of which it is the rarest: the rule, then the needs, the rarest first.
    """
    made = _Index(list(vocabulary.values()))
    lexicon = _lexicon(vocabulary.values())
    return {
        "form": _FORM,
        "lexicon": sorted(lexicon),
        "bare": by_consonants(lexicon, _seen_in_examples(vocabulary.values())),
        "signs": [_sign(sign) for sign in vocabulary.values()],
        "needs": made.needs,
        "meets": made.meets(),
        "rules": made.rules,
        "unless": made.unless,
        "ways": made.ways,
    }


class _Index:
    """Gathers the rules of all signs, and by word the ways in which they can hold."""

    def __init__(self, vocabulary: list[Sign]) -> None:
        self._needs = _Needs(vocabulary)
        self.needs = len(self._needs.listed)
        self.rules: list[list[Any]] = []
        self.unless: list[list[Any]] = []
        self.ways: dict[str, list[list[int]]] = {}
        for number, sign in enumerate(vocabulary):
            for spoken in sign.spoken.values():
                self._add(number, spoken)

    def meets(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for need, number in self._needs.numbers.items():
            for word in sorted(need):
                found.setdefault(word, []).append(number)
        return found

    def _add(self, sign: int, spoken: InLanguage) -> None:
        number = self._needs.number
        self.unless.append([[self._ways_of(pattern), numbered(pattern.shape, number)] for pattern in spoken.unless])
        for pattern in spoken.patterns:
            for way in self._ways_of(pattern):
                for word in sorted(self._needs.listed[way[0] - 1]):
                    self.ways.setdefault(word, []).append([len(self.rules), *way])
            self.rules.append([sign, numbered(pattern.shape, number), len(self.unless) - 1])

    def _ways_of(self, pattern: Pattern) -> list[list[int]]:
        return [self._needs.rarest_first(way) for way in sorted(pattern.ways, key=_in_order)]


class _Needs:
    """Numbers needs, the most common first, and knows how rare each is.

    Common words then meet needs with low numbers only, and a message of common words is a few short bits.
    """

    def __init__(self, vocabulary: list[Sign]) -> None:
        self._seen = _seen_in_examples(vocabulary)
        ways = [way for pattern in _patterns(vocabulary) for way in pattern.ways]
        needs = {need for way in ways for need in way}
        self.listed = sorted(needs, key=lambda need: (-self._often(need), sorted(need)))
        self._rarity = {need: place for place, need in enumerate(self.listed)}
        self.numbers = {need: number for number, need in enumerate(self.listed, ANY_WORD + 1)}

    def rarest_first(self, way: Way) -> list[int]:
        return [self.numbers[need] for need in self._in_order(way)]

    def number(self, words: Need) -> int:
        """The number of a set of words, also of one that no way needs: those come after the needs."""
        return self.numbers.setdefault(words, ANY_WORD + 1 + len(self.numbers))

    def _in_order(self, way: Way) -> list[Need]:
        return sorted(way, key=lambda need: -self._rarity[need])

    def _often(self, need: Need) -> int:
        return sum(1 + self._times(word) for word in need)

    def _times(self, word: str) -> int:
        if word == NUMBER:
            return sum(count for token, count in self._seen.items() if token.isdigit())
        if word.endswith("*"):
            return sum(count for token, count in self._seen.items() if token.startswith(word[:-1]))
        return self._seen[word]


def _sign(sign: Sign) -> dict[str, Any]:
    what = {language.value: phrase for language, phrase in sign.what.items()}
    return {"id": sign.id, "group": sign.group.value, "strong": sign.strong, "what": what}


def _in_order(way: Way) -> list[list[str]]:
    return sorted(sorted(need) for need in way)


def _seen_in_examples(vocabulary: Iterable[Sign]) -> Counter[str]:
    texts = (
        text for sign in vocabulary for spoken in sign.spoken.values() for text in (*spoken.yes, *spoken.no)
    )  # fmt: skip
    written = abbreviations()
    return Counter(word for text in texts for token in tokens(text) for word in written.get(token, (token,)))


def _lexicon(vocabulary: Iterable[Sign]) -> set[str]:
    written = {word for full in abbreviations().values() for word in full}
    return written | {word for pattern in _patterns(vocabulary) for word in pattern.words}


def _patterns(vocabulary: Iterable[Sign]) -> Iterator[Pattern]:
    for sign in vocabulary:
        for spoken in sign.spoken.values():
            yield from (*spoken.patterns, *spoken.unless)


def main() -> None:
    """Write the index beside this module (`make signs`)."""
    path = files(__package__) / NAME
    text = json.dumps(make_index(written_signs()), ensure_ascii=False, separators=(",", ":"))
    with open(str(path), "w", encoding="utf-8") as out:  # noqa: PTH123  a packaged resource
        out.write(text + "\n")


if __name__ == "__main__":
    main()
