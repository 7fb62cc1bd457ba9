"""Forms of accounts. Those with a code count each attempt as signing in does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from scherp.texts import Language, has, say
from scherp.web.accounts import actions
from scherp.web.accounts.adapters import SecondFactors
from scherp.web.accounts.models import Member, Team
from scherp.web.accounts.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE_HOLDS_FOR = 120  # seconds: three steps of 30, and the clocks' difference


def _counted(member: Member, cleaned: Callable[[], str]) -> str:
    """Give a code that is right, and was not used before; count the attempt if it is not."""
    if not actions.knock(address=member.email):
        raise SecondFactors().validation_error("too_many_login_attempts")
    try:
        code = cleaned()
        _use_up(member, code)
    except ValidationError:
        actions.failed(address=member.email, step="second-factor")
        raise
    actions.passed(address=member.email)
    return code


def _use_up(member: Member, code: str) -> None:
    # The library remembers a code for one step; with a step either side it would hold again after that.
    used = hashlib.sha256(f"{member.pk} {code}".encode()).hexdigest()
    if not cache.add(f"code-used:{used}", "y", timeout=_CODE_HOLDS_FOR):
        raise SecondFactors().validation_error("incorrect_code")


class CodeAtSignIn(AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, at sign-in."""

    def clean_code(self) -> str:
        """Look at the code."""
        return _counted(self.user, super().clean_code)


class CodeAgain(ReauthenticateForm):  # type: ignore[misc]
    """The code of the second factor, before something that matters."""

    def clean_code(self) -> str:
        """Look at the code."""
        return _counted(self.user, super().clean_code)


class Worded(forms.Form):
    """A form whose labels and helps stand in `texts/staff.toml`, under `fields`."""

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"staff.fields.{name}", language)
            if has(help_key := f"staff.fields.{name}_help"):
                field.help_text = say(help_key, language)
        self._word(language)

    def _word(self, language: Language) -> None:
        """Word what else there is."""


class OwnSettings(Worded):
    """How the site is for its member."""

    language = forms.ChoiceField(choices=[("nl", "Nederlands"), ("en", "English")])
    known_as = forms.CharField(max_length=40)
    talks_at_once = forms.IntegerField(min_value=1, max_value=10)
    blur = forms.BooleanField(required=False)
    grey = forms.BooleanField(required=False)


class Person(Worded):
    """Who somebody is here, as an administrator says it."""

    name = forms.CharField(max_length=80)
    team = forms.ModelChoiceField(Team.objects.order_by("name"), required=False)
    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def _word(self, language: Language) -> None:
        choices = [(role.value, say(f"staff.roles.{role}", language)) for role in Role]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]


class NewPerson(Person):
    """Somebody who is added."""

    email = forms.EmailField(max_length=254)
    field_order = ("name", "email", "team", "roles")


class Why(Worded):
    """The reason for something that goes on record. Never about a young person."""

    why = forms.CharField(max_length=200)


class NewTeam(Worded):
    """The name of a new team."""

    team_name = forms.CharField(max_length=80)
