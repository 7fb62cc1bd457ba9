"""A conversation that a young person shared: only with consent, sealed, looked at, judged, erased. All invented."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from desk_people import now, taken
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from scherp import __version__
from scherp.web.audit.models import Event
from scherp.web.desk import actions as desk
from scherp.web.desk.models import Feedback, Folder, Judgement, Shared
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

EXAMPLES = Path(__file__).parents[2] / "examples"
KIM = EXAMPLES / "WhatsApp-chat met Kim.zip"


def chat():
    """The text in the example."""
    with ZipFile(KIM) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".txt"))
        return archive.read(name).decode()


@pytest.fixture
def talk(fenna):
    """A talk of Fenna's whose young person agreed to look together."""
    talk = taken(fenna)
    talks.consent_to_share(talk=talk)
    return now(talk)


def give(browser, talk, **fields):
    return browser.post(reverse("desk-shared-add", args=[talk.pk]), fields, follow=True).content.decode()


def page(browser, talk, query=""):
    return browser.get(reverse("desk-shared", args=[talk.pk]) + query).content.decode()


def test_without_consent_nothing_is_kept_and_the_page_only_asks(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    shown = page(browser, talk)
    assert "Vraag het de jongere" in shown
    assert "Plak het gesprek" not in shown
    give(browser, talk, pasted=chat())
    assert not Shared.objects.exists()
    browser.post(reverse("desk-shared-ask", args=[talk.pk]))
    assert now(talk).share_asked_at is not None
    assert "nog niet geantwoord" in page(browser, talk)


def test_what_is_pasted_is_sealed_and_looked_at_as_the_terminal_does(signed_in, fenna, talk):
    shown = give(signed_in(fenna), talk, pasted=chat())
    assert "Persoon A" in shown or "persoon A" in shown
    assert "Laat zien:" in shown
    assert "geen bewijs" in shown
    assert b"Kim" not in bytes(Shared.objects.values_list("documents", flat=True).get())
    read = Event.objects.get(kind="desk.shared-read")
    assert (read.by, read.detail) == (f"staff:{fenna.pk}", {"talk": str(talk.pk)})


def test_a_file_is_opened_and_only_its_text_is_kept(signed_in, fenna, talk):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", chat())
        archive.writestr("IMG-0001.jpg", b"\xff\xd8 a picture")
    shown = give(signed_in(fenna), talk, file=SimpleUploadedFile("chat.zip", packed.getvalue()))
    assert "Laat zien:" in shown
    assert "picture" not in Shared.objects.get().documents


def test_what_is_no_chat_is_refused_in_words_and_not_kept(signed_in, fenna, talk):
    browser = signed_in(fenna)
    for fields in ({"pasted": "zomaar een zin"}, {"file": SimpleUploadedFile("foto.jpg", b"\xff\xd8\x00\x01")}, {}):
        shown = give(browser, talk, **fields)
        assert 'class="told" role="status"' in shown
    assert not Shared.objects.exists()


def test_a_file_that_is_too_large_is_never_written_anywhere(signed_in, fenna, talk):
    give(signed_in(fenna), talk, file=SimpleUploadedFile("chat.txt", b"x" * 5_000_000))
    assert not Shared.objects.exists()


def test_messages_are_closed_until_pressed_unless_the_member_wants_otherwise(signed_in, fenna, talk):
    browser = signed_in(fenna)
    shown = give(browser, talk, pasted=chat())
    assert '<details class="closed">' in shown
    assert '<details class="closed" open>' not in shown
    fenna.blur = False
    fenna.save()
    assert '<details class="closed" open>' in page(browser, talk)


def test_a_long_page_begins_with_where_its_parts_are_and_names_none_that_is_not_there(signed_in, fenna, talk):
    for given in (chat(), "[12-03-2024 15:01] Sem: hoi\n[12-03-2024 15:02] Bo: hee, alles goed?"):
        shown = give(signed_in(fenna), talk, pasted=given)
        listed = re.findall(r'<li><a href="#([a-z]+)">', shown)
        assert listed[0] == "signs"
        assert all(f'id="{part}"' in shown for part in listed)
        assert ("messages" in listed) == ('id="messages"' in shown)


def test_names_are_shown_only_to_who_asks(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    assert "<summary>Kim," not in page(browser, talk)
    assert "<summary>Kim," in page(browser, talk, "?names=1")


def test_agreeing_and_thinking_better_of_it_leaves_one_count(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    address = reverse("desk-shared-judge", args=[talk.pk])
    answer = browser.post(address, {"sign": "secrecy_request", "agrees": "yes", "back": "?which=0"})
    assert answer.url == reverse("desk-shared", args=[talk.pk]) + "?which=0#sign-secrecy_request"
    for agrees in ("yes", "no", "no"):
        browser.post(address, {"sign": "secrecy_request", "agrees": agrees})
    count = Feedback.objects.get()
    assert (count.sign, count.language, count.engine) == ("secrecy_request", "nl", __version__)
    assert (count.agreed, count.disagreed) == (0, 1)


def test_a_sign_that_nobody_knows_or_that_is_not_in_it_is_not_counted(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    for sign in ("mijn geheim", "status_threat"):
        browser.post(reverse("desk-shared-judge", args=[talk.pk]), {"sign": sign, "agrees": "yes"})
    assert not Feedback.objects.exists()


def test_the_way_back_is_never_to_another_site(signed_in, fenna, talk):
    answer = signed_in(fenna).post(reverse("desk-shared-judge", args=[talk.pk]), {"back": "//elsewhere.example/"})
    assert answer.url.startswith(reverse("desk-shared", args=[talk.pk]))


def test_erased_at_once_only_the_counts_stay(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    browser.post(reverse("desk-shared-judge", args=[talk.pk]), {"sign": "secrecy_request", "agrees": "yes"})
    browser.post(reverse("desk-shared-erase", args=[talk.pk]))
    assert (Shared.objects.count(), Judgement.objects.count(), Feedback.objects.count()) == (0, 0, 1)
    assert Event.objects.filter(kind="desk.shared-erased", by=f"staff:{fenna.pk}").count() == 1


def test_who_takes_the_consent_back_has_it_erased_at_the_next_look(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    talks.refuse_to_share(talk=talk)
    shown = page(browser, talk)
    assert "wil niet meer samen kijken" in shown
    assert "Laat zien:" not in shown
    assert not Shared.objects.exists()


def test_once_the_talk_is_over_what_was_shared_can_be_read_and_nothing_is_added(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    talks.end(talk=talk)
    shown = page(browser, talk)
    assert "er komt niets meer bij" in shown
    assert "Laat zien:" in shown
    browser.post(reverse("desk-shared-erase", args=[talk.pk]))
    assert "Samen kijken kan niet meer" in page(browser, talk)
    give(browser, talk, pasted=chat())
    assert not Shared.objects.exists()


def test_a_talk_that_ended_before_anybody_agreed_cannot_be_asked_any_more(signed_in, fenna):
    talk, browser = taken(fenna), signed_in(fenna)
    talks.end(talk=talk)
    shown = page(browser, talk)
    assert "Samen kijken kan niet meer" in shown
    assert "Vraag het de jongere" not in shown


def test_the_daily_round_erases_what_has_no_consent_or_no_talk_any_more(signed_in, fenna, talk):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    talks.refuse_to_share(talk=talk)
    assert desk.forget() == 1
    assert (Shared.objects.count(), Folder.objects.count()) == (0, 1)
    talks.erase(talk=talk, by=talks.young(talk))
    assert desk.forget() == 1
    assert not Folder.objects.exists()


def test_the_counts_are_written_with_weights_and_without_words(signed_in, fenna, talk):
    give(signed_in(fenna), talk, pasted=chat())
    desk.judge(shared=Shared.objects.get(), sign="secrecy_request", agrees=True, language="nl", by=fenna)
    out = StringIO()
    call_command("feedback", counts=True, stdout=out)
    head, row = out.getvalue().splitlines()
    assert head == "sign,language,engine,agreed,disagreed,weight"
    assert row.startswith(f"secrecy_request,nl,{__version__},1,0,")
    assert int(row.rpartition(",")[2]) > 0
    with pytest.raises(CommandError, match="--counts"):
        call_command("feedback")


def test_of_a_judgement_no_sign_and_no_verdict_is_on_record(signed_in, fenna, talk):
    give(signed_in(fenna), talk, pasted=chat())
    desk.judge(shared=Shared.objects.get(), sign="secrecy_request", agrees=True, language="nl", by=fenna)
    judged = Event.objects.using(STAFF).get(kind__endswith="judged")
    assert "secrecy_request" not in str(judged.detail)
    assert "agrees" not in judged.detail


def test_no_words_of_it_are_on_record_or_in_a_log(signed_in, fenna, talk, caplog):
    browser = signed_in(fenna)
    give(browser, talk, pasted=chat())
    page(browser, talk)
    browser.post(reverse("desk-shared-erase", args=[talk.pk]))
    kept = [line for line in chat().splitlines() if ": " in line]
    words = [line.rsplit(": ", 1)[1] for line in kept if len(line.rsplit(": ", 1)[1]) > 12]
    record = " ".join(str(event.detail) for store in (LINE, STAFF) for event in Event.objects.using(store).all())
    assert words
    assert not any(one in record or one in caplog.text for one in words)
