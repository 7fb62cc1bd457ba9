"""What the scripts of the desk's pages speak is as described, and whatever else comes is refused in few words."""

from __future__ import annotations

import json
import uuid

import pytest
from desk_people import SECRET, said, taken
from django.conf import settings
from django.test import Client
from django.urls import reverse
from schemathesis.specs.openapi.checks import unsupported_method

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
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
ADDRESSES = tried("desk")
NEWS = reverse("desk-news")
SESSION, FORM_COOKIE, TOKEN = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "a" * 32


@pytest.fixture
def mus(fenna):
    """Mus, in a talk with Fenna."""
    return taken(fenna)


def at(talk):
    return reverse("desk-say", args=[talk.pk])


def with_tokens(case, talk):
    """Give the token of a form, and mostly the talk that there is, where the case brings any of that kind."""
    if "X-CSRFToken" in (case.headers or {}):
        case.headers["X-CSRFToken"] = TOKEN
    if isinstance(case.body, dict) and "words" in case.body:
        case.path_parameters["talk"] = str(talk.pk)


@ADDRESSES.parametrize()
@patient
def test_whatever_a_signed_in_counsellor_sends_is_answered_as_described(case, signed_in, fenna, mus):
    with_tokens(case, mus)
    with each_anew(STAFF, LINE), what_is_logged() as log:
        session = signed_in(fenna).cookies[SESSION].value
        answer = case.call_and_validate(cookies={SESSION: session, FORM_COOKIE: TOKEN})
        tell_nothing(case, answer, log)


@ADDRESSES.parametrize()
@patient
def test_whatever_a_stranger_sends_is_refused_as_described(case, mus):
    with_tokens(case, mus)
    with each_anew(STAFF, LINE), what_is_logged() as log:
        # A page that is asked for leads to the door, whatever there would be behind it.
        answer = case.call_and_validate(cookies={FORM_COOKIE: TOKEN}, excluded_checks=[unsupported_method])
        tell_nothing(case, answer, log)
    assert answer.status_code in {302, 400, 403, 404, 405}
    assert SECRET not in answer.content.decode()
    assert KEPT not in said(mus)


def test_everything_that_is_told_is_as_described(signed_in, fenna, bram, mus):
    # Given a talk of hers, one that was never hers, and one that is over
    browser, other, over = signed_in(fenna), taken(bram), taken(fenna, nickname="Pim")
    talks.end(talk=over)
    place = f"{mus.pk.hex}:0,{other.pk.hex}:0,{over.pk.hex}:0"
    for show in ({}, {"show": "board"}, {"show": str(mus.pk)}, {"show": str(mus.pk), "words": "no"}, {"show": SECRET}):
        found = browser.get(NEWS, {"na": place} | show).json()
        assert found["told"]
        assert fits("desk", "News", found)


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_a_stream_tells_what_asking_at_once_tells(signed_in, fenna, mus):
    browser = signed_in(fenna)
    told = browser.get(NEWS).json()["told"]
    answer = browser.get(NEWS, headers={"accept": "text/event-stream"})
    events = []
    for chunk in answer.streaming_content:
        fields = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n"))
        if "event" in fields:
            events.append({"place": fields["id"], "name": fields["event"], "data": json.loads(fields["data"])})
        if len(events) == len(told):
            break
    answer.close()
    assert [(one["place"], one["name"]) for one in events] == [(one["place"], one["name"]) for one in told]
    assert events[:3] == told[:3]  # what was said; the forms of a part carry a token that is masked each time
    assert all(fits("desk", "Told", one) for one in events)


@pytest.mark.parametrize("place", ["board:\ndata: x", "board:é", "٣:٤", f"{uuid.UUID(int=1)}:٤", "x" * 50_000, "\0"])
def test_a_place_that_means_nothing_is_never_told_again(signed_in, fenna, mus, place):
    answer = signed_in(fenna).get(NEWS, {"na": place, "show": place})
    assert answer.status_code == 200
    assert fits("desk", "News", answer.json())


# What is wrong


def send(browser, talk, body, kind="application/json"):
    return browser.generic("POST", at(talk), body, content_type=kind)


@pytest.mark.parametrize("shape", WRONG_SHAPES)
def test_a_message_of_another_shape_is_refused_and_nothing_is_said(signed_in, fenna, mus, shape):
    before = said(mus)
    with what_is_logged() as log:
        answer = send(signed_in(fenna), mus, WRONG_SHAPES[shape])
    assert answer.status_code == 400
    assert fits("desk", "Refused", answer.json())
    assert is_short(answer)
    assert (said(mus), log.lines) == (before, [])


@pytest.mark.parametrize("shape", [*WRONG_SHAPES, "right"])
@pytest.mark.parametrize("who", ["stranger", "young person", "bram", "ans"])
def test_whose_talk_it_is_not_says_nothing_in_any_shape(request, signed_in, mus, who, shape):
    # Given nobody, a young person's seat at the other site, a colleague, and an administrator
    if who in {"bram", "ans"}:
        browser = signed_in(request.getfixturevalue(who))
    else:
        browser = request.getfixturevalue("stranger")
        browser.cookies["plek"] = "a" * 43 if who == "young person" else ""
    before = said(mus)
    with what_is_logged() as log:
        answer = send(browser, mus, (WRONG_SHAPES | {"right": RIGHT})[shape])
    assert answer.status_code == (404 if who == "bram" else 403)
    assert KEPT not in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert (said(mus), log.lines) == (before, [])


def test_more_than_a_page_ever_sends_is_refused(signed_in, fenna, mus):
    before = said(mus)
    with what_is_logged() as log:
        answer = send(signed_in(fenna), mus, json.dumps({"key": str(uuid.uuid4()), "words": KEPT * 250_000}))
    assert (answer.status_code, answer.content) == (400, b"400\n")
    assert KEPT not in log
    assert said(mus) == before


@pytest.mark.parametrize("kind", WRONG_TYPES[:-1])
def test_what_is_not_sent_in_a_form_of_the_address_is_refused(signed_in, fenna, mus, kind):
    before = said(mus)
    answer = send(signed_in(fenna), mus, RIGHT, kind)
    assert (answer.status_code, answer.content) == (415, b"415\n")
    assert said(mus) == before


def test_in_another_way_than_described_nothing_is_answered(signed_in, fenna, mus):
    browser, before = signed_in(fenna), said(mus)
    for path, methods in ((at(mus), METHODS), (NEWS, METHODS - {"get"} | {"post"})):
        for method in methods:
            answer = browser.generic(method.upper(), path, RIGHT, content_type="application/json")
            assert (answer.status_code, is_short(answer)) == (405, True)
    assert said(mus) == before


def test_what_is_not_sent_by_a_page_of_ours_is_refused(fenna, mus):
    from conftest import shown

    browser = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    browser.force_login(fenna)
    shown(browser, fenna)
    for headers in ({}, {"origin": "http://["}, {"x-csrftoken": TOKEN}, {"x-csrftoken": "é", "origin": "null"}):
        answer = browser.post(at(mus), RIGHT, content_type="application/json", headers=headers)
        assert answer.status_code == 403
        assert KEPT not in answer.content.decode()


@pytest.mark.parametrize("session", ['"abcdefgh\\000"', "x", "é" * 20, "a" * 5000, "../../../etc"])
def test_a_session_that_there_is_not_is_nobody_s(stranger, session):
    with what_is_logged() as log:
        answer = stranger.get(NEWS, headers={"accept": "application/json", "cookie": f"{SESSION}={session}"})
    assert (answer.status_code, log.lines) == (403, [])


def test_half_a_character_is_said_as_a_mark_and_a_whole_one_as_it_is(signed_in, fenna, mus):
    sent = RIGHT.replace(KEPT, r"hoi \ud83d en \ud83d\ude00")
    assert send(signed_in(fenna), mus, sent).status_code == 201
    assert said(mus)[-1] == "hoi \ufffd en \U0001f600"
