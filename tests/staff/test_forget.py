"""What has been kept as long as it may be is erased, once, and that is on record."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions
from scherp.web.talks.line import line
from scherp.web.talks.models import State, Talk
from scherp.web.talks.opening import Opening

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


def forget():
    out = StringIO()
    call_command("forget", "--lang", "en", stdout=out)
    return out.getvalue()


def ended(ago):
    """A talk that ended so long ago."""
    talk = actions.open_talk(language=Language.NL, opening=Opening())[0]
    actions.say(talk=talk, words="hallo", key=uuid.uuid4())
    actions.end(talk=talk)
    Talk.objects.filter(pk=talk.pk).update(ended_at=timezone.now() - ago)
    return talk


def test_a_talk_whose_time_has_come_is_erased_with_its_key_and_one_of_yesterday_is_not():
    old, new = ended(line().keep_for + timedelta(days=1)), ended(timedelta(days=1))
    assert "talks: 1 erased." in forget()
    assert Talk.objects.get(pk=old.pk).state == State.ERASED
    assert Talk.objects.get(pk=new.pk).state == State.ENDED
    assert Key.objects.using(LINE).get() == Talk.objects.get(pk=new.pk).key


def test_forgetting_again_erases_and_records_nothing_more():
    talk = ended(line().keep_for + timedelta(days=1))
    forget()
    assert "talks: 0 erased." in forget()
    [event] = Event.objects.using(LINE).filter(kind="talk.forgotten")
    assert (event.about, event.by) == (f"talk:{talk.pk}", "system:retention")


def broken():
    raise RuntimeError("words that nobody may see")


def test_one_clock_that_fails_stops_no_other_and_says_nothing_of_what_it_held(settings):
    ended(line().keep_for + timedelta(days=1))
    settings.CLOCKS = [f"{__name__}.broken", *settings.CLOCKS]
    out = StringIO()
    with pytest.raises(CommandError, match="Not everything"):
        call_command("forget", "--lang", "en", stdout=out)
    assert "RuntimeError" in out.getvalue()
    assert "nobody may see" not in out.getvalue()
    assert "talks: 1 erased." in out.getvalue()
