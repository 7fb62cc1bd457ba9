"""Sealed text: it opens in its own place with its own key, and never again once that key is gone."""

from __future__ import annotations

import uuid
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.keeping.actions import _rewrap, rotate
from scherp.web.keeping.masters import counted, name_of
from scherp.web.sealing.fields import DESTROYED
from scherp.web.sealing.models import CannotUnseal, Key, masters
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions
from scherp.web.talks.models import Message, Talk
from scherp.web.talks.opening import Opening

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
texts = st.text(st.characters(exclude_categories=["Cs"]))
places = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
both_stores = pytest.mark.parametrize("store", [STAFF, LINE])


@pytest.fixture(scope="module")
def unsaved():
    """Two keys that are in no store; hypothesis needs no database."""
    from django.conf import settings

    made = [Fernet(settings.MASTER_KEYS[LINE][0]).encrypt(bytes([n]) * 32) for n in (1, 2)]
    keys = [Key(wrapped=one) for one in made]
    for key in keys:
        key._state.db = LINE
    return keys


@given(text=texts, place=places)
def test_a_sealed_text_opens_in_its_own_place(unsaved, text, place):
    key, _ = unsaved
    assert key.unseal(key.seal(text, place), place) == text


@given(text=texts, place=places, other=places)
def test_a_sealed_text_opens_nowhere_else(unsaved, text, place, other):
    key, another = unsaved
    sealed = key.seal(text, place)
    for asked, where in ((key, other), (another, place)):
        if (asked, where) != (key, place):
            with pytest.raises(CannotUnseal):
                asked.unseal(sealed, where)


@given(text=texts, place=places, at=st.integers(0), flip=st.integers(1, 255))
def test_a_changed_byte_is_noticed(unsaved, text, place, at, flip):
    key, _ = unsaved
    sealed = bytearray(key.seal(text, place))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(CannotUnseal):
        key.unseal(bytes(sealed), place)


@given(text=texts, place=places)
def test_the_same_text_is_never_sealed_the_same(unsaved, text, place):
    key, _ = unsaved
    assert key.seal(text, place) != key.seal(text, place)


@pytest.fixture
def talk():
    """A talk in which something was said."""
    made = actions.open_talk(language=Language.NL, opening=Opening("Mus"))[0]
    actions.say(talk=made, words="Hij weet waar ik woon", key=uuid.uuid4())
    return made


def said(talk):
    return talk.messages.exclude(words=None).get()


def test_a_message_put_under_another_talk_does_not_open(talk):
    other = actions.open_talk(language=Language.NL, opening=Opening())[0]
    moved = said(talk)
    Message.objects.filter(pk=moved.pk).update(talk=other, number=9)
    with pytest.raises(CannotUnseal):
        _ = Message.objects.get(pk=moved.pk).words


def test_once_its_key_is_gone_no_key_of_the_store_opens_what_was_said(talk):
    # Given a copy of the sealed words, When the talk is erased, Then nothing that is left opens the copy
    message = said(talk)
    copy, place = bytes(message.__dict__["words"]), f"message.words:{message.pk}"
    assert talk.key.unseal(copy, place) == "Hij weet waar ik woon"
    actions.open_talk(language=Language.NL, opening=Opening())
    actions.erase(talk=talk, by=actions.young(talk))
    for key in Key.objects.using(LINE).all():
        with pytest.raises(CannotUnseal):
            key.unseal(copy, place)


def test_what_is_left_without_its_key_shows_as_destroyed(talk):
    Talk.objects.filter(pk=talk.pk).update(key=None)
    assert said(Talk.objects.get(pk=talk.pk)).words == DESTROYED


@pytest.fixture
def newer(settings, store):
    """A master key that came after those that there were."""
    made = Fernet.generate_key().decode()
    older = settings.MASTER_KEYS[store]
    settings.MASTER_KEYS = settings.MASTER_KEYS | {store: [made, *older]}
    return made


def some_keys(store, n):
    return [Key.new(store) for _ in range(n)]


@both_stores
def test_every_key_is_wrapped_with_the_newest_master_key_and_that_is_on_record(settings, store, request):
    keys = some_keys(store, 3)
    sealed = [key.seal("geheim", "hier:1") for key in keys]
    newer = request.getfixturevalue("newer")
    assert counted(store).outdated == 3
    assert sum(rotate(store=store)) == 3
    settings.MASTER_KEYS = settings.MASTER_KEYS | {store: [newer]}
    assert [
        Key.objects.using(store).get(pk=key.pk).unseal(one, "hier:1") for key, one in zip(keys, sealed, strict=True)
    ] == ["geheim"] * 3
    event = Event.objects.using(store).get(kind="keys.rotated")
    assert event.detail == {"keys": 3, "master": name_of(newer)}


@both_stores
def test_a_rotation_that_was_stopped_goes_on_where_it_was(monkeypatch, store, request):
    monkeypatch.setattr("scherp.web.keeping.actions._AT_ONCE", 2)
    some_keys(store, 5)
    request.getfixturevalue("newer")
    stopped = rotate(store=store)
    assert next(stopped) == 2
    stopped.close()
    assert counted(store).outdated == 3
    assert sum(rotate(store=store)) == 3
    assert sum(rotate(store=store)) == 0


@both_stores
def test_a_key_destroyed_meanwhile_is_not_brought_back(store, request):
    # Given a key that is about to be wrapped anew, When it is destroyed first, Then it stays destroyed
    key, *_ = some_keys(store, 1)
    request.getfixturevalue("newer")
    Key.objects.using(store).get(pk=key.pk).delete()
    assert _rewrap(store, key) == 0
    assert not Key.objects.using(store).exists()


@both_stores
def test_an_old_copy_of_a_key_is_worth_nothing_once_its_master_key_is_gone(settings, store, request):
    # Given a backup that holds a wrapped key, When all are rotated and the old master key is destroyed
    copy = bytes(some_keys(store, 1)[0].wrapped)
    newer = request.getfixturevalue("newer")
    list(rotate(store=store))
    settings.MASTER_KEYS = settings.MASTER_KEYS | {store: [newer]}
    with pytest.raises(InvalidToken):
        masters(store).decrypt(copy)


@pytest.mark.parametrize("store", [STAFF])
def test_second_factors_are_sealed_anew_too_and_still_open(settings, fenna, store, request):
    # Given Fenna's app for codes and her recovery codes, When all is rotated and the old master key is thrown away
    sealed = masters(STAFF).encrypt(b"the secret of her app").decode()
    for kind, name in (("totp", "secret"), ("recovery_codes", "seed")):
        Authenticator.objects.create(user=fenna, type=kind, data={name: sealed, "used_mask": 0})
    newer = request.getfixturevalue("newer")
    assert counted(STAFF).outdated == 2
    assert sum(rotate(store=STAFF)) == 2
    settings.MASTER_KEYS = settings.MASTER_KEYS | {STAFF: [newer]}
    # Then both still open, and nothing else in them has changed
    for factor in Authenticator.objects.all():
        [name] = set(factor.data) - {"used_mask"}
        assert masters(STAFF).decrypt(factor.data[name]) == b"the secret of her app"
        assert factor.data["used_mask"] == 0
    assert counted(STAFF).lost == 0


def keys(*what):
    out = StringIO()
    call_command("keys", *what, "--lang", "en", stdout=out)
    return out.getvalue()


@both_stores
def test_check_tells_how_many_each_master_key_wraps(store, request):
    some_keys(store, 2)
    newer = request.getfixturevalue("newer")
    assert f"0 keys and secrets are wrapped with the newest master key, {name_of(newer)}" in keys("check")
    assert "2 keys and secrets are still wrapped with the older" in keys("check")
    assert "2 keys and secrets wrapped anew" in keys("rotate")
    assert "0 keys and secrets are still wrapped with the older" in keys("check")


@both_stores
def test_check_fails_when_a_master_key_was_thrown_away_too_early(settings, store):
    some_keys(store, 2)
    settings.MASTER_KEYS = settings.MASTER_KEYS | {store: [Fernet.generate_key().decode()]}
    with pytest.raises(CommandError, match="A master key is missing"):
        keys("check")
    with pytest.raises(CommandError, match="A master key is missing"):
        keys("rotate")
    assert Key.objects.using(store).count() == 2
