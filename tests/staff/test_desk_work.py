"""A counsellor's evening: taking talks, the limit, a break, handing over, notes, a pause after what was heavy."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from desk_people import SECRET, counsellor, now, said, taken, waiting
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.cases.models import ClosingForm
from scherp.web.desk import actions as desk
from scherp.web.desk import canned, line_up, pauses
from scherp.web.desk.models import AtDesk, Folder, Note, Override
from scherp.web.desk.pauses import Finished
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.models import Block, State, Talk
from scherp.web.talks.opening import AgeBand, Tick

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


def post(browser, name, *args, **fields):
    return browser.post(reverse(name, args=args), fields)


def page(browser, name, *args):
    return browser.get(reverse(name, args=args)).content.decode()


def test_the_next_is_who_ticked_danger_however_short_they_wait(signed_in, fenna):
    waiting(Tick.PICTURES)
    mus = waiting(Tick.DANGER_NOW)
    answer = post(signed_in(fenna), "desk-take")
    assert answer.url == reverse("desk-talk", args=[mus.pk])
    assert (now(mus).state, now(mus).counsellor) == (State.TALKING, fenna.pk)


def test_the_board_says_why_somebody_stands_where_they_stand_and_nothing_of_what_they_wrote(signed_in, fenna):
    waiting(Tick.MEETING_TODAY, age=AgeBand.FROM_12_TO_14)
    shown = page(signed_in(fenna), "desk")
    assert "heeft vandaag een afspraak" in shown
    assert "is jonger dan 15" in shown
    assert SECRET not in shown
    assert "Mus" not in shown


def test_when_nobody_waits_the_board_says_so(signed_in, fenna):
    browser = signed_in(fenna)
    assert "Er wacht nu niemand" in browser.post(reverse("desk-take"), follow=True).content.decode()


def test_what_was_left_for_later_stands_apart_and_is_never_the_next(signed_in, fenna):
    waiting(Tick.DANGER_NOW, later=True)
    assert "Berichten voor later: 1" in page(signed_in(fenna), "desk")
    assert desk.take_next(by=fenna) is None


def test_what_was_left_for_later_stands_in_the_order_of_the_rules(fenna):
    first = waiting(later=True)
    urgent = waiting(Tick.DANGER_NOW, Tick.THOUGHTS_OF_DEATH, later=True)
    assert [talk.pk for talk in line_up.left_for_later()] == [urgent.pk, first.pk]


def test_answering_what_was_left_for_later_while_somebody_waits_is_on_record_and_counted(fenna):
    left = waiting(later=True)
    desk.take_later(talk=left, by=fenna)
    assert not Override.objects.exists()
    waiting(Tick.DANGER_NOW)
    desk.take_later(talk=waiting(later=True), by=fenna)
    assert Override.objects.get().reason == "left for later"
    assert Event.objects.using(LINE).filter(kind__endswith="order-changed").count() == 1


def test_why_another_was_taken_goes_when_it_is_counted_no_more(fenna):
    waiting(Tick.DANGER_NOW)
    desk.take_later(talk=waiting(later=True), by=fenna)
    desk.forget()
    assert Override.objects.exists()
    Override.objects.update(at=timezone.now() - timedelta(days=91))
    desk.forget()
    assert not Override.objects.exists()


def test_a_talk_of_who_is_not_there_any_more_is_put_back_and_taken_by_another(signed_in, fenna, bram, soraya):
    # Given a talk of Fenna, whose account was stopped
    talk = taken(fenna)
    fenna.is_active = False
    fenna.save()
    # When her supervisor puts it back
    answer = signed_in(soraya).post(reverse("desk-put-back", args=[talk.pk]), follow=True)
    assert "Het gesprek wacht weer" in answer.content.decode()
    # Then it waits, the young person reads why, and Bram can take it
    assert now(talk).state == "waiting"
    assert talk.messages.order_by("-number").first().said == "put-back"
    assert desk.take_next(by=bram) == talk
    assert now(talk).counsellor == bram.pk
    assert Event.objects.using(LINE).filter(kind="talk.put-back", by=f"staff:{soraya.pk}").exists()


def test_a_counsellor_puts_no_talk_back_and_a_supervisor_not_their_own(signed_in, fenna, bram, soraya):
    talk = taken(fenna)
    assert signed_in(bram).post(reverse("desk-put-back", args=[talk.pk])).status_code == 403
    with pytest.raises(talks.TalkRefuses):
        talks.put_back(talk=talk, by=counsellor(fenna))
    assert now(talk).counsellor == fenna.pk


def test_somebody_who_left_the_page_stays_in_the_queue(signed_in, fenna):
    talk = waiting()
    talks.leave(seat=talk.seats.get())
    assert "zonder vier woorden: kan niet meer terugkomen" in page(signed_in(fenna), "desk")
    talks.give_code(talk=talk)
    assert "Heeft de pagina verlaten en kan terugkomen" in page(signed_in(fenna), "desk")
    assert desk.take_next(by=fenna) == talk


def test_two_talks_without_a_name_are_told_apart_by_when_they_came(signed_in, fenna):
    for clock in ("15:04", "15:31"):
        talk, (hour, minute) = taken(fenna, nickname=""), map(int, clock.split(":"))
        talk.opened_at = timezone.localtime().replace(hour=hour, minute=minute)
        talk.save(update_fields=["opened_at"])
    shown = page(signed_in(fenna), "desk")
    assert "Geen naam, van 15:04" in shown
    assert "Geen naam, van 15:31" in shown


def test_one_s_own_limit_holds(signed_in, fenna):
    fenna.talks_at_once = 1
    fenna.save()
    taken(fenna)
    other = waiting()
    shown = signed_in(fenna).post(reverse("desk-take"), follow=True).content.decode()
    assert "je eigen grens" in shown
    assert now(other).state == State.WAITING


def test_on_a_break_there_are_no_new_talks_until_one_is_back(signed_in, fenna):
    browser, talk = signed_in(fenna), waiting()
    post(browser, "desk-break")
    assert "Ik ben er weer" in page(browser, "desk")
    post(browser, "desk-take")
    assert now(talk).state == State.WAITING
    post(browser, "desk-back")
    post(browser, "desk-take")
    assert now(talk).state == State.TALKING
    kinds = Event.objects.filter(by=f"staff:{fenna.pk}").values_list("kind", flat=True)
    assert {"desk.break-began", "desk.break-ended"} <= set(kinds)


def test_taking_another_than_the_next_needs_a_reason_and_is_counted(signed_in, fenna):
    # Given Mus, in danger, and Pim after them, When Fenna takes Pim, Then only with a reason, on record and counted
    mus, pim, browser = waiting(Tick.DANGER_NOW), waiting(Tick.PICTURES), signed_in(fenna)
    post(browser, "desk-take-other", pim.pk, reason="  ")
    assert now(pim).state == State.WAITING
    post(browser, "desk-take-other", pim.pk, reason="x" * 201)
    assert now(pim).state == State.WAITING
    post(browser, "desk-take-other", pim.pk, reason="Sprak deze jongere eerder vandaag")
    assert (now(pim).counsellor, now(mus).state) == (fenna.pk, State.WAITING)
    kept = Override.objects.get()
    assert (kept.next_rule, kept.taken_rule, kept.by) == ("danger-now", "everybody", fenna)
    event = Event.objects.using(LINE).get(kind="desk.order-changed")
    assert event.detail["reason"] == "Sprak deze jongere eerder vandaag"
    shown = page(browser, "desk-order")
    assert "op volgorde van binnenkomst" in shown
    assert "1 van de 1 genomen gesprekken" in shown


def test_taking_the_next_by_name_is_no_change_of_the_order(signed_in, fenna):
    post(signed_in(fenna), "desk-take-other", waiting().pk, reason="Deze is toch de volgende")
    assert not Override.objects.exists()


def test_a_talk_that_a_colleague_took_meanwhile_is_not_taken_twice(signed_in, fenna, bram):
    talk = taken(bram)
    shown = signed_in(fenna).post(reverse("desk-take-other", args=[talk.pk]), {"reason": "Ken ik"}, follow=True)
    assert "Een collega was je net voor" in shown.content.decode()
    assert now(talk).counsellor == bram.pk


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_of_two_who_take_the_last_one_at_the_same_moment_one_gets_it(fenna, bram):
    talk, found, together = waiting(), {}, threading.Barrier(2)

    def take(member):
        together.wait()
        try:
            found[member.name] = desk.take_next(by=member)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[member]) for member in (fenna, bram)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(found) == ["Bram", "Fenna"]
    assert [one for one in found.values() if one] == [talk]
    assert said(talk).count("joined") == 1


@pytest.mark.django_db(databases=[STAFF, LINE], transaction=True)
def test_one_who_presses_twice_at_once_gets_no_more_than_their_limit(fenna):
    fenna.talks_at_once = 1
    fenna.save()
    waiting(), waiting()
    together = threading.Barrier(2)

    def take():
        together.wait()
        try:
            desk.take_next(by=fenna)
        except desk.Full:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Talk.objects.filter(state=State.TALKING).count() == 1


def test_a_message_is_said_once_however_often_it_is_sent(signed_in, fenna):
    talk, browser, key = taken(fenna), signed_in(fenna), str(uuid.uuid4())
    address = reverse("desk-say", args=[talk.pk])
    sent = {"words": "Hoi Mus", "key": key}
    first, again = (browser.post(address, sent, content_type="application/json") for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 201
    assert said(talk).count("Hoi Mus") == 1


def test_the_plain_form_says_something_and_comes_back_to_the_last_line(signed_in, fenna):
    talk = taken(fenna)
    answer = post(signed_in(fenna), "desk-say", talk.pk, words="Ik lees het", key=str(uuid.uuid4()))
    assert answer.url == reverse("desk-talk", args=[talk.pk]) + "#last"
    assert said(talk)[-1] == "Ik lees het"


def test_a_message_that_is_too_long_is_refused_and_not_lost(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    shown = post(browser, "desk-say", talk.pk, words="a" * 4001).content.decode()
    assert "langer dan 4000" in shown
    assert "a" * 4001 in shown
    address = reverse("desk-say", args=[talk.pk])
    for words in ("", "a" * 4001):
        sent = {"words": words, "key": str(uuid.uuid4())}
        assert browser.post(address, sent, content_type="application/json").status_code == 422
    talks.end(talk=talk)
    sent = {"words": "hoi", "key": str(uuid.uuid4())}
    assert browser.post(address, sent, content_type="application/json").status_code == 409


def test_a_sentence_goes_into_the_field_behind_what_is_there_and_is_not_sent(signed_in, fenna):
    talk = taken(fenna)
    before = said(talk)
    shown = post(signed_in(fenna), "desk-insert", talk.pk, words="Dank je.", canned="believe").content.decode()
    assert "Dank je. Ik geloof je.</textarea>" in shown
    assert said(talk) == before


def test_the_sentences_are_in_the_language_of_the_talk(signed_in, fenna):
    talk = taken(fenna, language=Language.EN)
    assert "I believe you." in page(signed_in(fenna), "desk-talk", talk.pk)


def test_there_are_enough_sentences_and_an_organisation_adds_its_own(tmp_path, settings):
    assert len(canned.canned()) >= 20
    own = tmp_path / "own.toml"
    own.write_text('[[text]]\nid = "ours"\nnl = "Wij zijn van de hulplijn."\nen = "We are the help line."\n')
    settings.CANNED = own
    assert canned.words_of("ours", Language.NL) == "Wij zijn van de hulplijn."
    assert canned.grouped(Language.NL)[-1][0] == "own"


def test_no_sentence_promises_what_nobody_can_promise():
    never = ("komt goed", "beloof ik", "nooit iemand", "blijft geheim", "will be fine", "i promise", "stays secret")
    for one in canned.canned():
        for words in one.words.values():
            assert not any(part in words.lower() for part in never), one.id


def test_a_talk_goes_to_a_colleague_when_the_young_person_and_the_colleague_agree(signed_in, fenna, bram):
    desk.seen(by=bram)
    talk, browser, his = taken(fenna, Tick.THREAT), signed_in(fenna), signed_in(bram)
    post(browser, "desk-hand-over", talk.pk, to=str(bram.pk))
    assert "wil een gesprek aan je overdragen" not in page(his, "desk")
    talks.answer_transfer(transfer=talk.transfers.get(), agrees=True)
    offered = page(his, "desk")
    assert "wil een gesprek aan je overdragen" in offered
    assert SECRET not in offered
    answer = post(his, "desk-offer", talk.transfers.get().pk, agrees="yes")
    assert answer.url == reverse("desk-talk", args=[talk.pk])
    assert now(talk).counsellor == bram.pk
    assert browser.get(reverse("desk-talk", args=[talk.pk])).status_code == 404


def test_a_colleague_who_declines_leaves_the_talk_where_it_is(signed_in, fenna, bram):
    talk = taken(fenna)
    asked = talks.ask_transfer(talk=talk, to=counsellor(bram), by=counsellor(fenna))
    talks.answer_transfer(transfer=asked, agrees=True)
    post(signed_in(bram), "desk-offer", asked.pk, agrees="no")
    assert now(talk).counsellor == fenna.pk
    assert said(talk)[-1] == "transfer-declined"


def test_a_colleague_at_the_limit_cannot_accept(signed_in, fenna, bram):
    bram.talks_at_once = 0
    bram.save()
    talk = taken(fenna)
    asked = talks.ask_transfer(talk=talk, to=counsellor(bram), by=counsellor(fenna))
    talks.answer_transfer(transfer=asked, agrees=True)
    post(signed_in(bram), "desk-offer", asked.pk, agrees="yes")
    assert now(talk).counsellor == fenna.pk


def test_only_colleagues_who_are_there_with_room_can_be_asked(fenna, bram, noor, soraya):
    for one in (fenna, bram, noor, soraya):
        desk.seen(by=one)
    assert line_up.colleagues(fenna) == [bram, noor]
    noor.talks_at_once = 0
    noor.save()
    desk.begin_break(by=bram)
    assert line_up.colleagues(fenna) == []
    desk.come_back(by=bram)
    AtDesk.objects.filter(member=bram).update(seen_at=timezone.now() - timedelta(hours=1))
    assert line_up.colleagues(fenna) == []


def test_a_talk_offered_to_nobody_there_stays(signed_in, fenna, bram):
    talk = taken(fenna)
    shown = signed_in(fenna).post(reverse("desk-hand-over", args=[talk.pk]), {"to": str(bram.pk)}, follow=True)
    assert "Kies een ander" in shown.content.decode()
    assert not talk.transfers.exists()


def test_a_transfer_nobody_answered_can_be_taken_back(signed_in, fenna, bram):
    desk.seen(by=bram)
    talk, browser = taken(fenna), signed_in(fenna)
    post(browser, "desk-hand-over", talk.pk, to=str(bram.pk))
    post(browser, "desk-keep", talk.pk)
    assert not talk.transfers.filter(over_at=None).exists()
    assert said(talk)[-1] == "transfer-declined"


def test_who_came_back_is_asked_whether_it_is_safe_before_anything_is_shown(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    code = talks.give_code(talk=talk)
    talks.come_back(code=code)
    shown = page(browser, "desk-talk", talk.pk)
    assert "Vraag of het veilig is" in shown
    assert "Laat zien wat eerder is gezegd" not in shown
    post(browser, "desk-show-earlier", talk.pk)
    assert now(talk).seats.get(left_at=None).shows_from > 1
    post(browser, "desk-ask-safe", talk.pk)
    post(browser, "desk-show-earlier", talk.pk)
    assert now(talk).seats.get(left_at=None).shows_from == 1
    assert "Vraag of het veilig is" not in page(browser, "desk-talk", talk.pk)


def test_the_page_says_whether_somebody_can_come_back(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    assert "Geen vier woorden gevraagd" in page(browser, "desk-talk", talk.pk)
    talks.give_code(talk=talk)
    assert "Kan met vier woorden terugkomen tot" in page(browser, "desk-talk", talk.pk)


def test_notes_are_sealed_and_go_when_the_talk_goes(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    post(browser, "desk-note", talk.pk, note="Belt zelf morgen met oma")
    assert "Belt zelf morgen met oma" in page(browser, "desk-talk", talk.pk)
    assert b"oma" not in bytes(Note.objects.values_list("words", flat=True).get())
    key = Folder.objects.get().key_id
    assert desk.forget() == 0
    talks.erase(talk=talk, by=talks.young(talk))
    assert desk.forget() == 1
    assert not Folder.objects.exists()
    assert not Note.objects.exists()
    assert not Key.objects.filter(pk=key).exists()
    assert Event.objects.filter(kind="desk.erased", by="system:retention").count() == 1


def test_an_empty_note_is_not_kept(signed_in, fenna):
    talk = taken(fenna)
    post(signed_in(fenna), "desk-note", talk.pk, note="   ")
    assert not Note.objects.exists()


def test_a_withdrawn_note_stays_to_be_read_as_withdrawn(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    note = desk.add_note(talk=talk, words="Vergissing", by=fenna)
    post(browser, "desk-note-withdraw", talk.pk, note.pk)
    assert "<del>Vergissing</del>" in page(browser, "desk-talk", talk.pk)


def test_blocking_needs_a_reason_ends_the_talk_and_ends_itself(signed_in, fenna):
    talk, browser = taken(fenna, from_hash="abc"), signed_in(fenna)
    post(browser, "desk-block", talk.pk, reason="", hours="4")
    assert not Block.objects.exists()
    post(browser, "desk-block", talk.pk, reason="Scheldt en bedreigt", hours="4")
    held = Block.objects.get()
    assert (held.from_hash, held.by, now(talk).state) == ("abc", fenna.pk, State.ENDED)
    assert timedelta(hours=3) < held.until - timezone.now() <= timedelta(hours=4)
    assert "Scheldt en bedreigt" in page(browser, "desk-blocks")


def test_a_block_is_never_longer_than_a_day(signed_in, fenna):
    talk = taken(fenna, from_hash="abc")
    post(signed_in(fenna), "desk-block", talk.pk, reason="Scheldt", hours="9999")
    assert Block.objects.get().until - timezone.now() <= timedelta(hours=24)


def test_where_nothing_is_known_of_the_visitor_nothing_is_blocked(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    assert "Sluit af en blokkeer" not in page(browser, "desk-talk", talk.pk)
    post(browser, "desk-block", talk.pk, reason="Scheldt", hours="4")
    assert (Block.objects.count(), now(talk).state) == (0, State.TALKING)


def test_after_the_end_nothing_more_is_said_and_the_page_says_what_is_left_to_do(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    answer = post(browser, "desk-end", talk.pk)
    assert answer.url == reverse("desk-after", args=[talk.pk])
    assert "Het gesprek is klaar" in page(browser, "desk-after", talk.pk)
    assert post(browser, "desk-say", talk.pk, words="nog iets").status_code == 200
    assert "nog iets" not in said(talk)


def test_a_pause_is_suggested_after_heavy_talks_and_only_to_who_had_them(signed_in, fenna, bram):
    for _ in range(2):
        last = taken(fenna, Tick.DANGER_NOW)
        talks.end(talk=last, by=counsellor(fenna))
    his = taken(bram, Tick.DANGER_NOW)
    talks.end(talk=his, by=counsellor(bram))
    assert "Even pauze?" in page(signed_in(fenna), "desk-after", last.pk)
    assert "Even pauze?" not in page(signed_in(bram), "desk-after", his.pk)


def test_a_pause_is_due_after_two_heavy_talks_within_four_hours_or_one_long_one():
    at = timezone.now()
    heavy = Finished(at, timedelta(minutes=20), frozenset({Tick.THREAT}))
    old = Finished(at - timedelta(hours=5), timedelta(minutes=20), frozenset({Tick.THREAT}))
    light, long = Finished(at, timedelta(minutes=20)), Finished(at, timedelta(minutes=61))
    rules = pauses.rules()
    assert pauses.suggestion([heavy, heavy], rules, at, Language.NL).startswith("Dit waren zware gesprekken")
    assert pauses.suggestion([long], rules, at, Language.EN).startswith("This was a long talk")
    for none in ([], [heavy], [heavy, old], [light, light], [light, long]):
        assert pauses.suggestion(none, rules, at, Language.NL) is None


def test_the_board_warns_before_the_line_closes(signed_in, fenna, tmp_path, settings):
    local = timezone.localtime()
    end = local + timedelta(minutes=20)
    if end.date() != local.date():
        pytest.skip("the last minutes of the day: the file below would have to name two days")
    path = tmp_path / "line.toml"
    path.write_text(
        'name = { nl = "de lijn", en = "the line" }\ntimezone = "Europe/Amsterdam"\nwaiting_at_most = 5\n'
        'return_days = 1\nkeep_days = 1\n[[hours]]\ndays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
        f'from = "00:00"\nto = "{end:%H:%M}"\n'
    )
    settings.LINE_FILE = path
    assert f"De lijn sluit om {end:%H:%M}" in page(signed_in(fenna), "desk")


def test_a_member_in_english_reads_english_and_in_grey_sees_grey(signed_in, fenna):
    fenna.language, fenna.grey = "en", True
    fenna.save()
    shown = page(signed_in(fenna), "desk")
    assert "Nobody is waiting now" in shown
    assert '<html lang="en" class="grey">' in shown


@pytest.mark.parametrize(("language", "told"), [(Language.NL, "Nederlands"), (Language.EN, "Engels")])
def test_the_queue_tells_in_which_language_somebody_waits(language, told, signed_in, fenna):
    waiting(language=language)
    assert f'<span class="quiet">{told}</span>' in signed_in(fenna).get(reverse("desk")).content.decode()


def test_a_talk_that_just_ended_is_still_found_with_whether_its_form_is_filled_in(signed_in, fenna, bram):
    # Given a talk of Fenna that is over, When she looks at the board, Then it is there, and for nobody else
    talk, browser = taken(fenna), signed_in(fenna)
    assert "Net klaar" not in browser.get("/desk/").content.decode()
    talks.end(talk=talk)
    shown = browser.get("/desk/").content.decode()
    assert reverse("desk-after", args=[talk.pk]) in shown
    assert "formulier nog niet ingevuld" in shown
    assert "Net klaar" not in signed_in(bram).get("/desk/").content.decode()
    ClosingForm.objects.create(talk=talk.pk, version="2026-1", filled_by=fenna)
    assert "formulier ingevuld" in browser.get("/desk/").content.decode()


def test_of_an_erased_talk_only_that_it_is_erased_is_shown_and_of_an_older_one_nothing(signed_in, fenna):
    erased, old, browser = taken(fenna), taken(fenna, nickname="Pim"), signed_in(fenna)
    talks.erase(talk=erased, by=talks.young(erased))
    talks.end(talk=old)
    Talk.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(hours=25))
    shown = browser.get("/desk/").content.decode()
    assert "Een gesprek dat de jongere heeft gewist" in shown
    assert str(erased.pk) not in shown
    assert "Mus" not in shown
    assert "Pim" not in shown
