"""What is asked by hand is answered as the models would answer it, on either kind of store."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from scherp.texts import Language
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE
from scherp.web.stores.quick import Asked, Question, add, ask, together
from scherp.web.talks import actions
from scherp.web.talks.found import locked, said, talk_and_said, talk_with
from scherp.web.talks.models import Message, Talk, Writer
from scherp.web.talks.opening import Opening

pytestmark = pytest.mark.django_db(databases=[LINE])


@pytest.fixture
def talk():
    made, _secret = actions.open_talk(language=Language.NL, opening=Opening("Mus"), from_hash="f" * 64)
    for words in ("hoi", "ben je er?", "ik wacht"):
        actions.say(talk=made, words=words, key=uuid.uuid4())
    return made


def all_of(row):
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_a_talk_and_its_key_are_as_the_models_have_them(talk):
    found, theirs = talk_with(talk.pk), Talk.objects.select_related("key").get(pk=talk.pk)
    assert all_of(found) == all_of(theirs)
    assert all_of(found.key) == all_of(theirs.key)
    assert found.opening.nickname == "Mus"


def test_what_was_said_is_as_the_models_have_it_and_opens(talk):
    found = said(talk_with(talk.pk), after=2)
    assert [all_of(one) for one in found] == [all_of(one) for one in Message.objects.filter(talk=talk, number__gt=2)]
    assert [one.words for one in found] == ["ben je er?", "ik wacht"]


def test_what_an_outer_join_does_not_find_is_none(talk):
    Talk.objects.filter(pk=talk.pk).update(key=None)
    assert talk_with(talk.pk).key is None


def test_a_talk_that_is_not_there_is_none_and_cannot_be_locked(talk):
    assert talk_with(uuid.uuid4()) is None
    with pytest.raises(Talk.DoesNotExist), transaction.atomic(using=LINE):
        locked(uuid.uuid4())


def test_what_is_found_can_be_changed_and_saved(talk):
    found = talk_with(talk.pk)
    found.language = "en"
    found.save(update_fields=["language"])
    assert Talk.objects.get(pk=talk.pk).language == "en"


def test_what_is_added_is_sealed_and_as_a_saved_row_would_be(talk):
    key = uuid.uuid4()
    add(LINE, Message(talk=talk, number=9, key=key, writer=Writer.YOUNG, words="later"))
    assert Message.objects.get(key=key).words == "later"
    ((kept,),) = ask(LINE, "SELECT words FROM talks_message WHERE key = %s", key)
    assert b"later" not in bytes(kept)


def test_the_database_still_refuses_what_it_refuses(talk):
    with pytest.raises(IntegrityError), transaction.atomic(using=LINE):
        add(LINE, Message(talk=talk, number=1, writer=Writer.YOUNG, words="nog een eerste"))


def test_a_moment_is_asked_as_the_database_keeps_it(talk):
    question = Question(LINE, "SELECT {key} FROM sealing_key key WHERE made_at > %s AND made_at < %s", key=Key)
    now = timezone.now()
    assert [one.pk for (one,) in question(now - timedelta(hours=1), now + timedelta(hours=1))] == [talk.key_id]
    assert question(now + timedelta(hours=1), now + timedelta(hours=2)) == []


def test_what_is_asked_together_is_answered_in_order(talk):
    found, missing = talk_and_said(talk.pk, after=3), talk_and_said(uuid.uuid4(), after=0)
    assert all_of(found[0]) == all_of(talk_with(talk.pk))
    assert [one.words for one in found[1]] == ["ik wacht"]
    assert missing == (None, [])


def test_of_what_is_asked_together_a_refusal_is_what_django_calls_it(talk):
    with pytest.raises(IntegrityError), transaction.atomic(using=LINE):
        add(LINE, Message(talk=talk, number=1, writer=Writer.YOUNG, words="x"), Asked("SELECT 1", ()))
    assert together(LINE, Asked("SELECT 1", ()), Asked("SELECT 2", ())) == [[(1,)], [(2,)]]
