"""What the script of a young person's page speaks is as described, and whatever else comes is refused in few words."""

from __future__ import annotations

import json
import uuid

import pytest
from young import Young

from described import (
    KEPT,
    METHODS,
    RIGHT,
    WRONG_SHAPES,
    WRONG_TYPES,
    each_anew,
    fits,
    is_short,
    patient,
    tell_nothing,
    tried,
    what_is_logged,
)
from scherp.web.helpchat.seats import COOKIE
from scherp.web.stores import LINE
from scherp.web.talks import actions

pytestmark = pytest.mark.django_db(databases=[LINE])
ADDRESSES = tried("helpchat")
FORM = "application/x-www-form-urlencoded"
MESSAGE, DECISION, NEWS = "gesprek/bericht/", "gesprek/keuze/", "gesprek/nieuws/"


@ADDRESSES.parametrize()
@patient
def test_whatever_a_seated_young_person_sends_is_answered_as_described(case, mus):
    if "X-Form" in (case.headers or {}):
        case.headers["X-Form"] = mus.token
    with each_anew(LINE), what_is_logged() as log:
        answer = case.call_and_validate(cookies={COOKIE: mus.browser.cookies[COOKIE].value})
        tell_nothing(case, answer, log)


@ADDRESSES.parametrize()
@patient
def test_whatever_a_stranger_sends_is_refused_as_described(case, mus):
    with each_anew(LINE), what_is_logged() as log:
        answer = case.call_and_validate()
        tell_nothing(case, answer, log)
    assert answer.status_code in {403, 404, 405, 415}
    assert mus.talk.messages.count() == 1


@pytest.mark.django_db(databases=[LINE], transaction=True)
def test_a_stream_tells_what_asking_at_once_tells(mus):
    mus.send(KEPT)
    actions.end(talk=mus.talk)
    answer = mus.get(NEWS, accept="text/event-stream")
    stream = b"".join(answer.streaming_content).decode()
    answer.close()
    events = [dict(line.split(": ", 1) for line in one.split("\n")) for one in stream.strip().split("\n\n")[1:]]
    told = [{"place": one["id"], "name": one["event"], "data": json.loads(one["data"])} for one in events]
    assert all(fits("helpchat", "Told", one) for one in told)
    assert [one["name"] for one in told] == ["message"] * 3 + ["state"]
    assert told == mus.news()["told"]


def test_a_seat_that_is_gone_is_told_so_as_described(mus):
    from functools import partial

    from scherp.texts import Language
    from scherp.web.helpchat.news import news_for

    told = partial(news_for, "no seat", Language.NL)
    for place in ("", "1.2.abc", "1.2.\nevent: x", "\n"):
        (one,) = told(place).told
        assert fits("helpchat", "Told", one._asdict())


@pytest.mark.parametrize("place", ["1.1.\ndata: x", "1.1.é", f"1.{'9' * 50}.", "1.-1.", "٣.٤.", "x" * 50_000, "\0"])
def test_a_place_that_means_nothing_is_never_told_again(mus, place):
    answer = mus.browser.get(mus.at(NEWS), {"na": place})
    assert answer.status_code == 200
    assert fits("helpchat", "News", answer.json())


# What is wrong


def send(young, body, form=None, kind="application/json", path=MESSAGE):
    headers = {"x-form": young.token if form is None else form}
    return young.browser.generic("POST", young.at(path), body, content_type=kind, headers=headers)


@pytest.mark.parametrize("shape", WRONG_SHAPES)
def test_a_message_of_another_shape_is_refused_and_nothing_is_said(mus, shape):
    with what_is_logged() as log:
        answer = send(mus, WRONG_SHAPES[shape])
    assert (answer.status_code, answer.json()) == (400, {"refused": "unreadable"})
    assert (mus.talk.messages.count(), log.lines) == (1, [])


@pytest.mark.parametrize("shape", WRONG_SHAPES)
def test_a_stranger_s_message_of_any_shape_is_refused(mus, stranger, shape):
    with what_is_logged() as log:
        answer = send(stranger, WRONG_SHAPES[shape])
    assert answer.status_code == 403
    assert KEPT not in answer.content.decode()
    assert (mus.talk.messages.count(), log.lines) == (1, [])


def with_a_session_of_the_desk():
    sam = Young("192.0.2.50")
    sam.browser.cookies["scherp_staff"] = sam.browser.cookies["__Host-scherp_staff"] = "a" * 32
    return sam


@pytest.mark.parametrize("path", [MESSAGE, DECISION])
@pytest.mark.parametrize("who", ["counsellor", "stranger", "pim"])
def test_who_does_not_sit_here_says_and_decides_nothing(request, mus, who, path):
    # Given a counsellor's session of the other site, nobody's, and Pim's seat with the token of Mus
    asks = with_a_session_of_the_desk() if who == "counsellor" else request.getfixturevalue(who)
    for body, kind in ((RIGHT, "application/json"), ("what=end", FORM)):
        answer = send(asks, body, mus.token, kind, path)
        assert answer.status_code == 403
        assert KEPT not in answer.content.decode()
    assert mus.talk.messages.count() == 1
    assert mus.talk.goes_on


def test_more_than_a_page_ever_sends_is_refused(mus):
    words = json.dumps({"key": str(uuid.uuid4()), "words": KEPT * 6000})
    with what_is_logged() as log:
        for answer in (send(mus, words), send(mus, f"what={KEPT * 6000}", kind=FORM, path=DECISION)):
            assert (answer.status_code, answer.content) == (400, b"400\n")
    assert KEPT not in log
    assert mus.talk.messages.count() == 1


@pytest.mark.parametrize("kind", WRONG_TYPES)
def test_what_is_not_sent_in_the_form_of_the_address_is_refused(mus, kind):
    for answer in (send(mus, RIGHT, kind=kind), send(mus, "what=end", kind=kind, path=DECISION)):
        assert (answer.status_code, answer.content) == (415, b"415\n")
    assert send(mus, "words=hoi", kind=FORM).status_code == 415
    assert send(mus, RIGHT, path=DECISION).status_code == 415
    assert (mus.talk.messages.count(), mus.talk.goes_on) == (1, True)


@pytest.mark.parametrize("what", ["&", "what=", "what=erase", f"what={KEPT}", "what=%00", "what=%FF%FE"])
def test_a_decision_that_there_is_not_is_refused(mus, what):
    answer = send(mus, what, kind=FORM, path=DECISION)
    assert (answer.status_code, answer.json()) == (400, {"refused": "unreadable"})


@pytest.mark.parametrize("path", [MESSAGE, DECISION, NEWS])
def test_in_another_way_than_described_nothing_is_answered(mus, stranger, path):
    for who in (mus, stranger):
        for method in (METHODS - {"get"} | {"post"}) if path == NEWS else METHODS:
            headers = {"x-form": mus.token}
            answer = who.browser.generic(method.upper(), mus.at(path), RIGHT, "application/json", headers=headers)
            assert (answer.status_code, is_short(answer)) == (405, True)


@pytest.mark.parametrize("origin", ["http://[", "null", "", "http://elsewhere.example", "http://localhost.example"])
def test_a_page_that_is_not_ours_sends_nothing_whatever_it_calls_itself(mus, origin):
    headers = {"x-form": mus.token, "origin": origin}
    answer = mus.browser.post(mus.at(MESSAGE), RIGHT, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.content) == (403, b"403\n")


def test_half_a_character_is_said_as_a_mark_and_a_whole_one_as_it_is(mus):
    sent = RIGHT.replace(KEPT, r"hoi \ud83d en \ud83d\ude00")
    assert send(mus, sent).status_code == 200
    assert [message.words for message in mus.talk.messages.all()][-1] == "hoi \ufffd en \U0001f600"
