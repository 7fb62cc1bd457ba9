"""What to do now: for every reader, level and situation there is a step, a line, and no word that harms."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import fields
from importlib.resources import files
from itertools import combinations, product

import pytest

from scherp.advice import Audience, Country, Situation, before_reading, lines, what_now, words
from scherp.advice.what_now import _row
from scherp.conversation import Level
from scherp.texts import Language, keys, say

LEVELS = (None, *Level)
SITUATIONS = [frozenset(some) for size in (0, 1, 2, len(Situation)) for some in combinations(Situation, size)]
CASES = list(product(LEVELS, Audience, SITUATIONS, Country))
TABLE = tomllib.loads((files("scherp.advice") / "what_now.toml").read_text(encoding="utf-8"))
SPOKEN = [key for key in keys() if key.split(".")[:1] == ["advice"] and key.split(".")[1] in set(Audience)]
SEXTORTION = frozenset({Situation.THREATENED, Situation.MONEY_DEMANDED})


def spoken(advice):
    return (*advice.first_words, *advice.do_now, *advice.keep, *advice.do_not, *advice.caveats)


def names(found):
    return [key.rsplit(".", 1)[1] for key in found]


def read_aloud(advice, language=Language.NL):
    return " ".join(words(key, language) for key in spoken(advice))


def young(level, *situation, country=Country.NL):
    return what_now(level, Audience.YOUNG_PERSON, frozenset(situation), country)


def places(key):
    """The lines that a text names."""
    return {
        name.split(".")[0]
        for language in Language
        for _, name, _, _ in string.Formatter().parse(say(key, language))
        if name
    }


# every case


def test_every_case_has_first_words_a_step_a_line_and_a_caveat():
    for case in CASES:
        advice = what_now(*case)
        assert all(getattr(advice, part.name) for part in fields(advice)), case


def test_nothing_is_said_twice_and_no_line_stands_twice():
    for case in CASES:
        advice = what_now(*case)
        assert len(set(spoken(advice))) == len(spoken(advice)), case
        assert len({line.id for line in advice.lines}) == len(advice.lines), case


def test_every_line_is_for_this_reader_in_this_country():
    for case in CASES:
        _, audience, _, country = case
        assert all(line.serves(audience, country) for line in what_now(*case).lines), case


def test_every_number_that_is_said_is_also_in_the_list():
    for case in CASES:
        advice = what_now(*case)
        said = set().union(*map(places, spoken(advice)))
        assert said <= {line.id for line in advice.lines}, case


def test_every_case_knows_where_to_go_in_danger():
    for case in CASES:
        ids = [line.id for line in what_now(*case).lines]
        assert "emergency" in ids, case
        assert ("police" in ids) == (case[3] is Country.NL), case


def test_every_case_says_that_it_sees_only_text_that_it_is_no_proof_and_not_to_hunt():
    for case in CASES:
        advice = what_now(*case)
        assert {"unseen", "trust_your_feeling", "not_proof"} <= set(names(advice.caveats)), case
        assert "nothing_online" in names(advice.do_not), case
        assert {"no_search", "no_investigating"} & set(names(advice.do_not)), case


def test_nothing_seen_is_never_worded_as_safe_and_is_not_the_same_as_cannot_say():
    for _, audience, situation, country in CASES:
        nothing = names(what_now(Level.NONE, audience, situation, country).caveats)
        cannot_say = names(what_now(None, audience, situation, country).caveats)
        assert "too_little" not in nothing
        assert cannot_say[0] == "too_little"


@pytest.mark.parametrize("level", [Level.ATTEND, Level.CONCERN, Level.URGENT])
@pytest.mark.parametrize("audience", Audience)
def test_that_there_is_too_little_is_only_said_when_there_is(audience, level):
    assert "too_little" not in names(what_now(level, audience).caveats)


# the young person


def test_a_young_person_first_reads_that_it_is_not_their_fault():
    for level, _, situation, country in CASES:
        first = [words(key, Language.NL) for key in young(level, *situation, country=country).first_words]
        assert first[:2] == ["Het is niet jouw schuld.", "Ben je nu veilig?"]


def test_the_order_for_sextortion():
    steps = names(young(Level.CONCERN, *SEXTORTION).do_now)
    order = ["pay_nothing", "keep_first", "block_after", "no_copies", "helpwanted", "thinking_of_death"]
    assert [step for step in steps if step in order] == order


def test_a_young_person_in_belgium_is_sent_to_child_focus_and_1813():
    advice = young(Level.URGENT, *SEXTORTION, country=Country.BE)
    ids = {line.id for line in advice.lines}
    assert {"child_focus", "zelfmoordlijn", "awel"} <= ids
    assert not {"helpwanted", "police", "zelfmoordpreventie"} & ids


def test_a_threat_never_leads_to_blocking_before_keeping():
    for case in CASES:
        steps = names(what_now(*case).do_now)
        if case[1] is Audience.YOUNG_PERSON and "block_after" in steps:
            assert steps.index("keep_first") < steps.index("block_after"), case
            assert "may_block" not in steps, case


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("level", LEVELS)
def test_a_demand_for_self_harm_puts_the_suicide_line_and_the_emergency_number_first(audience, level):
    for country, line in ((Country.NL, "zelfmoordpreventie"), (Country.BE, "zelfmoordlijn")):
        advice = what_now(level, audience, frozenset(Situation), country)
        assert [found.id for found in advice.lines[:2]] == [line, "emergency"]
        first_steps = set().union(*map(places, advice.do_now[:3]))
        assert {line, "emergency"} <= first_steps


@pytest.mark.parametrize("audience", Audience)
def test_a_meeting_puts_the_emergency_number_and_the_police_first(audience):
    advice = what_now(Level.CONCERN, audience, frozenset({Situation.MEETING_PLANNED}))
    assert [line.id for line in advice.lines[:2]] == ["emergency", "police"]


@pytest.mark.parametrize("audience", Audience)
def test_urgent_begins_with_the_emergency_number(audience):
    assert what_now(Level.URGENT, audience).lines[0].id == "emergency"
    assert what_now(Level.ATTEND, audience).lines[0].id != "emergency"


def test_when_nothing_can_be_said_a_young_person_reads_nothing_that_frightens():
    frightening = re.compile(
        r"gevaar|dood|dreig|misbruik|ernstig|bang|slachtoffer|schade|naakt|geweld|erger|gewond|urgent"
    )
    for level, country in product((None, Level.NONE), Country):
        assert frightening.findall(read_aloud(young(level, country=country)).lower()) == []
    assert frightening.findall(read_aloud(young(Level.URGENT)).lower()) != []


def test_the_advice_grows_with_the_level():
    counts = [len(young(level).do_now) for level in (Level.NONE, Level.ATTEND, Level.URGENT)]
    assert counts == sorted(counts)
    assert "danger_now" not in names(young(Level.CONCERN).do_now)
    assert "danger_now" in names(young(Level.URGENT).do_now)


# the parent and the professional


def test_a_parent_first_stays_calm_and_leaves_the_phone():
    first = names(what_now(Level.URGENT, Audience.PARENT).first_words)
    assert first == ["stay_calm", "leave_the_phone", "no_confrontation", "first_sentence"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_parent_looks_together_asks_three_questions_and_never_answers_for_the_child(level):
    advice = what_now(level, Audience.PARENT)
    assert {"look_together", "three_questions"} <= set(names(advice.do_now))
    assert {"no_search", "no_answering", "nothing_online"} <= set(names(advice.do_not))


def test_the_three_questions_are_three():
    assert words("advice.parent.three_questions", Language.NL).count("?") == 3


@pytest.mark.parametrize("level", [Level.ATTEND, Level.CONCERN, Level.URGENT])
def test_a_professional_in_the_netherlands_takes_the_five_steps_in_order(level):
    steps = names(what_now(level, Audience.PROFESSIONAL).do_now)
    assert [step for step in steps if step.startswith("step_")] == [f"step_{n}" for n in range(1, 6)]


def test_a_professional_in_belgium_is_not_given_the_dutch_reporting_code():
    steps = names(what_now(Level.URGENT, Audience.PROFESSIONAL, country=Country.BE).do_now)
    assert not any(step.startswith("step_") for step in steps)
    assert {"facts_be", "advice_be", "own_protocol"} <= set(steps)


def test_exploitation_leads_a_professional_to_comensha_and_nobody_else():
    situation = frozenset({Situation.THIRD_PARTY_OR_EXPLOITATION})
    for audience in Audience:
        ids = {line.id for line in what_now(Level.CONCERN, audience, situation).lines}
        assert ("comensha" in ids) == (audience is Audience.PROFESSIONAL)


def test_a_professional_is_told_not_to_investigate_and_not_to_inform_parents_by_habit():
    advice = what_now(None, Audience.PROFESSIONAL)
    assert {"no_investigating", "no_informing"} <= set(names(advice.do_not))


def test_before_choosing_a_file_a_parent_and_a_professional_read_to_look_together():
    for audience in (Audience.PARENT, Audience.PROFESSIONAL):
        assert names(before_reading(audience))[0] == "look_together"
    assert before_reading(Audience.YOUNG_PERSON) == ()


# words

NEVER = {
    Audience.YOUNG_PERSON: (
        r"loverboy|dader|slachtoffer|aangifte|strafbaar|delict|misdrijf|minderjarig|groom|sextortion|verdachte"
        r"|offender|perpetrator|victim|criminal|illegal|suspect|underage"
        r"|waarom heb je|waarom deed|had je|dom\b|eigen schuld|why did you|should have|stupid|je moet je|must tell"
        r"|\b(je )?(ouders|vader|moeder)\b|\b(parents|mother|father)\b"
    ),
    Audience.PARENT: r"loverboy|dader|slachtoffer|offender|perpetrator|victim|had je|eigen schuld|should have",
    Audience.PROFESSIONAL: r"loverboy|dader|slachtoffer|offender|perpetrator|victim",
}
PROMISE = re.compile(
    r"niet online (gezet|komen)|(zullen|zal|gaan|gaat) (het |dit |ze )?niet|komt goed|beloven"
    r"|will not (publish|share|post|put)|won't|never happen|will be fine|we promise|is het veilig\b|you are safe"
)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", SPOKEN)
def test_no_word_that_blames_labels_or_promises(key, language):
    text = say(key, language).lower()
    assert re.findall(NEVER[Audience(key.split(".")[1])], text) == []
    assert PROMISE.findall(text) == []


def test_the_list_of_words_would_catch_them():
    assert re.search(NEVER[Audience.YOUNG_PERSON], "vertel het aan je ouders")
    assert re.search(NEVER[Audience.YOUNG_PERSON], "de dader liegt")
    assert PROMISE.search("ze zullen het niet online zetten")
    assert PROMISE.search("it will be fine")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", [key for key in keys() if key.startswith("advice.")])
def test_no_number_or_address_is_typed_in_a_text(key, language):
    text = re.sub(r"\{[^}]*\}", "", say(key, language))
    assert re.findall(r"\d[\d -]*\d|\w\.(?:nl|be|org|com|eu)\b", text) == []


@pytest.mark.parametrize("key", SPOKEN)
def test_dutch_and_english_name_the_same_lines_and_leave_no_place_open(key):
    named = [[name for _, name, _, _ in string.Formatter().parse(say(key, language)) if name] for language in Language]
    assert named[0] == named[1]
    assert all("{" not in words(key, language) for language in Language)


@pytest.mark.parametrize("key", SPOKEN)
def test_a_named_line_is_for_the_reader_of_that_text(key):
    audience = Audience(key.split(".")[1])
    assert all(audience in lines()[name].audiences for name in places(key))


def test_every_text_is_said_to_somebody_and_every_row_has_its_text():
    said = {key for case in CASES for key in spoken(what_now(*case))}
    said |= {key for audience in Audience for key in before_reading(audience)}
    assert said == set(SPOKEN)


def test_every_called_line_is_for_that_reader():
    wrong = [
        (audience, row["call"])
        for audience in Audience
        for row in TABLE[audience]["lines"]
        if audience not in lines()[row["call"]].audiences
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "row",
    [
        {"say": "x", "when": {"level": ["severe"]}},
        {"say": "x", "when": {"situation": ["sad"]}},
        {"say": "x", "when": {"weather": ["rain"]}},
        {"say": "x", "if": {}},
        {"when": {}},
    ],
)
def test_a_row_with_a_word_we_do_not_know_is_refused(row):
    with pytest.raises((ValueError, KeyError)):
        _row(row)
