"""In a talk: who sits there may, who sits elsewhere or nowhere may not, and what is typed is never lost."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from scherp.web.audit.models import Event
from scherp.web.stores import LINE
from scherp.web.talks import actions
from scherp.web.talks.actions import Counsellor
from scherp.web.talks.models import WORDS_LENGTH, Message, Seat, State, Talk, Writer

pytestmark = pytest.mark.django_db(databases=[LINE])

SAM = Counsellor(uuid.uuid4(), "Sam")
NOOR = Counsellor(uuid.uuid4(), "Noor")
READ = ["gesprek/", "gesprek/lezen/", "gesprek/nieuws/", "gesprek/wissen/"]
DONE = ["gesprek/", "gesprek/bericht/", "gesprek/keuze/", "gesprek/woorden/", "gesprek/wissen/"]


def said(talk):
    return [message.words or message.said for message in talk.messages.all()]


# Who may


@pytest.mark.parametrize("path", READ)
def test_who_sits_there_reads(mus, path):
    mus.send("mijn geheim")
    answer = mus.get(path)
    assert answer.status_code == 200
    assert ("mijn geheim" in answer.content.decode()) == (path != "gesprek/wissen/")


@pytest.mark.parametrize("path", READ)
def test_a_stranger_is_refused_and_told_how_to_begin(mus, stranger, path):
    mus.send("mijn geheim")
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "mijn geheim" not in answer.content.decode()
    assert "Begin een gesprek" in answer.content.decode()


@pytest.mark.parametrize("path", READ)
def test_who_finds_the_address_in_a_browser_that_was_left_sees_the_first_question_only(mus, path):
    mus.browser.get("/weg/")
    mus.browser.cookies.clear()  # as a browser does that was told to drop them
    answer = mus.get(path, accept="text/html,*/*")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nl/praten/")


@pytest.mark.parametrize("path", DONE)
def test_a_stranger_can_do_nothing(mus, stranger, path):
    talk = mus.talk
    assert stranger.post(path, what="end", words="hoi").status_code == 403
    assert (Talk.objects.get(pk=talk.pk).state, said(talk)) == (State.WAITING, ["welcome"])


@pytest.mark.parametrize("path", READ)
def test_who_sits_at_another_talk_reads_their_own(mus, pim, path):
    mus.send("mijn geheim")
    assert "mijn geheim" not in pim.get(path).content.decode()


def test_who_sits_at_another_talk_changes_nothing_here(mus, pim):
    talk = mus.talk
    pim.post("gesprek/", what="end")
    pim.post("gesprek/wissen/")
    assert Talk.objects.get(pk=talk.pk).state == State.WAITING


@pytest.mark.parametrize("path", DONE)
def test_a_form_without_the_token_of_the_seat_is_refused(mus, path):
    talk = mus.talk
    for told in ({"form": ""}, {"form": "0" * 64}, {}):
        answer = mus.browser.sends(mus.at(path), told | {"what": "end", "words": "hoi"})
        assert answer.status_code == 403
    assert (Talk.objects.get(pk=talk.pk).state, said(talk)) == (State.WAITING, ["welcome"])


def test_a_refusal_because_of_the_token_does_not_take_the_seat(mus):
    mus.browser.sends(mus.at("gesprek/"), {"what": "end"})
    assert mus.get("gesprek/").status_code == 200


@pytest.mark.parametrize("path", [*READ, *DONE])
@pytest.mark.parametrize("how", ["left", "erased", "lapsed", "taken"])
def test_after_leaving_erasing_lapsing_or_the_code_elsewhere_nothing_is_shown_or_done(mus, path, how):
    mus.send("mijn geheim")
    talk, form = mus.talk, mus.token
    cookies = mus.browser.cookies.copy()
    _end_seat(mus, talk, how)
    mus.browser.cookies = cookies  # a browser that did not forget
    for answer in (mus.get(path), mus.browser.sends(mus.at(path), {"form": form, "words": "hoi", "what": "end"})):
        assert answer.status_code in (403, 405)
        assert "mijn geheim" not in answer.content.decode()
    assert "hoi" not in said(talk)


def _end_seat(mus, talk, how):
    if how == "left":
        mus.browser.get("/weg/")
    elif how == "erased":
        mus.post("gesprek/wissen/")
    elif how == "lapsed":
        Seat.objects.update(taken_at=timezone.now() - timedelta(hours=13))
    else:
        actions.come_back(code=actions.give_code(talk=talk))


@pytest.mark.parametrize("path", READ)
def test_another_method_is_refused(mus, path):
    for method in ("put", "delete", "patch"):
        assert getattr(mus.browser, method)(mus.at(path)).status_code == 405


# Saying


def test_what_is_said_with_a_script_is_acknowledged_by_its_number(mus):
    answer = mus.send("Hoi")
    assert (answer.status_code, answer.json()) == (200, {"number": 2})
    assert said(mus.talk) == ["welcome", "Hoi"]


def test_sent_again_with_the_same_key_it_is_said_once(mus):
    key = uuid.uuid4()
    assert mus.send("Hoi", key).json() == mus.send("Hoi", key).json() == {"number": 2}
    assert said(mus.talk) == ["welcome", "Hoi"]


def test_a_key_of_another_talk_does_no_harm(mus, pim):
    key = uuid.uuid4()
    mus.send("van Mus", key)
    pim.send("van Pim", key)
    assert said(mus.talk)[-1] == "van Mus"
    assert said(pim.talk)[-1] == "van Pim"


def test_without_a_script_what_is_said_stands_on_the_page_that_comes(mus):
    answer = mus.post("gesprek/", what="say", words="eerste\r\ntweede", key=str(uuid.uuid4()))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/praten/gesprek/#typ")
    assert said(mus.talk)[-1] == "eerste\ntweede"


def test_the_same_form_sent_twice_is_said_once(mus):
    told = {"what": "say", "words": "Hoi", "key": str(uuid.uuid4())}
    mus.post("gesprek/", **told)
    mus.post("gesprek/", **told)
    assert said(mus.talk) == ["welcome", "Hoi"]


def test_looking_for_an_answer_keeps_what_was_being_typed(mus):
    page = mus.post("gesprek/", what="look", words="nog niet <klaar>").content.decode()
    assert "nog niet &lt;klaar&gt;</textarea>" in page
    assert said(mus.talk) == ["welcome"]


@pytest.mark.parametrize("what", ["transfer-yes", "share-no", "now", "unknown"])
def test_a_decision_keeps_what_was_being_typed_too(mus, what):
    assert "half af</textarea>" in mus.post("gesprek/", what=what, words="half af").content.decode()


@pytest.mark.parametrize(
    ("words", "problem"), [("", "Typ eerst iets"), ("   ", "Typ eerst iets"), ("x" * (WORDS_LENGTH + 1), "te lang")]
)
def test_what_cannot_be_said_is_told_kindly_and_kept(mus, words, problem):
    page = mus.post("gesprek/", what="say", words=words).content.decode()
    assert problem in page
    assert f"{words}</textarea>" in page
    assert mus.send(words).status_code == 422


@pytest.mark.parametrize("body", [b" ", b"[]", b"{}", b'{"key": "x", "words": "hoi"}', b"\xff", b'"text"'])
def test_what_is_no_message_is_refused(mus, body):
    answer = mus.browser.post(
        mus.at("gesprek/bericht/"), body, content_type="application/json", headers={"x-form": mus.token}
    )
    assert answer.status_code == 400
    assert said(mus.talk) == ["welcome"]


def test_more_than_anybody_types_in_a_minute_waits_and_nothing_already_said_is_refused(mus):
    key = uuid.uuid4()
    mus.send("eerste", key)
    for n in range(29):
        mus.send(str(n))
    assert mus.send("te snel").status_code == 429
    assert "Wacht een minuut" in mus.post("gesprek/", what="say", words="te snel").content.decode()
    assert mus.send("eerste", key).status_code == 200
    Message.objects.update(at=timezone.now() - timedelta(minutes=2))
    assert mus.send("te snel").status_code == 200


def test_what_looks_like_a_link_or_a_number_is_words_for_who_reads(mus):
    talk = mus.talk
    actions.take(talk=talk, by=SAM)
    words = "http://voorbeeld.nl <a href='x'>klik</a> 0612345678"
    actions.say(talk=talk, words=words, key=uuid.uuid4(), by=SAM)
    page = mus.get("gesprek/").content.decode()
    assert "http://voorbeeld.nl &lt;a href" in page
    assert "<a href='x'>" not in page
    assert "tel:0612345678" not in page


def test_in_each_language_the_line_s_own_texts_are_said_in_it(mus, pim):
    assert mus.sees("Fijn dat je er bent")
    assert pim.sees("Good that you are here")


def test_every_fixed_text_and_every_state_has_words(mus):
    talk = mus.talk
    actions.take(talk=talk, by=SAM)
    actions.ask_transfer(talk=talk, to=NOOR, by=SAM)
    actions.ask_to_share(talk=talk, by=SAM)
    actions.read_along(talk=talk, by=NOOR)
    page = mus.get("gesprek/").content.decode()
    for words in ("Sam is er nu", "Is het goed als Noor verder met je praat?", "Leest mee om te helpen"):
        assert words in page


# News


def test_news_goes_on_from_a_place_and_says_nothing_twice(mus):
    first = mus.news()
    mus.send("Hoi")
    after = mus.news(first["told"][-1]["place"])
    assert [one["data"]["words"] for one in after["told"]] == ["Hoi"]
    assert mus.news(after["told"][-1]["place"]) == {"told": [], "over": False}


def test_the_place_that_a_browser_names_itself_goes_before_the_address(mus):
    place = mus.news()["told"][-1]["place"]
    headers = {"accept": "application/json", "last-event-id": place}
    assert mus.get("gesprek/nieuws/?na=", **headers).json()["told"] == []


@pytest.mark.parametrize("place", ["x", "1", "1.2", "-1.0.a", "1.99999.a", "1" * 80 + ".1.a", "%00.1.a"])
def test_a_place_that_is_none_does_no_harm(mus, place):
    assert mus.news(place)["over"] is False


def test_how_the_talk_stands_is_news(mus):
    place = mus.news()["told"][-1]["place"]
    actions.take(talk=mus.talk, by=SAM)
    message, state = mus.news(place)["told"]
    assert (message["name"], message["data"]["words"]) == (
        "message",
        "Sam is er nu. Sam is een hulpverlener en een mens.",
    )
    assert (state["name"], state["data"]["with"], state["data"]["waiting"]) == ("state", "Sam", False)


def test_how_the_talk_stands_is_told_though_the_line_was_cut_before_it_and_more_was_said(mus):
    # Given a line cut between "Sam is here" and the state, When Sam says something first, Then the state still comes
    place = mus.news()["told"][-1]["place"]
    actions.take(talk=mus.talk, by=SAM)
    cut = mus.news(place)["told"][0]["place"]
    actions.say(talk=mus.talk, words="Hoi", key=uuid.uuid4(), by=SAM)
    message, state = mus.news(cut)["told"]
    assert message["data"]["words"] == "Hoi"
    assert state["data"]["with"] == "Sam"


def test_news_has_nothing_that_says_who_or_which_talk(mus):
    actions.take(talk=mus.talk, by=SAM)
    actions.say(talk=mus.talk, words="Hoi", key=uuid.uuid4(), by=SAM)
    told = json.dumps(mus.news())
    assert str(mus.talk.pk) not in told
    assert str(SAM.id) not in told


def test_what_was_said_before_comes_as_news_when_it_may_be_seen(mus):
    # Given Mus back with the code, When Sam has asked and shows it, Then the page is told all of it
    mus.send("van eerder")
    mus.browser.sends(mus.at("terug/woorden/"), {"screen": "no", "code": mus.code()})
    assert not mus.sees("van eerder")
    place = mus.news()["told"][-1]["place"]
    actions.take(talk=mus.talk, by=SAM)
    actions.ask_whether_safe(talk=mus.talk, by=SAM)
    actions.show_earlier(talk=mus.talk, by=SAM)
    told = [one["data"]["number"] for one in mus.news(place)["told"] if one["name"] == "message"]
    assert told == list(range(1, Talk.objects.get().last_number + 1))


def test_over_is_over(mus):
    actions.end(talk=mus.talk)
    assert mus.news()["over"] is True
    assert mus.send("nog iets").status_code == 409
    assert mus.sees("Wis dit gesprek")


def test_the_page_that_only_shows_is_renewed_while_the_talk_goes_on(mus):
    answer = mus.get("gesprek/lezen/")
    assert answer.headers["Refresh"] == "10"
    assert "<textarea" not in answer.content.decode()
    actions.end(talk=mus.talk)
    assert "Refresh" not in mus.get("gesprek/lezen/").headers


# Deciding


def test_who_is_asked_about_a_transfer_answers_by_a_button(mus):
    talk = mus.talk
    actions.take(talk=talk, by=SAM)
    asked = actions.ask_transfer(talk=talk, to=NOOR, by=SAM)
    assert mus.post("gesprek/keuze/", what="transfer-yes").status_code == 204
    asked.refresh_from_db()
    assert asked.young_agrees is True
    actions.answer_transfer(transfer=asked, agrees=True, by=NOOR)
    assert mus.sees("Noor")


def test_who_says_no_to_a_transfer_stays(mus):
    talk = mus.talk
    actions.take(talk=talk, by=SAM)
    actions.ask_transfer(talk=talk, to=NOOR, by=SAM)
    mus.post("gesprek/", what="transfer-no")
    assert said(talk)[-1] == "transfer-declined"
    assert Talk.objects.get().counsellor == SAM.id


def test_an_answer_to_nothing_changes_nothing(mus):
    for what in ("transfer-yes", "transfer-no", "share-no", "now"):
        assert mus.post("gesprek/keuze/", what=what).status_code == 204
    assert said(mus.talk) == ["welcome"]


def test_looking_together_is_asked_agreed_and_stopped(mus):
    talk = mus.talk
    actions.take(talk=talk, by=SAM)
    actions.ask_to_share(talk=talk, by=SAM)
    actions.ask_to_share(talk=talk, by=SAM)
    assert mus.news()["told"][-1]["data"]["share_asked"] is True
    mus.post("gesprek/keuze/", what="share-yes")
    assert Talk.objects.get().shared_consent_at
    mus.post("gesprek/keuze/", what="share-no")
    assert Talk.objects.get().shared_consent_at is None
    assert said(talk)[-3:] == ["share-asked", "consent-to-share", "sharing-stopped"]
    kinds = Event.objects.using(LINE).filter(kind__startswith="talk.consent").values_list("kind", flat=True)
    assert sorted(kinds) == ["talk.consent-ended", "talk.consent-to-share"]


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (
            "mus",
            ["Een computer zoekt er dan signalen in", "Niemand anders krijgt het", "Plak het hier", "Nee is ook goed"],
        ),
        ("pim", ["A computer then looks for signs in it", "Nobody else gets it", "Paste it here", "No is fine too"]),
    ],
)
def test_who_is_asked_to_look_together_reads_first_what_happens_with_it(request, who, told):
    young = request.getfixturevalue(who)
    actions.take(talk=young.talk, by=SAM)
    actions.ask_to_share(talk=young.talk, by=SAM)
    page = young.get("gesprek/").content.decode()
    assert [words for words in told if words not in page] == []


def test_a_no_to_looking_together_is_a_no(mus):
    actions.take(talk=mus.talk, by=SAM)
    actions.ask_to_share(talk=mus.talk, by=SAM)
    mus.post("gesprek/keuze/", what="share-no")
    assert said(mus.talk)[-1] == "share-refused"


def test_only_its_own_counsellor_asks_to_look_together(mus):
    actions.take(talk=mus.talk, by=SAM)
    with pytest.raises(actions.NotTheirTalk):
        actions.ask_to_share(talk=mus.talk, by=NOOR)


def test_consent_does_not_outlive_the_seat_that_gave_it(mus):
    mus.post("gesprek/keuze/", what="share-yes")
    mus.browser.sends(mus.at("terug/woorden/"), {"screen": "no", "code": mus.code()})
    assert Talk.objects.get().shared_consent_at is None


def test_the_talk_ends_by_a_button(mus):
    mus.post("gesprek/", what="end", words="")
    assert Talk.objects.get().state == State.ENDED


# Leaving and erasing


def test_leaving_ends_the_seat_and_says_so_to_the_counsellor_only(mus):
    talk = mus.talk
    answer = mus.browser.get("/weg/")
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"]
    assert not [cookie for cookie in answer.cookies.values() if cookie.value]
    assert talk.seats.get().left_at is not None
    assert said(talk)[-1] == "left"


def test_before_erasing_it_says_what_goes_and_what_stays(mus):
    page = mus.get("gesprek/wissen/").content.decode()
    assert "Dit gaat weg" in page
    goes, _, stays = page.partition("Dit blijft")
    assert "wat de hulpverlener bij dit gesprek opschreef" in goes
    assert "in een verslag (een casus) heeft gezet" in stays
    assert Talk.objects.get().state == State.WAITING


def test_erasing_leaves_nothing_that_was_said_and_no_cookie(mus):
    mus.send("mijn geheim")
    answer = mus.post("gesprek/wissen/")
    talk = Talk.objects.get()
    assert (talk.state, talk.key, talk.told, talk.from_hash, talk.messages.count()) == (State.ERASED, None, None, "", 0)
    assert not [cookie for cookie in answer.cookies.values() if cookie.value]


def test_the_line_never_writes_but_its_fixed_texts(mus):
    mus.post("gesprek/woorden/")
    mus.post("gesprek/keuze/", what="share-yes")
    assert {message.writer for message in mus.talk.messages.all()} == {Writer.FIXED}
    assert all(message.words is None for message in mus.talk.messages.all())


# Coming back


def test_the_four_words_are_shown_once_and_kept_as_a_hash(mus):
    code = mus.code()
    assert len(code.split()) == 4
    assert Talk.objects.get().return_hash not in ("", code)
    assert not mus.sees(code)


def test_back_from_the_four_words_what_was_being_typed_is_still_there(mus):
    page = mus.post("gesprek/woorden/", words="half af").content.decode()
    assert '<input type="hidden" name="words" value="half af">' in page


@pytest.mark.parametrize("typed", ["{0} {1} {2} {3}", " {0}-{1}, {2}   {3} ", "{0}x {1} {2} {3}"])
def test_with_the_four_words_one_comes_back_on_another_device(mus, stranger, typed):
    # Given Mus's words typed as people type, When they come back, Then the first browser loses the seat
    code = mus.code().upper() if typed.startswith(" ") else mus.code()
    answer = stranger.browser.sends(
        stranger.at("terug/woorden/"), {"screen": "no", "code": typed.format(*code.split())}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/praten/gesprek/")
    assert stranger.sees("Terug met de vier woorden")
    assert mus.get("gesprek/").status_code == 403


def test_the_first_question_comes_before_the_words(mus, stranger):
    code = mus.code()
    assert "Kan iemand anders" in stranger.get("terug/").content.decode()
    stranger.browser.sends(stranger.at("terug/woorden/"), {"code": code})
    assert stranger.get("gesprek/").status_code == 403


@pytest.mark.parametrize("code", ["", "een", "niet een code hier", "a b c d e", "x" * 120])
def test_words_that_fit_nothing_open_nothing(mus, stranger, code):
    answer = stranger.browser.sends(stranger.at("terug/woorden/"), {"screen": "no", "code": code})
    assert answer.status_code == 422
    assert "passen nergens bij" in answer.content.decode()
    assert not answer.cookies


def test_words_that_lapsed_open_nothing(mus, stranger):
    code = mus.code()
    Talk.objects.update(return_until=timezone.now() - timedelta(seconds=1))
    answer = stranger.browser.sends(stranger.at("terug/woorden/"), {"screen": "no", "code": code})
    assert answer.status_code == 422


def test_who_left_a_message_for_later_waits_once_back(open_line):
    from young import Young

    from scherp.texts import Language
    from scherp.web.talks.opening import Opening

    talk, _secret = actions.open_talk(language=Language.NL, opening=Opening(), later=True)
    back = Young()
    back.browser.sends(back.at("terug/woorden/"), {"screen": "no", "code": actions.give_code(talk=talk)})
    assert Talk.objects.get().state == State.WAITING


def test_a_counsellor_may_take_what_was_left_for_later(open_line):
    from scherp.texts import Language
    from scherp.web.talks.opening import Opening

    talk, _secret = actions.open_talk(language=Language.NL, opening=Opening(), later=True)
    assert actions.take(talk=talk, by=SAM).state == State.TALKING
