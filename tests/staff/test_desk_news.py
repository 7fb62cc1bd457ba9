"""What is new reaches who may have it: nothing lost, nothing twice, in order, whatever the line does."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta

import pytest
from desk_people import SECRET, counsellor, said, taken, waiting
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from scherp.web.audit.models import Event
from scherp.web.desk import actions as desk
from scherp.web.desk import news as desk_news
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.models import Message, Talk, Writer

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


def news(browser, after="", **show):
    found = browser.get(reverse("desk-news"), {"na": after} | show).json()["told"]
    return found, (found[-1]["place"] if found else after)


STREAM = {"accept": "text/event-stream"}


def gone(found):
    return {one["data"]["talk"] for one in found if one["data"].get("gone")}


def messages(found):
    return [one["data"] for one in found if one["name"] == "message"]


def test_a_page_that_asks_gets_each_message_of_each_own_talk_once_and_in_order(signed_in, fenna):
    browser, mus, pim = signed_in(fenna), taken(fenna), taken(fenna, nickname="Pim")
    found, place = news(browser)
    for talk in (mus, pim):
        told = [one for one in messages(found) if one["talk"] == str(talk.pk)]
        assert [one["number"] for one in told] == [1, 2, 3]
    assert messages(news(browser, place)[0]) == []
    talks.say(talk=pim, words="Ben je er nog?", key=uuid.uuid4())
    assert [(one["name"], one["words"]) for one in messages(news(browser, place)[0])] == [("Pim", "Ben je er nog?")]


def test_cut_anywhere_the_line_loses_nothing_and_tells_nothing_twice(signed_in, fenna):
    # Given two talks with messages, When the page comes back at the place of any event, Then it gets just the rest
    browser, talks_of_hers = signed_in(fenna), [taken(fenna), taken(fenna)]
    for number in range(3):
        for talk in talks_of_hers:
            talks.say(talk=talk, words=f"bericht {number}", key=uuid.uuid4())
    whole, _place = news(browser)
    for cut in range(len(whole)):
        rest = news(browser, whole[cut]["place"])[0]
        assert messages(whole[: cut + 1]) + messages(rest) == messages(whole)


def test_the_board_is_told_when_it_changed_and_only_then(signed_in, fenna):
    browser = signed_in(fenna)
    found, place = news(browser)
    assert [one["name"] for one in found] == ["state"]
    assert news(browser, place)[0] == []
    waiting()
    changed = news(browser, place)[0]
    assert [one["name"] for one in changed] == ["state"]
    assert SECRET not in json.dumps(changed)


def test_another_s_talk_is_told_to_nobody_whatever_place_is_asked_for(signed_in, fenna, bram, soraya):
    talk = taken(fenna)
    for who in (bram, soraya):
        found, _place = news(signed_in(who), f"{talk.pk.hex}:0")
        assert messages(found) == []
        assert gone(found) == {str(talk.pk)}
        assert Event.objects.using(LINE).filter(kind="talk.refused", by=f"staff:{who.pk}").count() == 1


def test_a_talk_that_was_handed_over_or_erased_is_taken_from_the_page(signed_in, fenna, bram):
    browser, given, erased = signed_in(fenna), taken(fenna), taken(fenna)
    _found, place = news(browser)
    asked = talks.ask_transfer(talk=given, to=counsellor(bram), by=counsellor(fenna))
    talks.answer_transfer(transfer=asked, agrees=True)
    desk.accept(transfer=asked, by=bram)
    talks.erase(talk=erased, by=talks.young(erased))
    found, _place = news(browser, place)
    assert gone(found) == {str(given.pk), str(erased.pk)}
    assert messages(found) == []


def test_the_end_by_the_young_person_reaches_the_page(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    _found, place = news(browser)
    talks.end(talk=talk)
    assert [one["number"] for one in messages(news(browser, place)[0])] == [4]


def test_a_page_is_told_what_is_said_in_the_talk_that_it_shows_and_nothing_of_another(signed_in, fenna):
    browser, mus, pim = signed_in(fenna), taken(fenna), taken(fenna, nickname="Pim")
    assert {one["talk"] for one in messages(news(browser, show=str(mus.pk))[0])} == {str(mus.pk)}
    assert messages(news(browser, show="board")[0]) == []
    read = Event.objects.using(LINE).filter(kind="talk.read")
    assert list(read.values_list("about", flat=True)) == [f"talk:{mus.pk}"]
    assert pim.pk != mus.pk


def test_a_page_beside_the_talk_hears_how_it_stands_and_no_words(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    found, place = news(browser, f"{talk.pk.hex}:0", show=str(talk.pk), words="no")
    assert (messages(found), found[-1]["data"]["sharing"]) == ([], False)
    assert not Event.objects.using(LINE).filter(kind="talk.read").exists()
    talks.consent_to_share(talk=talk)
    assert news(browser, place, show=str(talk.pk), words="no")[0][-1]["data"]["sharing"]
    talks.erase(talk=talk, by=talks.young(talk))
    assert gone(news(browser, place, show=str(talk.pk), words="no")[0]) == {str(talk.pk)}


def test_what_stands_beside_the_talk_is_told_when_it_changes(signed_in, fenna, soraya):
    browser, talk = signed_in(fenna), taken(fenna)
    _found, place = news(browser, show=str(talk.pk))
    talks.read_along(talk=talk, by=counsellor(soraya))
    told = news(browser, place, show=str(talk.pk))[0][-1]["data"]
    assert "Soraya leest mee" in told["parts"]["status"]
    assert (told["open"], told["ended"]) == (True, False)
    talks.end(talk=talk)
    assert news(browser, place, show=str(talk.pk))[0][-1]["data"]["ended"]


@pytest.mark.parametrize(
    "place", ["x", "x:1", ":", "board:", f"{uuid.UUID(int=7).hex}:9", "a" * 5000, f"{uuid.UUID(int=7)}:-1"]
)
def test_a_place_that_means_nothing_is_the_beginning(signed_in, fenna, place):
    taken(fenna)
    assert len(messages(news(signed_in(fenna), place)[0])) == 3


def test_each_telling_of_what_was_said_is_on_record_and_an_empty_one_is_not(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    read = Event.objects.using(LINE).filter(kind="talk.read", about=f"talk:{talk.pk}")
    _found, place = news(browser)
    assert read.count() == 1
    news(browser, place)
    assert read.count() == 1


def events(response, most):
    """The first events of a stream, as (id, name, data)."""
    found = []
    for chunk in response.streaming_content:
        fields = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n") if ": " in line)
        if "event" in fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
        if len(found) == most:
            break
    response.close()
    return found


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_a_stream_tells_at_once_what_is_said_meanwhile(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    response = browser.get(reverse("desk-news"), {"na": f"{talk.pk.hex}:3"}, headers=STREAM)
    assert response["Content-Type"] == "text/event-stream"
    first = threading.Event()

    def somebody_types():
        first.wait(20)
        talks.say(talk=Talk.objects.get(pk=talk.pk), words="nu", key=uuid.uuid4())
        connections.close_all()

    thread = threading.Thread(target=somebody_types)
    thread.start()
    stream, found = iter(response.streaming_content), []
    for chunk in stream:
        found.append(chunk.decode())
        if "event: state" in found[-1]:
            first.set()
        if '"words": "nu"' in found[-1]:
            break
    response.close()
    thread.join(timeout=20)
    assert sum('"words": "nu"' in one for one in found) == 1
    assert said(talk)[-1] == "nu"


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_a_stream_ends_with_the_session_and_with_the_rights(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    browser_of_one_who_leaves = signed_in(fenna)
    ended = browser_of_one_who_leaves.get(reverse("desk-news"), headers=STREAM)
    browser_of_one_who_leaves.session.flush()
    assert events(ended, 1) == []
    response = browser.get(reverse("desk-news"), headers=STREAM)
    fenna.roles = ["auditor"]
    fenna.save()
    assert events(response, 1) == []
    assert said(talk)


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_a_stream_comes_back_for_a_talk_that_was_taken_meanwhile(signed_in, fenna):
    browser, talk = signed_in(fenna), waiting()
    response = browser.get(reverse("desk-news"), headers=STREAM)
    stream = iter(response.streaming_content)
    while "event: state" not in next(stream).decode():
        pass
    talks.take(talk=talk, by=counsellor(fenna))
    rest = "".join(chunk.decode() for chunk in stream)  # it ends by itself
    response.close()
    assert SECRET in rest
    assert Talk.objects.get(pk=talk.pk).counsellor == fenna.pk


def of_a_stream(response):
    """The events of a stream, one by one as they come, as (name, data)."""
    for chunk in response.streaming_content:
        fields = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n") if ": " in line)
        if "event" in fields:
            yield fields["event"], json.loads(fields["data"])


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_who_waits_for_an_answer_in_a_talk_that_is_not_on_the_page_is_marked_at_once(signed_in, fenna):
    # Given the page of one talk, When somebody writes in another, Then it is marked; When it is answered, no longer
    browser, on_screen, other = signed_in(fenna), taken(fenna), taken(fenna, nickname="Pim")
    response = browser.get(reverse("desk-news"), {"show": str(on_screen.pk)}, headers=STREAM)
    told = of_a_stream(response)
    while next(told)[0] != "state":
        pass
    for by, mark in ((None, "wacht op antwoord"), (counsellor(fenna), "")):
        talks.say(talk=other, words=SECRET, key=uuid.uuid4(), by=by)
        name, data = next(told)
        assert (name, list(data), list(data["marks"])) == ("state", ["marks"], [str(other.pk)])
        assert data["marks"][str(other.pk)].startswith(mark)
        assert bool(data["marks"][str(other.pk)]) == bool(mark)
    response.close()


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_a_stream_looks_again_by_itself_for_how_long_somebody_waits_is_told_in_minutes(signed_in, fenna, monkeypatch):
    monkeypatch.setattr(desk_news, "LATER", 0.2)
    browser, talk = signed_in(fenna), waiting()
    response = browser.get(reverse("desk-news"), {"show": "board"}, headers=STREAM)
    told = of_a_stream(response)
    assert "minder dan een minuut" in next(told)[1]["parts"]["queue"]
    Talk.objects.filter(pk=talk.pk).update(waiting_since=timezone.now() - timedelta(minutes=7))  # and nobody is told
    assert "7 min" in next(told)[1]["parts"]["queue"]
    response.close()


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_on_the_page_of_a_talk_only_the_marks_are_told_as_time_goes_by(signed_in, fenna, monkeypatch):
    # Given somebody who waits for an answer; When nothing happens; Then how long it is is told, and nothing is drawn
    monkeypatch.setattr(desk_news, "LATER", 0.2)
    browser, talk = signed_in(fenna), taken(fenna)
    talks.say(talk=talk, words=SECRET, key=uuid.uuid4())
    response = browser.get(reverse("desk-news"), {"show": str(talk.pk)}, headers=STREAM)
    told = of_a_stream(response)
    while "parts" not in next(told)[1]:
        pass
    Message.objects.filter(talk=talk, writer=Writer.YOUNG).update(at=timezone.now() - timedelta(minutes=7))
    name, data = next(told)
    assert (name, list(data)) == ("state", ["marks"])
    assert data["marks"][str(talk.pk)].endswith("7 min")
    response.close()


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_only_what_changed_on_the_page_is_drawn_again(signed_in, fenna):
    browser, talk = signed_in(fenna), taken(fenna)
    response = browser.get(reverse("desk-news"), {"show": str(talk.pk)}, headers=STREAM)
    told = of_a_stream(response)
    while "parts" not in (first := next(told)[1]):
        pass
    assert set(first["parts"]) == {"rail", "status", "seat", "transfer", "sharing"}
    waiting()
    while "parts" not in (second := next(told)[1]):
        pass
    assert set(second["parts"]) == {"rail"}
    response.close()
