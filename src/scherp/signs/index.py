"""The vocabulary made ready for use: one packaged file, so that a check starts at once.

`index.json` holds what the matcher needs of every sign; it is made from the files in `vocabulary/` by
`make signs`, and a test fails when it is not fresh. For every pattern it holds its shape and the ways in which it can
hold: per way the words that must be there and where, the rarest first. How rare a word is, is counted in our own
examples.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scherp.signs.normaliser import abbreviations, by_consonants, tokens
from scherp.signs.pattern import MARKS, NUMBER, Choice, Need, Pattern, Way
from scherp.signs.places import ANY_WORD, numbered
from scherp.signs.vocabulary import Sign, written_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scherp.conversation import SignId
    from scherp.signs.vocabulary import InLanguage

NAME = "index.json"
_FORM = 4


@cache
def packaged_index() -> Mapping[str, Any]:
    """Give the index that ships with this version."""
    index: dict[str, Any] = json.loads((files(__package__) / NAME).read_text(encoding="utf-8"))
    return index


def make_index(vocabulary: Mapping[SignId, Sign]) -> dict[str, Any]:
    """Make the index of a vocabulary: plain values only.

    lexicon: words that the speller knows; bare: the same by their consonants.
    signs: what a report needs of each. before, after: the needs that are looked for first beside a rarest word, before
    it and after it. meets: by word, the numbers of the sets of words that it belongs to, `ANY_WORD` left out.
    rules: of each choice that a pattern offers: number of the sign, shape, number of its exceptions. unless: these
    exceptions, each with its ways: the needs, the rarest first. ways: the rule, where its rarest word stands (how many
    words after the beginning of the pattern: at least, at most), then each other need and where it stands. rarest: by
    word, the ways of which it is the rarest.
    """
    made = _Index(list(vocabulary.values()))
    lexicon = _lexicon(vocabulary.values())
    return {
        "form": _FORM,
        "lexicon": sorted(lexicon),
        "bare": by_consonants(lexicon, _seen_in_examples(vocabulary.values())),
        "signs": [_sign(sign) for sign in vocabulary.values()],
        "before": sorted(made.before),
        "after": sorted(made.after),
        "meets": made.meets(),
        "rules": made.rules,
        "unless": made.unless,
        "ways": made.ways,
        "rarest": made.rarest,
    }


class _Index:
    """Gathers the rules of all signs, and by word the ways in which they can hold."""

    def __init__(self, vocabulary: list[Sign]) -> None:
        self._needs = _Needs(vocabulary)
        self.before: set[int] = set()
        self.after: set[int] = set()
        self.rules: list[list[Any]] = []
        self.unless: list[list[Any]] = []
        self.ways: list[list[int | str]] = []
        self.rarest: dict[str, list[int]] = {}
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
        self.unless.append(
            [[self._unplaced(choice), numbered(choice.shape, number)] for choice in _each(spoken.unless)]
        )
        for choice in _each(spoken.patterns):
            self._add_choice(sign, choice)

    def _add_choice(self, sign: int, choice: Choice) -> None:
        number = self._needs.number
        for way in sorted(choice.ways, key=_in_order):
            rarest, *others = self._needs.rarest_first(way)
            for word in sorted(way.needs[rarest].words):
                self.rarest.setdefault(word, []).append(len(self.ways))
            row = [value for other in others for value in self._apart(way, rarest, other)]
            self.ways.append([len(self.rules), *way.to(rarest), *row])
            if len(way.words) > 1:
                (self.before if others[0] < rarest else self.after).add(number(way.needs[others[0]].words))
        self.rules.append([sign, numbered(choice.shape, number), len(self.unless) - 1])

    def _apart(self, way: Way, one: int, other: int) -> tuple[int | str, int, int]:
        """Another need, and how many words further on than this one it is met: at least, at most; below 0 is before."""
        words = way.needs[other].words
        number = next(iter(words & MARKS), None) or self._needs.number(words)
        least, most = way.between(*sorted((one, other)))
        return (number, least, most) if one < other else (number, -most, -least)

    def _unplaced(self, choice: Choice) -> list[list[int]]:
        """The ways of an exception: only the words that have to be there."""
        found = []
        for way in sorted(choice.ways, key=_in_order):
            needs = (way.needs[at] for at in self._needs.rarest_first(way))
            found.append(tuple(self._needs.number(need.words) for need in needs if not need.is_mark))
        return [list(needs) for needs in dict.fromkeys(found)]


class _Needs:
    """Numbers needs, the most common first, and knows how rare each is."""

    def __init__(self, vocabulary: list[Sign]) -> None:
        self._seen = _seen_in_examples(vocabulary)
        needs = {need.words for pattern in _patterns(vocabulary) for way in pattern.ways for need in way.needs}
        listed = sorted(needs, key=lambda need: (-self._often(need), sorted(need)))
        self._rarity = {need: place for place, need in enumerate(listed)}
        words = (need for need in listed if not need & MARKS)
        self.numbers = {need: number for number, need in enumerate(words, ANY_WORD + 1)}

    def rarest_first(self, way: Way) -> list[int]:
        """The places of a way's needs in it: words, then where the message begins and ends."""
        return sorted(range(len(way.needs)), key=lambda at: (way.needs[at].is_mark, -self._rarity[way.needs[at].words]))

    def number(self, words: Need) -> int:
        """The number of a set of words, also of one that no way needs: those come after the needs."""
        return self.numbers.setdefault(words, ANY_WORD + 1 + len(self.numbers))

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


def _each(patterns: Iterable[Pattern]) -> list[Choice]:
    """The choices of all these patterns, each once."""
    return list(dict.fromkeys(choice for pattern in patterns for choice in pattern.choices))


def _in_order(way: Way) -> list[tuple[list[str], int, int]]:
    return [(sorted(need.words), need.least, need.most) for need in way.needs]


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
