"""The account that makes the others: asked for once, and refused when it is there."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from conftest import try_password
from scherp.web.accounts.models import Member
from scherp.web.audit.models import Event
from scherp.web.stores import STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF])


@pytest.fixture
def say(monkeypatch):
    """Answer what the command asks."""

    def answer(*answers):
        left = iter(answers)
        monkeypatch.setattr("builtins.input", lambda _="": next(left))

    return answer


def test_it_asks_and_gives_a_password_that_works_once(say, capsys, stranger):
    say("Ans de Boer", "Ans@scherp.example")
    call_command("first-administrator", lang="en")
    ans = Member.objects.get()
    password = capsys.readouterr().out.strip().splitlines()[-1]
    assert (ans.name, ans.email, ans.roles) == ("Ans de Boer", "ans@scherp.example", ["administrator"])
    assert try_password(stranger, ans, password).status_code == 302
    assert stranger.get("/").url == "/account/password/change/"
    assert Event.objects.get(kind="member.added").by == "system:first-administrator"


def test_it_refuses_when_there_is_one(say, ans):
    say("Eve", "eve@scherp.example")
    with pytest.raises(CommandError, match="administrator"):
        call_command("first-administrator", lang="en")
    assert Member.objects.count() == 1


def test_what_is_no_address_makes_nothing(say):
    say("Ans", "geen adres")
    with pytest.raises(CommandError, match="e-mailadres"):
        call_command("first-administrator", lang="nl")
    assert not Member.objects.exists()
