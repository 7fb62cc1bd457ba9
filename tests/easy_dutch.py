"""Dutch for young people and parents is easy: short sentences, short words, and no long word nobody knows.

Flesch-Douma: 206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence, where 60-70 is "normal",
70-80 "fairly easy" and 80-90 "easy" (W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960).
A formula sees length, not meaning; so words of three syllables or more must stand in `easy_words_nl.txt`,
our own list of long words that a child of thirteen knows.
"""

from __future__ import annotations

import re
from pathlib import Path

from scherp.advice import lines
from scherp.texts import Language

EASY = set((Path(__file__).parent / "easy_words_nl.txt").read_text(encoding="utf-8").split())

# One syllable each; longest first. Any other vowel beside a vowel begins a new syllable: "video" has three.
SOUND = re.compile(r"aai|ooi|oei|eeu|ieu|ëi|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéèëêíïóöúü]")
PROPER = sorted((entry.name[Language.NL] for entry in lines().values()), key=len, reverse=True)


def syllables(word: str) -> int:
    return max(1, len(SOUND.findall(word)))


def prose(text: str) -> str:
    """The text without addresses and names of helplines, which nobody can make easier, and without numbers."""
    for entry in lines().values():
        text = text.replace(entry.site, "") if entry.site else text
    for name in PROPER:
        text = text.replace(name, "naam")
    return re.sub(r"\d[\d-]*", "", text).lower()


def tokens(text: str) -> list[str]:
    return re.findall(r"[a-zà-ÿ]+(?:'[a-z]+)?", prose(text))


def sentences(text: str) -> list[list[str]]:
    return [found for part in re.split(r"[.?!:;]+", prose(text)) if (found := tokens(part))]


def flesch_douma(text: str) -> float:
    said = [word for sentence in sentences(text) for word in sentence]
    per_hundred = 100 * sum(map(syllables, said)) / len(said)
    return 206.84 - 0.77 * per_hundred - 0.93 * len(said) / len(sentences(text))


def long_words(text: str) -> list[str]:
    return [word for word in tokens(text) if syllables(word) >= 3]
