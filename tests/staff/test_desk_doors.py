"""Every address of the desk by a stranger, a colleague without the role, a counsellor of another talk, and its own."""

from __future__ import annotations

import uuid

import pytest
from desk_people import SECRET, counsellor, now, taken, waiting
from django.urls import reverse

from scherp.web.audit.models import Event
from scherp.web.desk import actions as desk
from scherp.web.desk.urls import urlpatterns
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.models import Block

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

OF_A_TALK = {
    "desk-talk": "get", "desk-after": "get", "desk-shared": "get", "desk-say": "post", "desk-insert": "post",
    "desk-ask-safe": "post", "desk-show-earlier": "post", "desk-hand-over": "post", "desk-keep": "post",
    "desk-block": "post", "desk-end": "post", "desk-note": "post", "desk-shared-ask": "post",
    "desk-shared-add": "post", "desk-shared-erase": "post", "desk-shared-judge": "post",
}  # fmt: skip
OF_THE_QUEUE = {
    "desk": "get", "desk-take": "post", "desk-break": "post", "desk-back": "post", "desk-order": "get",
    "desk-news": "get",
}  # fmt: skip
OF_A_SUPERVISOR = {"desk-talks-now": "get", "desk-blocks": "get"}
WITH_AN_ID = {
    "desk-take-other", "desk-take-later", "desk-offer", "desk-along", "desk-along-begin", "desk-along-stop",
    "desk-block-lift", "desk-note-withdraw", "desk-put-back",
}  # fmt: skip


@pytest.fixture
def without_role(ans, otto, kees):
    """Colleagues who do not work at the desk: an administrator, an auditor, a case manager."""
    return ans, otto, kees


@pytest.fixture
def other_counsellors(bram, noor):
    """Counsellors whose talk it is not, of the same team and of another."""
    return bram, noor


def ask(browser, method, name, *args):
    return getattr(browser, method)(reverse(name, args=args), headers={"accept": "text/html"})


def refused(talk):
    return Event.objects.using(LINE).filter(kind="talk.refused", about=f"talk:{talk.pk}")


def test_no_address_of_the_desk_is_left_out_of_these_tests():
    assert {one.name for one in urlpatterns} == {*OF_A_TALK, *OF_THE_QUEUE, *OF_A_SUPERVISOR, *WITH_AN_ID}


@pytest.mark.parametrize("case", [*OF_THE_QUEUE.items(), *OF_A_SUPERVISOR.items()], ids=str)
def test_a_stranger_and_colleagues_without_the_role_pass_no_door(case, stranger, signed_in, without_role):
    name, method = case
    assert ask(stranger, method, name).status_code in {302, 403}
    for who in without_role:
        assert ask(signed_in(who), method, name).status_code == 403
        assert Event.objects.filter(kind="door.refused", by=f"staff:{who.pk}").exists()


@pytest.mark.parametrize("case", OF_A_TALK.items(), ids=str)
def test_a_talk_is_seen_by_no_stranger_and_no_colleague_without_role(case, stranger, signed_in, fenna, without_role):
    (name, method), talk = case, taken(fenna)
    assert ask(stranger, method, name, talk.pk).status_code in {302, 403}
    for who in without_role:
        assert ask(signed_in(who), method, name, talk.pk).status_code == 403


@pytest.mark.parametrize("case", OF_A_TALK.items(), ids=str)
def test_another_s_talk_is_not_there_and_the_attempt_is_on_record(case, signed_in, fenna, other_counsellors, soraya):
    # Given a talk of Fenna's, When Bram, Noor of another team, or the supervisor asks for it, Then there is nothing
    (name, method), talk = case, taken(fenna, from_hash="abc")
    before = now(talk).last_number
    for who in other_counsellors:
        answer = ask(signed_in(who), method, name, talk.pk)
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
        assert refused(talk).filter(by=f"staff:{who.pk}").count() == 1
    assert ask(signed_in(soraya), method, name, talk.pk).status_code in {403, 404}
    assert (now(talk).last_number, now(talk).state, Block.objects.count()) == (before, "talking", 0)


@pytest.mark.parametrize("name", ["desk-talk", "desk-shared"])
def test_a_talk_that_waits_or_is_nowhere_is_nobody_s(name, signed_in, fenna):
    for talk_id in (waiting().pk, uuid.uuid4()):
        assert ask(signed_in(fenna), "get", name, talk_id).status_code == 404


def test_its_own_counsellor_reads_a_talk_and_that_is_on_record(signed_in, fenna):
    talk = taken(fenna)
    answer = ask(signed_in(fenna), "get", "desk-talk", talk.pk)
    assert SECRET in answer.content.decode()
    assert Event.objects.using(LINE).get(kind="talk.read", about=f"talk:{talk.pk}").by == f"staff:{fenna.pk}"


@pytest.mark.parametrize(("name", "method"), OF_A_TALK.items())
def test_every_address_of_a_talk_answers_its_own_counsellor(name, method, signed_in, fenna):
    assert ask(signed_in(fenna), method, name, taken(fenna).pk).status_code in {200, 302}, name


def test_a_talk_that_ended_is_seen_for_a_day_and_an_erased_one_never(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    talks.end(talk=talk, by=counsellor(fenna))
    assert ask(browser, "get", "desk-talk", talk.pk).status_code == 200
    ended = now(talk)
    ended.ended_at = ended.ended_at.replace(year=2025)
    ended.save(update_fields=["ended_at"])
    assert ask(browser, "get", "desk-talk", talk.pk).status_code == 404
    gone = taken(fenna)
    talks.erase(talk=gone, by=talks.young(gone))
    assert ask(browser, "get", "desk-talk", gone.pk).status_code == 404


def test_who_comes_back_after_the_end_is_in_the_queue_and_no_longer_the_counsellor_s(signed_in, fenna):
    talk = taken(fenna)
    code = talks.give_code(talk=talk)
    talks.end(talk=talk, by=counsellor(fenna))
    talks.come_back(code=code)
    assert ask(signed_in(fenna), "get", "desk-talk", talk.pk).status_code == 404


def test_reading_along_takes_the_role_and_having_begun(signed_in, stranger, fenna, bram, soraya):
    talk = taken(fenna)
    of_supervisors = (
        ("desk-along", "get"), ("desk-along-begin", "post"), ("desk-along-stop", "post"), ("desk-put-back", "post"),
    )  # fmt: skip
    for name, method in of_supervisors:
        assert ask(stranger, method, name, talk.pk).status_code in {302, 403}
        assert ask(signed_in(bram), method, name, talk.pk).status_code == 403
        assert ask(signed_in(fenna), method, name, talk.pk).status_code == 403
    supervisor = signed_in(soraya)
    assert ask(supervisor, "get", "desk-along", talk.pk).status_code == 404
    assert refused(talk).filter(by=f"staff:{soraya.pk}").count() == 1
    ask(supervisor, "post", "desk-along-begin", talk.pk)
    assert SECRET in ask(supervisor, "get", "desk-along", talk.pk).content.decode()
    assert talk.messages.filter(said="reads-along", name="Soraya").count() == 1
    assert Event.objects.using(LINE).filter(kind="talk.read", by=f"staff:{soraya.pk}").count() == 1
    ask(supervisor, "post", "desk-along-stop", talk.pk)
    assert ask(supervisor, "get", "desk-along", talk.pk).status_code == 404


def test_the_overview_says_nothing_of_what_is_said_nor_who_it_is(signed_in, soraya, fenna):
    taken(fenna, nickname="Mus")
    shown = ask(signed_in(soraya), "get", "desk-talks-now").content.decode()
    assert "Fenna" in shown
    assert SECRET not in shown
    assert "Mus" not in shown


def test_only_who_is_asked_answers_an_offer(signed_in, fenna, other_counsellors, stranger, kees):
    talk, (bram, noor) = taken(fenna), other_counsellors
    asked = talks.ask_transfer(talk=talk, to=counsellor(bram), by=counsellor(fenna))
    talks.answer_transfer(transfer=asked, agrees=True)
    assert ask(stranger, "post", "desk-offer", asked.pk).status_code in {302, 403}
    assert ask(signed_in(kees), "post", "desk-offer", asked.pk).status_code == 403
    assert ask(signed_in(noor), "post", "desk-offer", asked.pk).status_code == 404
    assert refused(talk).filter(by=f"staff:{noor.pk}").count() == 1
    assert now(talk).counsellor == fenna.pk


def test_taking_another_than_the_next_takes_two_rights(signed_in, stranger, soraya, kees):
    talk = waiting()
    assert ask(stranger, "post", "desk-take-other", talk.pk).status_code in {302, 403}
    assert ask(signed_in(kees), "post", "desk-take-other", talk.pk).status_code == 403
    assert ask(signed_in(soraya), "post", "desk-take-other", talk.pk).status_code == 403
    assert now(talk).state == "waiting"


def test_only_a_counsellor_answers_what_was_left_for_later_and_nothing_else_is_taken_so(
    signed_in, stranger, soraya, kees, fenna
):
    left, waits = waiting(later=True), waiting()
    assert ask(stranger, "post", "desk-take-later", left.pk).status_code in {302, 403}
    for who in (soraya, kees):
        assert ask(signed_in(who), "post", "desk-take-later", left.pk).status_code == 403
    assert ask(signed_in(fenna), "post", "desk-take-later", waits.pk).status_code == 404
    assert (now(left).state, now(waits).state) == ("later", "waiting")
    ask(signed_in(fenna), "post", "desk-take-later", left.pk)
    assert now(left).counsellor == fenna.pk


def test_only_who_may_block_lifts_a_block(signed_in, stranger, kees, bram, fenna):
    desk.block(talk=taken(fenna, from_hash="abc"), hours=4, reason="scheldt", by=fenna)
    held = Block.objects.get()
    assert ask(stranger, "post", "desk-block-lift", held.pk).status_code in {302, 403}
    assert ask(signed_in(kees), "post", "desk-block-lift", held.pk).status_code == 403
    assert ask(signed_in(bram), "post", "desk-block-lift", uuid.uuid4()).status_code == 404
    ask(signed_in(bram), "post", "desk-block-lift", held.pk)
    assert Block.objects.get().lifted_at is not None


def test_only_its_writer_withdraws_a_note(signed_in, fenna, bram, kees, stranger):
    talk = taken(fenna)
    note = desk.add_note(talk=talk, words="Belt morgen terug", by=fenna)
    for who, status in ((bram, 404), (kees, 403)):
        assert ask(signed_in(who), "post", "desk-note-withdraw", talk.pk, note.pk).status_code == status
    assert ask(stranger, "post", "desk-note-withdraw", talk.pk, note.pk).status_code in {302, 403}
    note.refresh_from_db()
    assert note.withdrawn_at is None
    ask(signed_in(fenna), "post", "desk-note-withdraw", talk.pk, note.pk)
    note.refresh_from_db()
    assert note.withdrawn_at is not None


def test_who_looks_at_the_queue_the_talks_or_the_blocks_is_on_record(signed_in, fenna, soraya):
    for somebody, names in ((fenna, ("desk",)), (soraya, ("desk", "desk-talks-now", "desk-blocks"))):
        browser = signed_in(somebody)
        for name in names:
            assert browser.get(reverse(name)).status_code == 200
        looked = Event.objects.using(STAFF).filter(kind="desk.looked", by=f"staff:{somebody.pk}")
        assert looked.count() == len(names)
