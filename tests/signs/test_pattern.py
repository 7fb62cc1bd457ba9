"""The ways of a pattern are never too few: wherever it holds, the words of one of them stand in order, near enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scherp.signs.pattern import BadPattern, Pattern, Way, compile_pattern, holds
from scherp.signs.places import BEGIN, END

WORDS = ("een", "twee", "drie", "vier", "?")
messages = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
pieces = st.recursive(
    st.sampled_from((*WORDS, "..", "..2", BEGIN, END)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(" ".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})")
        | inner.map("[{}]".format)
    ),
    max_leaves=12,
)


def compiled(source: str) -> Pattern | None:
    try:
        return compile_pattern(source, {})
    except BadPattern:
        return None


def stands_in(way: Way, message: list[str]) -> bool:
    """Tell whether the needs of a way are met one after another, from any place."""
    places = set(range(len(message) + 1))
    for number, need in enumerate(way.needs):
        near = places if number == 0 else {p + gap for p in places for gap in range(need.least, need.most + 1)}
        if need.is_mark:
            places = near & ({0} if BEGIN in need.words else {len(message)})
        else:
            places = {p + 1 for p in near if p < len(message) and message[p] in need.words}
    return bool(places)


@given(pieces.map(compiled).filter(lambda pattern: pattern is not None), messages)
def test_where_it_holds_one_of_its_ways_stands(pattern, message):
    if holds([pattern], message):
        assert any(stands_in(way, message) for way in pattern.ways)


def test_a_way_tells_how_far_apart_its_words_stand():
    (way,) = compile_pattern("[even] stuur ..2 foto $", {}).ways
    assert [way.to(need) for need in range(3)] == [(0, 1), (1, 4), (2, 5)]
    assert way.between(0, 1) == (1, 3)
    assert way.between(0, 2) == (2, 4)
