"""The talk itself: nothing lost, nothing twice, in order; who may not read does not."""

from __future__ import annotations

import uuid

import pytest

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.stores import LINE
from scherp.web.talks import actions
from scherp.web.talks.actions import Counsellor
from scherp.web.talks.models import Message, State, Talk
from scherp.web.talks.opening import AgeBand, Opening, Tick

pytestmark = pytest.mark.django_db(databases=[LINE])

SAM = Counsellor(uuid.uuid4(), "Sam")
NOOR = Counsellor(uuid.uuid4(), "Noor")


@pytest.fixture
def talk():
    """A talk of somebody who told to be thirteen, and that there is danger now."""
    opening = Opening("Mus", AgeBand.FROM_12_TO_14, frozenset({Tick.DANGER_NOW}))
    return actions.open_talk(language=Language.NL, opening=opening)[0]


def said(talk):
    return [message.words or message.said for message in talk.messages.all()]


def test_what_was_told_before_the_talk_is_read_back(talk):
    found = Talk.objects.get(pk=talk.pk)
    assert found.opening == Opening("Mus", AgeBand.FROM_12_TO_14, frozenset({Tick.DANGER_NOW}))
    assert found.opening.under_15


def test_what_was_told_and_said_is_stored_sealed(talk):
    actions.say(talk=talk, words="Ik durf het niet te zeggen", key=uuid.uuid4())
    raw = [bytes(row) for row in Message.objects.using(LINE).exclude(words=None).values_list("words", flat=True)]
    assert raw
    assert all(b"durf" not in row for row in raw)


def test_a_message_sent_twice_is_said_once(talk):
    key = uuid.uuid4()
    first = actions.say(talk=talk, words="hallo", key=key)
    again = actions.say(talk=talk, words="hallo", key=key)
    assert first.pk == again.pk
    assert said(talk) == ["welcome", "hallo"]


def test_of_two_counsellors_who_take_a_talk_one_gets_it(talk):
    actions.take(talk=talk, by=SAM)
    with pytest.raises(actions.AlreadyTaken):
        actions.take(talk=talk, by=NOOR)
    assert Talk.objects.get(pk=talk.pk).counsellor == SAM.id


def test_a_colleague_can_say_nothing_in_another_s_talk(talk):
    actions.take(talk=talk, by=SAM)
    with pytest.raises(actions.NotTheirTalk):
        actions.say(talk=talk, words="hoi", key=uuid.uuid4(), by=NOOR)


def test_who_comes_back_sees_nothing_of_before_until_a_counsellor_asked(talk):
    # Given a talk with a return code, When somebody comes back with it, Then only what comes after is shown
    actions.say(talk=talk, words="mijn geheim", key=uuid.uuid4())
    code = actions.give_code(talk=talk)
    found, _secret = actions.come_back(code=code)
    seat = found.seats.get(left_at=None)
    assert seat.shows_from == 3 == Talk.objects.get(pk=talk.pk).last_number
    actions.take(talk=talk, by=SAM)
    with pytest.raises(actions.TalkRefuses):
        actions.show_earlier(talk=talk, by=SAM)
    actions.ask_whether_safe(talk=talk, by=SAM)
    actions.show_earlier(talk=talk, by=SAM)
    assert found.seats.get(left_at=None).shows_from == 1


def test_a_code_that_lapsed_opens_nothing(talk):
    code = actions.give_code(talk=talk)
    Talk.objects.filter(pk=talk.pk).update(return_until=talk.opened_at)
    assert actions.come_back(code=code) is None
    assert actions.come_back(code="niet een code hier") is None


def test_an_erased_talk_leaves_that_it_was_and_nothing_that_was_said(talk):
    actions.say(talk=talk, words="weg hiermee", key=uuid.uuid4())
    actions.erase(talk=talk, by=actions.young(talk))
    left = Talk.objects.get(pk=talk.pk)
    assert (left.state, left.key, left.told, left.opening) == (State.ERASED, None, None, Opening())
    assert not left.messages.exists()
    assert Event.objects.using(LINE).filter(kind="talk.erased", about=f"talk:{talk.pk}").count() == 1


def test_a_transfer_takes_the_young_person_and_the_colleague(talk):
    actions.take(talk=talk, by=SAM)
    asked = actions.ask_transfer(talk=talk, to=NOOR, by=SAM)
    with pytest.raises(actions.NotTheirTalk):
        actions.answer_transfer(transfer=asked, agrees=True, by=NOOR)
    actions.answer_transfer(transfer=asked, agrees=True)
    actions.answer_transfer(transfer=asked, agrees=True, by=NOOR)
    assert Talk.objects.get(pk=talk.pk).counsellor == NOOR.id
    assert said(talk)[-1] == "joined"
