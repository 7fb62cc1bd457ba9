"""The counsellor's side of the newest talk, in a process of its own with the staff's role: one request a line."""

from __future__ import annotations

import json
import sys
import uuid

import django

django.setup()

from scherp.web.talks import actions  # noqa: E402  Django first
from scherp.web.talks.actions import Counsellor  # noqa: E402
from scherp.web.talks.models import Talk  # noqa: E402

SAM, NOOR = (Counsellor(uuid.uuid5(uuid.NAMESPACE_DNS, name), name) for name in ("Sam", "Noor"))
ASKED = {}


def take(talk):
    actions.take(talk=talk, by=SAM)


def say(talk, words):
    actions.say(talk=talk, words=words, key=uuid.uuid4(), by=SAM)


def ask_transfer(talk):
    ASKED[talk.pk] = actions.ask_transfer(talk=talk, to=NOOR, by=SAM)


def take_over(talk):
    ASKED[talk.pk].refresh_from_db()
    actions.answer_transfer(transfer=ASKED[talk.pk], agrees=True, by=NOOR)


def read_along(talk):
    actions.read_along(talk=talk, by=NOOR)


def ask_to_share(talk):
    actions.ask_to_share(talk=talk, by=SAM)


def ask_whether_safe(talk):
    actions.ask_whether_safe(talk=talk, by=SAM)


def show_earlier(talk):
    actions.show_earlier(talk=talk, by=SAM)


def end(talk):
    actions.end(talk=talk, by=SAM)


def heard(talk):
    return [message.words or message.said for message in talk.messages.all()]


def state(talk):
    return talk.state


for line in sys.stdin:
    told = json.loads(line)
    does = globals()[told.pop("what")]
    sys.stdout.write(json.dumps(does(Talk.objects.latest("opened_at"), **told)) + "\n")
    sys.stdout.flush()
