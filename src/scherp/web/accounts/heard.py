"""What the library that signs people in says it did, put on record, and what follows from it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from scherp.web.accounts import actions
from scherp.web.accounts.sessions import SINCE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from scherp.web.accounts.models import Member


@receiver(user_logged_in)
def _in(request: HttpRequest, user: Member, **_: Any) -> None:
    request.session[SINCE] = time.time()
    methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    actions.signed_in(by=user, methods=methods)


@receiver(user_logged_out)
def _out(user: Member | None, **_: Any) -> None:
    if user is not None:
        actions.signed_out(by=user)


@receiver(password_changed)
def _password(request: HttpRequest, user: Member, **_: Any) -> None:
    actions.password_changed(by=user, keep=request.session.session_key)


@receiver(authenticator_added)
def _added(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        # Whoever sets a second factor up has just shown that they have it.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _changed(request, user, "added", authenticator)


@receiver(authenticator_removed)
def _removed(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _changed(request, user, "removed", authenticator)


@receiver(authenticator_reset)
def _reset(request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _changed(request, user, "made anew", authenticator)


def _changed(request: HttpRequest, user: Member, what: str, authenticator: Authenticator) -> None:
    request.session.cycle_key()
    actions.second_factor_changed(by=user, what=what, kind=str(authenticator.type))
