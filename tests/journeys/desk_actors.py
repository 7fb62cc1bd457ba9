"""Who plays in the journeys of the desk, each in a process of its own on the same stores: members and young people.

Run as `desk_actors.py DOING ARGUMENT...`; prints what the test needs to know. Every person is invented.
"""

from __future__ import annotations

import sys
import time
import uuid

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402  after the set-up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from scherp.texts import Language  # noqa: E402
from scherp.web.accounts.models import Member  # noqa: E402
from scherp.web.accounts.sessions import SINCE, SessionStore  # noqa: E402
from scherp.web.talks import actions  # noqa: E402
from scherp.web.talks.models import Talk  # noqa: E402
from scherp.web.talks.opening import AgeBand, Opening, Tick  # noqa: E402


def member(name, role, language):
    """Somebody who works here, signed in with a second factor; their session."""
    address = f"{uuid.uuid4().hex[:8]}@scherp.example"
    made = Member.objects.create(email=address, name=name, known_as=name, roles=[role], language=language)
    TOTP.activate(made, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(made.pk), made.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "scherp.web.accounts.adapters.Backend"
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(made.pk)
    session[SINCE] = time.time()
    session.create()
    return session.session_key


def waits(nickname, language, *ticks):
    """A young person who waits and wrote something; their talk."""
    opening = Opening(nickname, AgeBand.FROM_12_TO_14, frozenset(Tick(tick) for tick in ticks))
    talk, _seat = actions.open_talk(language=Language(language), opening=opening)
    actions.say(talk=talk, words=f"hoi, ik ben {nickname}", key=uuid.uuid4())
    return talk.pk


def says(talk, words):
    return actions.say(talk=Talk.objects.get(pk=talk), words=words, key=uuid.uuid4()).number


def agrees_to_share(talk):
    actions.consent_to_share(talk=Talk.objects.get(pk=talk))
    return ""


def wants_no_more_sharing(talk):
    actions.refuse_to_share(talk=Talk.objects.get(pk=talk))
    return ""


def ends(talk):
    actions.end(talk=Talk.objects.get(pk=talk))
    return ""


def erases(talk):
    found = Talk.objects.get(pk=talk)
    actions.erase(talk=found, by=actions.young(found))
    return ""


def said(talk):
    return "\n".join(message.words or message.said for message in Talk.objects.get(pk=talk).messages.all())


if __name__ == "__main__":
    sys.stdout.write(str(globals()[sys.argv[1]](*sys.argv[2:])))
