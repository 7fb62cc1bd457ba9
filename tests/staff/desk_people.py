"""Young people at the desk, all invented, and what they write."""

from __future__ import annotations

import uuid

from scherp.texts import Language
from scherp.web.talks import actions
from scherp.web.talks.actions import Counsellor
from scherp.web.talks.models import Talk
from scherp.web.talks.opening import Opening

SECRET = "mijn geheim is hier"  # noqa: S105  what somebody wrote: to look for where it must not be


def waiting(*ticks, nickname="Mus", age=None, language=Language.NL, **more):
    """Somebody who waits, and wrote something already."""
    talk, _seat = actions.open_talk(language=language, opening=Opening(nickname, age, frozenset(ticks)), **more)
    actions.say(talk=talk, words=SECRET, key=uuid.uuid4())
    return talk


def counsellor(member):
    return Counsellor(member.pk, member.known_as)


def taken(member, *ticks, **more):
    """A talk of this member."""
    return actions.take(talk=waiting(*ticks, **more), by=counsellor(member))


def now(talk):
    return Talk.objects.get(pk=talk.pk)


def said(talk):
    return [message.words or message.said for message in talk.messages.all()]
