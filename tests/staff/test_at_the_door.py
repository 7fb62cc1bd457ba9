"""Signing in: password, then second factor; a password of one's own first; nobody without either."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from conftest import PASSWORD, app, code, try_code, try_password
from scherp.web.accounts import actions
from scherp.web.accounts.models import Member, Session
from scherp.web.audit.models import Event
from scherp.web.stores import STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF], transaction=True)


def kinds():
    return list(Event.objects.order_by("at", "id").values_list("kind", flat=True))


def test_a_password_alone_opens_nothing(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    assert try_password(stranger, fenna).url == "/account/2fa/authenticate/"
    assert stranger.get("/ik/").url.startswith("/account/login/")
    assert "member.signed-in" not in kinds()


def test_with_the_code_of_the_app_fenna_is_in_and_it_is_on_record(stranger, fenna_at_the_door):
    fenna, secret = fenna_at_the_door
    try_password(stranger, fenna)
    before = stranger.session.session_key
    assert try_code(stranger, code(secret)).url == "/"
    assert stranger.session.session_key != before
    assert stranger.get("/ik/").status_code == 200
    event = Event.objects.get(kind="member.signed-in")
    assert (event.by, event.detail) == (f"staff:{fenna.pk}", {"methods": ["password", "totp"]})
    assert Session.objects.get(pk=stranger.session.session_key).member == fenna


def test_a_code_works_once(stranger, fenna_at_the_door):
    fenna, secret = fenna_at_the_door
    used = code(secret)
    try_password(stranger, fenna)
    assert try_code(stranger, used).status_code == 302
    stranger.post("/account/logout/")
    try_password(stranger, fenna)
    assert "Deze code klopt niet, of is al gebruikt" in try_code(stranger, used).content.decode()


def test_a_wrong_code_is_refused_and_on_record(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    try_password(stranger, fenna)
    assert try_code(stranger, "000000").status_code == 200
    event = Event.objects.get(kind="member.sign-in-failed")
    assert (event.by, event.about, event.detail) == ("stranger:", f"member:{fenna.pk}", {"step": "second-factor"})


def test_an_unknown_address_a_wrong_password_and_somebody_who_stopped_get_the_same_answer(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    answers = [try_password(stranger, "nobody@scherp.example"), try_password(stranger, fenna, "niet het wachtwoord")]
    Member.objects.filter(pk=fenna.pk).update(is_active=False)
    answers.append(try_password(stranger, fenna))
    said = {re.search(r"errorlist nonfield.*?</ul>", answer.content.decode(), re.DOTALL)[0] for answer in answers}
    assert len(said) == 1
    assert kinds() == ["member.sign-in-failed"] * 3


def test_nobody_signs_up_and_nobody_resets_by_mail(stranger):
    for address in ("/account/signup/", "/account/password/reset/"):
        assert stranger.get(address).url.startswith("/account/login/")
        assert stranger.post(address, {"email": "x@scherp.example"}).status_code == 403
    assert mail.outbox == []


def test_secrets_of_second_factors_are_stored_sealed(fenna_at_the_door):
    _, secret = fenna_at_the_door
    assert secret not in str(Authenticator.objects.values_list("data", flat=True)[0])


def test_a_new_member_chooses_a_password_and_sets_up_a_second_factor_before_anything_else(stranger, ans):
    # Given Mila, added by Ans, When she signs in with her one-time password, Then she is led through both steps
    mila, once = actions.add(by=ans, name="Mila Bos", email="Mila@scherp.example", roles=["counsellor"], team=None)
    assert try_password(stranger, mila, once).url == "/"
    assert stranger.get("/").url == "/account/password/change/"
    assert stranger.get("/account/2fa/").url == "/account/password/change/"
    own = {"oldpassword": once, "password1": PASSWORD, "password2": PASSWORD}
    assert stranger.post("/account/password/change/", own).status_code == 302
    assert stranger.get("/").url == "/account/2fa/"
    secret = re.search(r'id="secret">(\w+)<', stranger.get("/account/2fa/totp/activate/").content.decode())[1]
    answer = stranger.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer.url == "/account/2fa/recovery-codes/"
    assert len(set(re.findall(r"<code>(\d{8})</code>", stranger.get(answer.url).content.decode()))) == 10
    assert re.findall(r"<code>(\d{8})</code>", stranger.get(answer.url).content.decode()) == []
    assert stranger.get("/").status_code == 200
    assert {"member.added", "member.password-changed", "member.second-factor-changed"} <= set(kinds())


def test_a_one_time_password_is_refused_as_ones_own(stranger, ans):
    mila, once = actions.add(by=ans, name="Mila", email="mila@scherp.example", roles=[], team=None)
    try_password(stranger, mila, once)
    again = {"oldpassword": once, "password1": "kort", "password2": "kort"}
    assert stranger.post("/account/password/change/", again).status_code == 200
    assert Member.objects.get(pk=mila.pk).password_lapses_at is not None


def test_a_one_time_password_lapses(stranger, ans):
    mila, once = actions.add(by=ans, name="Mila", email="mila@scherp.example", roles=[], team=None)
    Member.objects.filter(pk=mila.pk).update(password_lapses_at=timezone.now() - timedelta(seconds=1))
    assert try_password(stranger, mila, once).status_code == 200
    assert "member.sign-in-failed" in kinds()


def test_a_recovery_code_lets_in_once(stranger, fenna_at_the_door):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    fenna, _ = fenna_at_the_door
    kept = RecoveryCodes.activate(fenna).generate_codes()[0]
    try_password(stranger, fenna)
    assert try_code(stranger, kept).url == "/"
    stranger.post("/account/logout/")
    try_password(stranger, fenna)
    assert try_code(stranger, kept).status_code == 200


def test_the_last_second_factor_cannot_be_taken_away(signed_in, fenna):
    browser = signed_in(fenna)
    assert "enige tweede stap" in browser.post("/account/2fa/totp/deactivate/").content.decode()
    Authenticator.objects.filter(user=fenna).delete()
    key = Authenticator.objects.create(user=fenna, type="webauthn", data={"name": "sleutel", "credential": {}})
    browser.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/")
    assert Authenticator.objects.filter(pk=key.pk).exists()
    app(fenna)
    browser.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_a_passkey_of_somebody_else_cannot_be_removed(signed_in, fenna, bram):
    key = Authenticator.objects.create(user=bram, type="webauthn", data={"name": "van Bram", "credential": {}})
    app(bram)
    assert signed_in(fenna).post(f"/account/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404


def test_who_is_only_halfway_in_can_go_back(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    try_password(stranger, fenna)
    stranger.post("/account/logout/")
    assert stranger.get("/account/2fa/authenticate/").url == "/account/login/"


def test_where_somebody_wanted_to_go_is_where_they_come_and_nowhere_else(stranger, fenna_at_the_door):
    fenna, secret = fenna_at_the_door
    told = {"login": fenna.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    stranger.post("/account/login/", told)
    assert try_code(stranger, code(secret)).url == "/"


def test_an_unknown_address_takes_as_much_work_as_a_known_one(stranger, fenna_at_the_door, monkeypatch):
    # Seconds are not judged: what takes them is counted, and that is the hash
    from django.contrib.auth.hashers import Argon2PasswordHasher

    fenna, _ = fenna_at_the_door
    done = []
    for name in ("encode", "verify"):
        as_it_is = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(Argon2PasswordHasher, name, lambda *args, of=as_it_is: done.append(1) or of(*args))
    work = []
    for who in ("nobody@scherp.example", fenna):
        try_password(stranger, who, "niet het wachtwoord")
        work.append(len(done))
        done.clear()
    assert work == [1, 1]


def test_a_page_never_says_who_has_an_account(stranger, fenna_at_the_door):
    fenna, _ = fenna_at_the_door
    page = try_password(stranger, fenna, "niet het wachtwoord").content.decode()
    assert "horen niet bij elkaar" in page
    assert "Fenna" not in page.replace(fenna.email, "")
