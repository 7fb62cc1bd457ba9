"""How the library that signs people in behaves here (https://docs.allauth.org/en/latest/account/adapter.html)."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone, translation

from scherp.texts import Language, has, language_of, say
from scherp.web.accounts import actions
from scherp.web.accounts.models import Member
from scherp.web.sealing.models import masters
from scherp.web.stores import STAFF
from scherp.web.stores.quick import Question

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def language() -> Language:
    """Give the language that this request is answered in."""
    return language_of(translation.get_language())


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Who signs in, as the library has it; who is signed in, as every request asks."""

    def get_user(self, user_id: object) -> Member | None:
        """Give a member who may be here, by the id that a session has."""
        for (member,) in _MEMBER(user_id):
            return member if self.user_can_authenticate(member) else None
        return None


_MEMBER = Question(STAFF, "SELECT {member} FROM accounts_member member WHERE id = %s", member=Member)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up, no mail is sent, no address of a visitor is kept, and failures are counted by us."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's form
        """Say no: an administrator adds members."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing."""

    def get_client_ip(self, request: HttpRequest) -> str:  # noqa: ARG002  the library's form
        """Give nothing: the site forgets it before this (`staff_site.middleware`)."""
        return "-"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Give who has this address and password; the same answer when there is nobody, or they have stopped."""
        address = credentials.get("email", "")
        if not actions.knock(address=address):
            raise self.validation_error("too_many_login_attempts")
        found: Any = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()  # who has stopped is nobody
        if found is None or _lapsed(found):
            actions.failed(address=address, step="password")
            return None
        actions.passed(address=address)
        member: Member = found
        return member

    def reauthenticate(self, user: Member, password: str) -> bool:
        """Tell whether this is the password of who is signed in."""
        return self.authenticate(context.request, email=user.email, password=password) == user

    def is_reauthentication_required(self, app: str) -> bool:  # noqa: ARG002  the library's form
        """Ask again who it is, but not of somebody who showed it a moment ago."""
        records = get_authentication_records(context.request, context.request.user)
        last = max((record["at"] for record in records), default=0)
        return bool(time.time() - last > app_settings.REAUTHENTICATION_TIMEOUT)

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:  # noqa: ARG002
        """Say what is said to anybody who cannot sign in."""
        messages.warning(request, say("staff.cannot.email_password_mismatch", language()))
        return redirect("account_login")

    def validation_error(self, code: str, *_args: object) -> ValidationError:
        """Say what is wrong in our own words."""
        return _error(code)

    def add_message(  # noqa: PLR0913, PLR0917  the library's form
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",  # noqa: ARG002
        message: str | None = None,
    ) -> None:
        """Say what was done in our own words; what has none there is not worth saying."""
        key = f"staff.done.{PurePosixPath(message_template or '').stem}"
        if message or has(key):
            messages.add_message(request, level, message or say(key, language()))


def _lapsed(member: Member) -> bool:
    return member.password_lapses_at is not None and member.password_lapses_at < timezone.now()


def _error(code: str) -> ValidationError:
    key = f"staff.cannot.{code}"
    return ValidationError(say(key if has(key) else "staff.cannot.other", language()), code=code)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed, and nobody is ever without a second factor again."""

    def get_totp_issuer(self) -> str:
        """Give the name under which an authenticator app files it."""
        return "Scherp"

    def encrypt(self, text: str) -> str:
        """Seal a secret with the newest master key of the staff's store."""
        return masters(STAFF).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return masters(STAFF).decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether another one is left (a recovery code is no second factor by itself)."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:  # noqa: A002
        """Give a name for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return say("staff.factor.key_name", language(), number=count + 1)

    def validation_error(self, code: str, *_args: object) -> ValidationError:
        """Say what is wrong in our own words."""
        return _error(code)
