"""What a young person does, and both sides say and end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from scherp.web.audit.recording import record
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE
from scherp.web.talks.actions.parts import fixed, locked, locked_so_far, must_go_on, put, young
from scherp.web.talks.actions.refusals import NothingToSay, TalkRefuses, TooFast
from scherp.web.talks.events import Happened
from scherp.web.talks.line import line
from scherp.web.talks.live import tell
from scherp.web.talks.models import QUEUE, WORDS_LENGTH, Message, ReadAlong, Seat, State, Talk, Transfer, Writer
from scherp.web.talks.secrets import keyed_hash, new_code, new_secret

if TYPE_CHECKING:
    import uuid

    from scherp.texts import Language
    from scherp.web.talks.actions.refusals import Counsellor
    from scherp.web.talks.opening import Opening


@transaction.atomic(using=LINE)
def open_talk(*, language: Language, opening: Opening, from_hash: str = "", later: bool = False) -> tuple[Talk, str]:
    """Begin a talk, and give it with the secret of the seat that was taken. later: the line is closed or full."""
    state = State.LATER if later else State.WAITING
    talk = Talk(key=Key.new(LINE), state=state, language=language, told=opening.to_json(), from_hash=from_hash)
    talk.save(using=LINE)
    secret = _seat(talk, shows_from=1)
    record(Happened.OPENED, about=talk, by=young(talk), later=later)
    fixed(talk, "welcome-later" if later else "welcome")
    tell(QUEUE)
    return talk, secret


@transaction.atomic(using=LINE)
def say(
    *, talk: Talk, words: str, key: uuid.UUID, by: Counsellor | None = None, most_a_minute: int | None = None
) -> Message:
    """Say something in a talk: a counsellor, or (without `by`) the young person. Sent again it is still said once.

    most_a_minute: so many messages of the young person; one more raises TooFast.
    """
    talk, before = locked_so_far(talk, key, timezone.now() - timedelta(minutes=1))
    if before.again is not None:
        return Message.objects.get(talk=talk, number=before.again)
    must_go_on(talk, by)
    if most_a_minute is not None and before.lately >= most_a_minute:
        raise TooFast
    words = words.strip()
    if not words or len(words) > WORDS_LENGTH:
        raise NothingToSay
    who = {"writer": Writer.COUNSELLOR, "name": by.name, "staff": by.id} if by else {"writer": Writer.YOUNG}
    return put(talk, after=before.last, key=key, words=words, **who)


@transaction.atomic(using=LINE)
def leave(*, seat: Seat) -> None:
    """Leave the seat: this browser sees nothing more. The talk stays, for who holds its return code."""
    if seat.left_at is not None:
        return
    seat.left_at = timezone.now()
    seat.save(update_fields=["left_at"])
    talk = locked(seat.talk)
    record(Happened.LEFT, about=talk, by=young(talk))
    if talk.goes_on:
        fixed(talk, "left")
        tell(QUEUE)


@transaction.atomic(using=LINE)
def give_code(*, talk: Talk) -> str:
    """Make a return code, and give it, once: only its hash is kept. An earlier code stops working."""
    talk = locked(talk)
    code = new_code()
    talk.return_hash = keyed_hash("return", code)
    talk.return_until = timezone.now() + line().return_for
    talk.save(update_fields=["return_hash", "return_until"])
    return code


@transaction.atomic(using=LINE)
def come_back(*, code: str) -> tuple[Talk, str] | None:
    """Take a new seat at the talk of a return code; None if no such code works.

    The code may be in another's hands: whatever was said before stays hidden until a counsellor has asked whether it is
    safe, and whoever still sits at the talk loses the seat.
    """
    talk = Talk.objects.select_for_update().filter(return_hash=keyed_hash("return", code)).first()
    if talk is None or talk.key is None or talk.return_until is None or talk.return_until < timezone.now():
        return None
    Seat.objects.filter(talk=talk, left_at=None).update(left_at=timezone.now())
    _wait_again(talk)
    secret = _seat(talk, shows_from=talk.last_number + 1)
    record(Happened.CAME_BACK, about=talk, by=young(talk))
    fixed(talk, "came-back")
    tell(QUEUE)
    return talk, secret


@transaction.atomic(using=LINE)
def wait_now(*, talk: Talk) -> None:
    """Have a talk that was left for later wait for a counsellor: the line is open, and its writer is there."""
    talk = locked(talk)
    if talk.state != State.LATER:
        raise TalkRefuses
    talk.state, talk.waiting_since = State.WAITING, timezone.now()
    talk.save(update_fields=["state", "waiting_since"])
    record(Happened.WAITS_NOW, about=talk, by=young(talk))
    fixed(talk, "welcome")
    tell(QUEUE)


@transaction.atomic(using=LINE)
def end(*, talk: Talk, by: Counsellor | None = None) -> None:
    """End a talk: its counsellor, or (without `by`) the young person."""
    talk = locked(talk)
    must_go_on(talk, by)
    fixed(talk, "ended")
    talk.state, talk.ended_at = State.ENDED, timezone.now()
    talk.save(update_fields=["state", "ended_at"])
    Transfer.objects.filter(talk=talk, over_at=None).update(over_at=timezone.now())
    ReadAlong.objects.filter(talk=talk, until=None).update(until=timezone.now())
    record(Happened.ENDED, about=talk, by=by.actor if by else young(talk))
    tell(QUEUE)


def _seat(talk: Talk, *, shows_from: int) -> str:
    secret = new_secret()
    Seat.objects.using(LINE).create(hash=keyed_hash("seat", secret), talk=talk, shows_from=shows_from)
    return secret


def _wait_again(talk: Talk) -> None:
    talk.share_asked_at = talk.shared_consent_at = None  # who is back may be somebody else
    if talk.state != State.TALKING:
        talk.state, talk.waiting_since, talk.counsellor, talk.ended_at = State.WAITING, timezone.now(), None, None
    changed = ["state", "waiting_since", "counsellor", "ended_at", "share_asked_at", "shared_consent_at"]
    talk.save(update_fields=changed)
