"""What a parent sees, and above all what not: a parent can be the one a child needs protecting from."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_by_hand import all_three, as_json_text, chat, found

from scherp.advice import Audience
from scherp.conversation import Level
from scherp.errors import NoSuchSpeaker
from scherp.report.as_html import as_html
from scherp.report.as_json import as_json
from scherp.report.as_svg import described
from scherp.report.explanation import explain
from scherp.report.view import View, child_in
from scherp.signs.vocabulary import Group, signs
from scherp.texts import Language, say

NL, EN = Language
CHILD, STEERS, HELPER, THIRD = "Lotte", "Kim", "Ilse", "Sam"
FORCING_OR_EXPLOITING = (Group.FORCING, Group.EXPLOITING)
ORIENTATION = (
    "ze mogen niet weten dat je gay bent",
    "you are queer and nobody may know",
    "ik weet dat je op jongens valt",
)


def parents_view(child=CHILD, language=NL, *, names=True):
    return View(Audience.PARENT, language, child, names)


def outputs(conversation, scored, child=CHILD, language=NL):
    return all_three(
        conversation, scored, parents_view(child, language), on_page=parents_view(child, language, names=False)
    )


@st.composite
def judged(draw):
    """A chat in which every message has its own marker, with anything found in it, by anybody."""
    names = [CHILD, STEERS, HELPER, THIRD, None]
    known = list(signs())
    rows = draw(st.lists(st.tuples(st.sampled_from(names), st.lists(st.sampled_from(known), max_size=3, unique=True),
                                   st.sampled_from(["", "", *ORIENTATION])), min_size=1, max_size=12))  # fmt: skip
    conversation = chat(*((author, f"merk{n:03}x {text}") for n, (author, _, text) in enumerate(rows)))
    shown = [(sign, n) for n, (_, some, _) in enumerate(rows) for sign in some]
    steering = draw(st.sampled_from([author for author, _, _ in rows]))
    level = draw(st.sampled_from([*Level, None]))
    return conversation, found(conversation, *shown, steering=steering, level=level), rows


def is_forbidden(row, rows, child):
    author, shown, text = row
    if child is None or author in (child, None) or text:
        return True
    of_author = {sign for who, some, _ in rows if who == author for sign in some}
    helper = "care_context" in of_author and not any(signs()[s].group in FORCING_OR_EXPLOITING for s in of_author)
    return helper or any(signs()[s].group is Group.OTHER_SIDE or s in ("care_context", "outing_threat") for s in shown)


@settings(max_examples=150, deadline=None)
@given(judged(), st.sampled_from([CHILD, None]), st.sampled_from(Language))
def test_no_message_that_a_parent_may_not_read_is_anywhere(case, child, language):
    conversation, scored, rows = case
    child = child if child in conversation.speakers else None
    for place, output in outputs(conversation, scored, child, language).items():
        for number, row in enumerate(rows):
            if is_forbidden(row, rows, child):
                assert f"merk{number:03}x" not in output, place


@settings(max_examples=150, deadline=None)
@given(judged(), st.sampled_from([CHILD, None]), st.sampled_from(Language))
def test_what_the_child_shows_is_nowhere(case, child, language):
    # Given anything found, When a parent reads, Then no sign of the child's, of the other side or of orientation
    conversation, scored, _rows = case
    child = child if child in conversation.speakers else None
    told = outputs(conversation, scored, child, language)
    others = {e.sign for e in scored.evidence if e.speaker not in (child, None)}
    shown = others | {"threat_to_share"} if child else set()
    for sign in signs().values():
        hidden = sign.id not in shown or sign.group is Group.OTHER_SIDE or sign.id in ("outing_threat", "care_context")
        if hidden:
            for place, output in told.items():
                assert sign.what[language] not in output, (sign.id, place)
                assert f'"{sign.id}"' not in output
    authors = {found["author"] for found in json.loads(told["json"])["signs"]}
    assert not authors & {"je kind", "your child", CHILD, None}


@settings(max_examples=60, deadline=None)
@given(judged(), st.sampled_from(Language))
def test_nobody_is_said_to_steer_when_it_is_the_child_a_helper_or_unknown(case, language):
    conversation, scored, _rows = case
    if CHILD not in conversation.speakers:
        return
    scored = replace(scored, steering=CHILD if scored.level not in (None, Level.NONE) else None)
    report = as_json(explain(conversation, scored, parents_view(language=language)), conversation)
    assert [report[key] for key in ("steering", "tempo_hours", "alarm_at", "urgent_at")] == [None] * 4
    assert report["signs"] == report["quotes"] == report["words"]["doing"] == []
    found_something = scored.level not in (None, Level.NONE)
    assert report["words"]["against"] == [say("report.against.left_out", language)] * found_something
    assert report["words"]["tempo"] is None


def test_the_same_is_said_whether_the_child_steers_or_a_helper_is_taken_for_it(kim_and_lotte):
    # Given a level that rests on the child, or on a helper, Then a parent cannot tell the one from the other
    with_helper = found(kim_and_lotte, ("care_context", 0), ("secrecy_request", 2), steering="Kim")
    by_child = found(kim_and_lotte, ("secrecy_request", 1), steering="Lotte")
    assert as_json_text(explain(kim_and_lotte, with_helper, parents_view()), kim_and_lotte) == as_json_text(
        explain(kim_and_lotte, by_child, parents_view()), kim_and_lotte
    )


def test_somebody_who_forces_is_no_helper_whatever_he_says(kim_and_lotte):
    scored = found(kim_and_lotte, ("care_context", 0), ("threat_to_share", 4), steering="Kim")
    told = outputs(kim_and_lotte, scored)["text"]
    assert "Kim lijkt dit gesprek te sturen" in told
    assert "naar je klas" in told
    assert "hoe oud" not in told


def test_without_the_childs_name_nothing_is_quoted_and_nobody_named(kim_and_lotte, kim_steers):
    report = as_json(explain(kim_and_lotte, kim_steers, parents_view(child=None)), kim_and_lotte)
    assert report["quotes"] == report["signs"] == report["words"]["doing"] == []
    assert report["steering"] is None
    assert "--child" in report["words"]["note"]
    assert "dringend" in report["words"]["level"]


def test_with_the_childs_name_the_others_messages_are_quoted(kim_and_lotte, kim_steers):
    for output in outputs(kim_and_lotte, kim_steers).values():
        assert "naar je klas" in output
        assert "dat wil ik niet" not in output


def test_a_threat_to_out_is_told_as_a_threat_to_share_and_never_quoted(kim_and_lotte):
    scored = found(kim_and_lotte, ("outing_threat", 4), ("image_request", 2), steering="Kim")
    report = as_json(explain(kim_and_lotte, scored, parents_view()), kim_and_lotte)
    assert {item["sign"] for item in report["signs"]} == {"threat_to_share", "image_request"}
    quoted = [quote["message"] for quote in report["quotes"]]
    assert 2 in quoted
    assert 4 not in quoted


@pytest.mark.parametrize("text", [f"ons geheim, {text}" for text in ORIENTATION])
def test_a_message_that_speaks_of_orientation_is_not_quoted_whatever_sign_it_shows(text):
    conversation = chat(("Kim", text), ("Lotte", "ok"))
    scored = found(conversation, ("secrecy_request", 0), steering="Kim")
    report = as_json(explain(conversation, scored, parents_view()), conversation)
    assert report["quotes"] == []
    assert report["words"]["doing"] != []


def test_a_young_person_sees_their_own_chat_whole(kim_and_lotte, kim_steers):
    report = as_json(explain(kim_and_lotte, kim_steers, View(Audience.YOUNG_PERSON, NL)), kim_and_lotte)
    assert {"refusal", "fear_or_distress", "states_minor_age"} <= {item["sign"] for item in report["signs"]}
    assert report["steering"] == "Kim"


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said = []

    def handle_data(self, data):
        self.said.append(data)


def test_the_childs_name_is_not_on_the_page_even_where_the_other_uses_it(kim_and_lotte, kim_steers):
    page = as_html(explain(kim_and_lotte, kim_steers, parents_view(names=False)))
    words = Words()
    words.feed(page)
    assert "stuur eens een foto van jezelf" in "".join(words.said)
    assert "[je kind]" in "".join(words.said)
    assert "lotte" not in page.lower()
    assert "kim" not in "".join(words.said).lower()


def test_the_words_beside_the_drawing_lay_nothing_at_the_childs_door(kim_and_lotte, kim_steers):
    # They once gave every speaker all signs and the level
    said = described(explain(kim_and_lotte, kim_steers, parents_view(names=False)))
    assert "Berichten van je kind: 3." in said
    assert [words for words in said if "Signalen" in words] == [said[-1]]
    assert "kind" not in said[-1]


@pytest.mark.parametrize("child", [CHILD, None])
def test_where_nothing_may_be_told_the_drawing_has_no_signs_and_no_level(kim_and_lotte, child):
    scored = found(kim_and_lotte, ("image_request", 3), steering="Lotte")
    page = as_html(explain(kim_and_lotte, scored, parents_view(child, names=False)))
    assert "<circle" not in page
    assert 'class="level-' not in page


@pytest.mark.parametrize(("said", "who"), [("Lotte", "Lotte"), ("lotte", "Lotte"), (" Lot ", "Lotte")])
def test_a_child_is_found_by_name_or_part_of_it(kim_and_lotte, said, who):
    assert child_in(kim_and_lotte, said) == who


@pytest.mark.parametrize("said", ["Noor", "", "  ", "t e", "i"])
def test_nobody_is_taken_for_the_child_by_guess(said):
    with pytest.raises(NoSuchSpeaker):
        child_in(chat(("Kim", "hoi"), ("Mila", "hoi")), said)
