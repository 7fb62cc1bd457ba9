"""A pattern laid over words: the same answer as a regular expression of the same meaning gives."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from scherp.signs.places import ANY_WORD, BEGIN, END, Places, numbered

WORDS = ("een", "twee", "drie", "?")
messages = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
word_sets = st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=2)
gaps = st.integers(-4, -1)
rows = st.recursive(
    st.lists(word_sets | gaps, min_size=1, max_size=4).map(tuple),
    lambda inner: (
        st.tuples(word_sets, st.tuples(inner, inner), word_sets) | st.tuples(word_sets, st.tuples(inner, st.just(())))
    ),
    max_leaves=6,
)
shapes = st.tuples(st.sampled_from([(), (BEGIN,)]), rows, st.sampled_from([(), (END,)])).map(
    lambda r: r[0] + r[1] + r[2]
)


def laid(shape, message):
    sets: dict[frozenset[str], int] = {}
    ready = numbered(shape, lambda words: sets.setdefault(words, ANY_WORD + 1 + len(sets)))
    met = [
        frozenset({n for words, n in sets.items() if word in words} | ({ANY_WORD} if word != "?" else set()))
        for word in message
    ]
    return Places(met), ready


def as_regex(row):
    """The same meaning, as an independent answer."""
    parts = []
    for part in row:
        if isinstance(part, frozenset):
            parts.append(" (?:" + "|".join(map(re.escape, sorted(part))) + ")(?= |$)")
        elif isinstance(part, tuple):
            parts.append("(?:" + "|".join(map(as_regex, part)) + ")")
        elif isinstance(part, int):
            parts.append(rf"(?: \w+){{0,{-part}}}(?= |$)")
        else:
            parts.append({BEGIN: r"\A", END: r"\Z"}[part])
    return "".join(parts)


@given(shapes, messages)
def test_it_holds_where_a_regular_expression_does(shape, message):
    places, ready = laid(shape, message)
    assert places.holds(ready) == (re.search(as_regex(shape), " " + " ".join(message)) is not None)


@given(shapes, messages)
def test_it_holds_exactly_when_it_holds_somewhere(shape, message):
    places, ready = laid(shape, message)
    assert places.holds(ready) == bool(list(places.spans(ready)))


@given(shapes, messages)
def test_its_stretches_lie_in_the_message_and_do_not_overlap(shape, message):
    places, ready = laid(shape, message)
    spans = list(places.spans(ready))
    assert all(0 <= first <= last <= len(message) for first, last in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_a_question_mark_ends_a_gap():
    shape = (frozenset({"een"}), -3, frozenset({"drie"}))
    for message, holds in ((["een", "twee", "drie"], True), (["een", "?", "drie"], False)):
        places, ready = laid(shape, message)
        assert places.holds(ready) is holds
