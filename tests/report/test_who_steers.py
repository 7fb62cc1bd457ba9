"""Who steers is said flatly only where signs alone would warn: learned words can be wrong."""

from __future__ import annotations

import pytest
from made_by_hand import as_words, chat, found

from scherp.advice import Audience
from scherp.conversation import Level
from scherp.report.explanation import explain
from scherp.report.view import View
from scherp.scoring import signs_alone_reach
from scherp.texts import Language

FLATLY = {Language.NL: "Kim stuurt dit gesprek.", Language.EN: "Kim steers this conversation."}
SEEMS = {Language.NL: "Kim lijkt dit gesprek te sturen.", Language.EN: "Kim seems to steer this conversation."}
UNSURE = {
    Language.NL: "Als iemand dit gesprek stuurt, dan is het Kim.",
    Language.EN: "If somebody steers this conversation, it is Kim.",
}
FORCES = (
    "vertel dit aan niemand, ons geheim", "stuur eens een foto van jezelf", "anders stuur ik alles door naar je klas",
    "je hebt tien minuten, anders stuur ik het door aan je ouders", "leest je moeder je appjes eigenlijk",
    "betaal me nu of ik stuur alles door", "ik haal je op, zeg maar dat je bij een vriendin slaapt",
)  # fmt: skip


def between_kim_and_lotte(*texts):
    return chat(*((who, text) for said in texts for who, text in (("Kim", said), ("Lotte", "nee, stop"))))


def who(conversation, level, language, audience=Audience.YOUNG_PERSON, child=None):
    scored = found(conversation, ("age_question", 0), steering="Kim", level=level)
    return explain(conversation, scored, View(audience, language, child)).who


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("level", [Level.CONCERN, Level.URGENT])
@pytest.mark.parametrize(("audience", "child"), [(a, "Lotte" if a is Audience.PARENT else None) for a in Audience])
def test_where_signs_alone_would_not_warn_somebody_only_seems_to_steer(level, language, audience, child):
    # Given a warning over a conversation of one weak sign, Then it says to whom it points, and that it is not sure
    lunch = between_kim_and_lotte("hoe oud ben je", "zelfde", "tot morgen")
    assert who(lunch, level, language, audience, child) == SEEMS[language]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("level", [Level.CONCERN, Level.URGENT])
def test_where_signs_alone_would_warn_it_is_said_flatly(level, language):
    assert who(between_kim_and_lotte(*FORCES), level, language) == FLATLY[language]


@pytest.mark.parametrize("language", Language)
def test_below_a_warning_it_stays_an_if_however_clear_the_signs(language):
    assert who(between_kim_and_lotte(*FORCES), Level.ATTEND, language) == UNSURE[language]


def test_what_the_other_shows_does_not_make_it_sure():
    forced_by_lotte = chat(*((name, text) for text in FORCES for name, text in (("Lotte", text), ("Kim", "nee"))))
    assert signs_alone_reach(Level.CONCERN, forced_by_lotte, "Lotte")
    assert not signs_alone_reach(Level.CONCERN, forced_by_lotte, "Kim")


def test_nobody_who_wrote_nothing_reaches_anything():
    assert not signs_alone_reach(Level.ATTEND, chat(("Kim", "hoi")), "Noor")
    assert not signs_alone_reach(Level.ATTEND, chat(), None)


@pytest.mark.parametrize(("level", "compared"), [(Level.ATTEND, False), (Level.CONCERN, True), (Level.URGENT, True)])
@pytest.mark.parametrize("language", Language)
def test_how_fast_it_went_is_held_against_what_is_usual_only_in_a_warning(level, compared, language):
    conversation = between_kim_and_lotte("stuur eens een foto")
    scored = found(conversation, ("image_request", 0), steering="Kim", level=level, tempo=3.0)
    words = as_words(explain(conversation, scored, View(Audience.YOUNG_PERSON, language)))
    assert ("3 uur" if language is Language.NL else "3 hours") in words
    assert (("twee dagen" if language is Language.NL else "two days") in words) is compared
