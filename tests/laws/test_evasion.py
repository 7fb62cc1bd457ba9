"""Hiding the words does not help: over all examples together, each way of hiding keeps nine tenths of their evidence.

An example is written differently, letter by letter or word by word, in ways that people use; then what it still
adds is held against what it added, sign by sign in the shipped strengths. Seeded, so that a failure can be looked into.
"""

from __future__ import annotations

import random

import pytest

from scherp.evaluation.evasion import WAYS
from scherp.scoring import packaged_model
from scherp.signs.index import make_index
from scherp.signs.matcher import SEXUAL_TALK, Matcher
from scherp.signs.vocabulary import Group, written_signs

VOCABULARY = written_signs()
MATCHER = Matcher(make_index(VOCABULARY))
MODEL = packaged_model()
STRENGTH = {sign.id: sign.strength for sign in MODEL.signs}
STEERING = [s for s in VOCABULARY.values() if s.group not in (Group.OTHER_SIDE, Group.SAFE_CONTEXT)]
SAID = [
    (sign.id, text)
    for sign in STEERING
    if sign.id != SEXUAL_TALK
    for spoken in sign.spoken.values()
    for text in spoken.yes
]


def evidence(text):
    """What a first message with this text adds, in thousandths."""
    return sum(STRENGTH.get(MATCHER.ids[number], 0) for number in MATCHER.find(text).signs)


def kept(hide):
    deal = random.Random(7)  # noqa: S311  a fixed deal, not a secret
    plain = [evidence(text) for _, text in SAID]
    hidden = [evidence(hide(text, deal)) for _, text in SAID]
    return sum(map(min, hidden, plain)) / sum(plain)


@pytest.mark.parametrize("way", WAYS)
def test_hidden_words_are_read(way):
    assert kept(WAYS[way]) >= 0.9


def test_a_message_cut_in_two_is_read():
    deal = random.Random(7)  # noqa: S311  as above
    long_enough = [(sign, text) for sign, text in SAID if text.count(" ") >= 2 and len(text) <= 40]
    seen = 0
    for sign, text in long_enough:
        pieces = text.split(" ")
        cut = deal.randrange(1, len(pieces))
        before = MATCHER.find(" ".join(pieces[:cut]))
        after = MATCHER.find(" ".join(pieces[cut:]), before.text)
        seen += sign in {MATCHER.ids[n] for n in (*before.signs, *after.signs)}
    assert seen / len(long_enough) >= 0.9
