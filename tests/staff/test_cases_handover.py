"""A case is handed over: on consent or a ground, approved by another, packed and signed, taken out once, answered."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from scherp.handover import Verdict, verify
from scherp.web.audit.models import Event
from scherp.web.cases import actions, organisation
from scherp.web.cases.models import AgeBand, Handover, HandoverState, Package, Person, PersonRole, Proposal, Task
from scherp.web.cases.nouns import Along, Basis, Draft, Received, When
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
CHAT = b"[02-03-2026, 16:01:12] Dex: hey\n[02-03-2026, 16:02:40] Mus: ja\n"


@pytest.fixture
def along(case_of_fenna, fenna, kees):
    """Somebody, a suspect, a line of the timeline and a file."""
    person = actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_16, by=fenna)
    suspect = actions.add_suspect(case=case_of_fenna, age=AgeBand.ADULT, known_as="Dex", rests_on="de chat", by=kees)
    when = When(dt.date(2026, 3, 2), dt.time(16, 1))
    entry = actions.add_entry(case=case_of_fenna, what="Eerste bericht", source="de chat", when=when, by=fenna)
    received = Received("Mus", timezone.now())
    item = actions.keep_evidence(case=case_of_fenna, name="chat.txt", data=CHAT, received=received, by=fenna)
    return Along((str(person.pk),), (str(suspect.pk),), (str(entry.pk),), (str(item.pk),))


def hers():
    """The pseudonym of the young person."""
    return Person.objects.get(role=PersonRole.YOUNG_PERSON).pseudonym


@pytest.fixture
def draft(along):
    """To the police, with the consent of the young person."""
    now = timezone.now()
    basis = Basis("consent", "In het gesprek gevraagd", "able", (hers(),), now - dt.timedelta(hours=1))
    words = ("police", "Team Zeden", "Aangifte", "Zij wordt afgeperst.\n\nZij wil aangifte doen.")
    return Draft(*words, basis, along, now + dt.timedelta(days=30), "told", "Zij vindt het goed")


@pytest.fixture
def drafted(case_of_fenna, draft, kees):
    return actions.draft_handover(case=case_of_fenna, draft=draft, by=kees)


@pytest.fixture
def approved(drafted, soraya):
    actions.approve(proposal=Proposal.objects.get(about=drafted.pk), by=soraya)
    drafted.refresh_from_db()
    return drafted


def test_a_counsellor_and_another_team_hand_nothing_over(case_of_fenna, draft, fenna, noor):
    with pytest.raises(actions.NotAllowed):
        actions.draft_handover(case=case_of_fenna, draft=draft, by=fenna)
    noor.roles = ["case-manager"]
    noor.save()
    with pytest.raises(actions.NotTheirCase):
        actions.draft_handover(case=case_of_fenna, draft=draft, by=noor)


@pytest.mark.parametrize(
    "basis",
    [
        {"capacity": "unknown"},
        {"consent_by": ()},
        {"consent_at": None},
        {"consent_at": timezone.now() + dt.timedelta(days=3)},
    ],
)
def test_without_consent_of_somebody_or_a_named_ground_nothing_goes(case_of_fenna, draft, kees, basis):
    with pytest.raises(actions.NothingToRestOn):
        actions.draft_handover(case=case_of_fenna, draft=replace(draft, basis=replace(draft.basis, **basis)), by=kees)
    assert not Handover.objects.exists()


def test_a_ground_takes_a_reason(case_of_fenna, draft, kees):
    with pytest.raises(actions.NotWhole):
        actions.draft_handover(case=case_of_fenna, draft=replace(draft, basis=Basis("legal-duty", " ")), by=kees)
    reported = replace(draft, to_kind="veilig_thuis", basis=Basis("right-to-report", "Acuut onveilig thuis"))
    assert actions.draft_handover(case=case_of_fenna, draft=reported, by=kees).ground == "right-to-report"


@pytest.mark.parametrize("ground", ["because", "right-to-report", "raad", "guardianship"])
def test_a_ground_holds_only_for_whom_the_law_names(case_of_fenna, draft, kees, ground):
    # Given a package for the police, When it rests on what holds for others only, Then it is refused
    with pytest.raises(actions.NotForThisOrganisation):
        actions.draft_handover(case=case_of_fenna, draft=replace(draft, basis=Basis(ground, "x")), by=kees)


def test_access_ends_within_ninety_days(case_of_fenna, draft, kees):
    for days in (-1, 100):
        wrong = replace(draft, expires=timezone.now() + dt.timedelta(days=days))
        with pytest.raises(actions.NoDayLikeThat):
            actions.draft_handover(case=case_of_fenna, draft=wrong, by=kees)


def test_nothing_of_another_case_and_nothing_withdrawn_goes_along(case_of_fenna, draft, kees, fenna):
    other = actions.open_case(about="een ander", by=fenna)
    with pytest.raises(actions.NotWhole):
        actions.draft_handover(case=other, draft=replace(draft, basis=Basis("legal-duty", "x")), by=kees)


def test_it_is_not_packed_before_a_second_person_approved(drafted, kees, soraya):
    with pytest.raises(actions.NotApproved):
        actions.offer(handover=drafted, by=kees)
    with pytest.raises(actions.AuthorCannotDecide):
        actions.approve(proposal=Proposal.objects.get(), by=kees)
    actions.approve(proposal=Proposal.objects.get(), by=soraya)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.approver) == (HandoverState.APPROVED, soraya)


@pytest.mark.parametrize(
    "change", ["approver_id = made_by_id", "state = 'offered'", "consent_by = ''", "consent_at = NULL"]
)
def test_the_database_itself_refuses(drafted, change):
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute(f"UPDATE cases_handover SET {change}")


def test_what_changed_after_it_was_drafted_is_not_approved(drafted, soraya):
    with connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_entry SET source = what")
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=Proposal.objects.get(), by=soraya)


def test_the_package_verifies_and_names_nobody(approved, kees):
    package = actions.offer(handover=approved, by=kees)
    data = actions.take_package(handover=approved, by=kees)
    found = verify(data, "case.zip", trusted=package.fingerprint)
    assert found.verdict == Verdict.VERIFIED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [archive.read(name) for name in archive.namelist() if name.startswith("originals/")] == [CHAT]
        assert b"Dex" not in archive.read("handover.jsonld")
    kinds = list(Event.objects.filter(kind__startswith="case.").values_list("kind", flat=True))
    assert {"case.handover-drafted", "case.approved", "case.handover-offered", "case.package-taken"} <= set(kinds)


def test_it_is_taken_out_once_and_again_for_a_quarter_of_an_hour_by_who_took_it_on_record(approved, kees, fenna):
    fenna.roles = ["case-manager"]  # as Kees: she may hand over too
    fenna.save()
    actions.offer(handover=approved, by=kees)
    data = actions.take_package(handover=approved, by=kees)
    assert actions.take_package(handover=approved, by=kees) == data
    with pytest.raises(actions.AlreadyThere):
        actions.take_package(handover=approved, by=fenna)
    told = Event.objects.filter(kind="case.package-taken").order_by("at").values_list("detail", flat=True)
    assert [one["again"] for one in told] == [False, True]
    actions.forget()
    assert actions.take_package(handover=approved, by=kees) == data
    Package.objects.update(taken_at=timezone.now() - dt.timedelta(minutes=16))
    with pytest.raises(actions.AlreadyThere):
        actions.take_package(handover=approved, by=kees)
    actions.forget()
    assert Package.objects.get().content is None


@pytest.mark.parametrize("informed", ["", "will-be"])
def test_nothing_is_packed_before_the_young_person_was_told(approved, kees, informed):
    Handover.objects.update(informed=informed)
    with pytest.raises(actions.NotToldYet):
        actions.offer(handover=approved, by=kees)
    assert not Package.objects.exists()
    actions.keep_informed(handover=approved, informed="told", how="Zij is opgelucht.", by=kees)
    actions.offer(handover=approved, by=kees)
    event = Event.objects.get(kind="case.young-person-informed")
    assert event.detail["informed"] == "told"
    assert "opgelucht" not in str(event.detail)


@pytest.mark.parametrize("informed", ["told", "not-safe", "unreachable"])
def test_who_receives_it_reads_whether_the_young_person_knows(approved, kees, informed):
    actions.keep_informed(handover=approved, informed=informed, how="Gisteren gebeld.", by=kees)
    actions.offer(handover=approved, by=kees)
    with zipfile.ZipFile(io.BytesIO(actions.take_package(handover=approved, by=kees))) as archive:
        nodes = json.loads(archive.read("handover.jsonld"))["@graph"]
    handing = next(node for node in nodes if node.get("core:name") == "handed over")
    _reason, knows = handing["core:description"]
    assert knows.startswith(f"does the young person know: {informed}; Zij vindt het goed")
    assert "Gisteren gebeld." in knows


def test_who_knows_the_young_person_is_asked_to_tell_them(case_of_fenna, draft, fenna, kees, signed_in):
    later = replace(draft, informed="will-be", informed_how="Fenna spreekt haar morgen")
    actions.draft_handover(case=case_of_fenna, draft=later, by=kees)
    task = Task.objects.get()
    assert (task.whom, task.until) == (fenna, timezone.localdate() + dt.timedelta(days=2))
    page = signed_in(fenna).get(reverse("cases")).content.decode()
    assert "Te doen voor jou" in page
    assert "Vertel de jongere van de overdracht aan Team Zeden" in page
    assert "Te doen voor jou" not in signed_in(kees).get(reverse("cases")).content.decode()
    actions.finish_task(task=task, by=fenna)
    assert "Te doen voor jou" not in signed_in(fenna).get(reverse("cases")).content.decode()


def test_where_who_opened_the_case_left_who_drafts_is_asked_to_tell(case_of_fenna, draft, fenna, kees):
    fenna.is_active = False
    fenna.save()
    actions.draft_handover(case=case_of_fenna, draft=replace(draft, informed="will-be"), by=kees)
    assert Task.objects.get().whom == kees


def test_what_waits_for_a_decision_stays_as_it_was_proposed(drafted, kees):
    with pytest.raises(actions.NotApproved):
        actions.keep_informed(handover=drafted, informed="told", how="Gebeld.", by=kees)


def test_a_counsellor_cannot_note_it_and_it_takes_words(approved, fenna, kees):
    with pytest.raises(actions.NotAllowed):
        actions.keep_informed(handover=approved, informed="told", how="Gebeld.", by=fenna)
    with pytest.raises(actions.NotWhole):
        actions.keep_informed(handover=approved, informed="told", how=" ", by=kees)


def test_on_the_page_telling_comes_before_the_package(approved, kees, signed_in):
    Handover.objects.update(informed="will-be")
    browser, args = signed_in(kees), [approved.case.reference, approved.pk]
    page = browser.get(reverse("case-handover", args=args)).content.decode()
    assert "Weet de jongere het al?" in page
    assert "Pakket maken en ondertekenen" not in page
    tell = reverse("case-handover-informed", args=args)
    assert browser.post(tell, {"informed": "will-be", "informed_how": "later"}).status_code == 422
    assert browser.post(tell, {"informed": "told", "informed_how": ""}).status_code == 422
    assert browser.post(tell, {"informed": "told", "informed_how": "Zij wil mee."}).status_code == 302
    page = browser.get(reverse("case-handover", args=args)).content.decode()
    assert "Weet de jongere het al?" not in page
    assert "Pakket maken en ondertekenen" in page
    assert "Zij wil mee." in page


def test_moving_is_in_the_chain_of_custody(approved, kees):
    actions.offer(handover=approved, by=kees)
    from scherp.web.cases.models.evidence import Custody

    assert list(Custody.objects.values_list("deed", flat=True)) == ["received", "stored", "moved"]


def test_without_a_key_nothing_is_packed(approved, kees, settings):
    settings.ORGANISATION_KEY = "not a key"
    with pytest.raises(actions.CannotBePacked):
        actions.offer(handover=approved, by=kees)
    with pytest.raises(organisation.NoKey):
        organisation.key()
    assert not Package.objects.exists()


def test_declined_takes_a_reason_and_accepted_does_not(approved, kees):
    actions.offer(handover=approved, by=kees)
    with pytest.raises(actions.NotWhole):
        actions.answer_handover(handover=approved, accepted=False, answer="", by=kees)
    actions.answer_handover(handover=approved, accepted=False, answer="Niet onze regio", by=kees)
    assert Handover.objects.get().state == HandoverState.DECLINED


def test_a_withdrawn_handover_has_no_package_any_more(approved, kees):
    actions.offer(handover=approved, by=kees)
    actions.withdraw_handover(handover=approved, answer="Zij wil toch niet", by=kees)
    assert Package.objects.get().content is None
    with pytest.raises(actions.NotApproved):
        actions.take_package(handover=approved, by=kees)


def test_a_package_that_nobody_took_out_goes_after_its_time(approved, kees):
    actions.offer(handover=approved, by=kees)
    Handover.objects.update(expires=timezone.now() - dt.timedelta(days=31))
    actions.forget()
    assert Package.objects.get().content is None


def test_the_pages_lead_from_draft_to_package(case_of_fenna, along, kees, soraya, signed_in):
    reference, browser = case_of_fenna.reference, signed_in(kees)
    new = reverse("case-new-handover", args=[reference])
    assert browser.get(new).status_code == 200
    assert browser.post(new, {"to_kind": "police"}).status_code == 422
    said = {
        "to_kind": "police",
        "to_name": "Team Zeden",
        "handover_reason": "Aangifte",
        "summary": "Zij wordt afgeperst.",
        "legal_ground": "conflict-of-duties",
        "ground_why": "Groot gevaar",
        "capacity": "unknown",
        "informed": "not-safe",
        "informed_how": "Hij leest mee op haar telefoon.",
        "people": along.people,
        "entries": along.entries,
        "items": along.items,
        "suspects": along.suspects,
        "expires": (timezone.localdate() + dt.timedelta(days=14)).isoformat(),
    }
    made = browser.post(new, said)
    assert made.status_code == 302
    page = browser.get(made.url).content.decode()
    assert "Wacht op een besluit" in page
    decide = reverse("case-decide", args=[reference, Proposal.objects.get().pk])
    shown = signed_in(soraya).get(decide).content.decode()
    assert "Zij wordt afgeperst." in shown
    assert "<strong>nee, vertellen is nu niet veilig</strong>" in shown
    assert "Hij leest mee op haar telefoon." in shown
    assert signed_in(soraya).post(decide, {"verdict": "approve"}).status_code == 302
    row = Handover.objects.get()
    args = [reference, row.pk]
    assert browser.post(reverse("case-handover-offer", args=args)).status_code == 302
    taken = browser.post(reverse("case-handover-take", args=args))
    assert taken.content.startswith(b"PK")
    page = browser.get(reverse("case-handover", args=args)).content.decode()
    assert "Nog een keer ophalen" in page
    assert "Er kunnen echte namen in staan" in page
    Package.objects.update(taken_at=timezone.now() - dt.timedelta(minutes=16))
    assert "Nog een keer ophalen" not in browser.get(reverse("case-handover", args=args)).content.decode()
    assert browser.post(reverse("case-handover-take", args=args)).status_code == 302
    answer = reverse("case-handover-answer", args=args)
    assert browser.post(answer, {"verdict": "decline", "handover_answer": ""}).status_code == 422
    assert browser.post(answer, {"verdict": "accept", "handover_answer": ""}).status_code == 302
    assert Handover.objects.get().state == HandoverState.ACCEPTED


def test_where_there_is_nothing_to_give_along_nothing_is_asked(case_of_fenna, kees, signed_in):
    page = signed_in(kees).get(reverse("case-new-handover", args=[case_of_fenna.reference])).content.decode()
    assert not any(f'name="{name}"' in page for name in ("people", "suspects", "entries", "items"))
    assert 'name="summary"' in page


def test_after_its_last_day_nothing_is_made_taken_out_or_accepted(approved, kees):
    gone = timezone.now() - dt.timedelta(days=1)
    actions.offer(handover=approved, by=kees)
    Handover.objects.update(expires=gone)
    with pytest.raises(actions.AccessIsOver):
        actions.take_package(handover=approved, by=kees)
    with pytest.raises(actions.AccessIsOver):
        actions.answer_handover(handover=approved, accepted=True, answer="", by=kees)
    actions.answer_handover(handover=approved, accepted=False, answer="Te laat", by=kees)


def test_what_was_approved_and_lay_too_long_is_not_packed(approved, kees):
    Handover.objects.update(expires=timezone.now() - dt.timedelta(minutes=1))
    with pytest.raises(actions.AccessIsOver):
        actions.offer(handover=approved, by=kees)


def test_a_legal_hold_stops_the_clock_of_a_package_too(approved, kees):
    actions.offer(handover=approved, by=kees)
    Handover.objects.update(expires=timezone.now() - dt.timedelta(days=31))
    held = actions.hold(case=approved.case, reason="strafzaak", by=kees)
    actions.forget()
    assert Package.objects.get().content is not None
    actions.lift_hold(held=held, by=kees)
    actions.forget()
    assert Package.objects.get().content is None


def consents(draft, *names, **more):
    return replace(draft, basis=replace(draft.basis, consent_by=names, **more))


def test_consent_of_nobody_in_the_case_or_of_who_cannot_give_it_is_none(case_of_fenna, draft, fenna, kees):
    # Given somebody of 16 or 17 who can weigh their own interests, whose consent is theirs alone
    father = actions.add_person(case=case_of_fenna, role=PersonRole.PARENT, age=AgeBand.ADULT, by=fenna)
    for names in (("niemand",), (father.pseudonym,), (hers(), "niemand")):
        with pytest.raises(actions.NotTheirsToGive):
            actions.draft_handover(case=case_of_fenna, draft=consents(draft, *names), by=kees)
    made = actions.draft_handover(case=case_of_fenna, draft=draft, by=kees)
    assert (made.consent_by, made.capacity) == (hers(), "able")


def test_who_decides_sees_how_capacity_was_judged(drafted, soraya, signed_in):
    decide = reverse("case-decide", args=[drafted.case.reference, Proposal.objects.get().pk])
    assert "de jongere overziet dit zelf" in signed_in(soraya).get(decide).content.decode()


def test_from_12_to_15_both_consent_or_a_reason_of_the_law_is_named(case_of_fenna, draft, fenna, kees):
    Person.objects.update(age=AgeBand.FROM_12)
    mother = actions.add_person(case=case_of_fenna, role=PersonRole.PARENT, age=AgeBand.ADULT, by=fenna)
    for names in ((hers(),), (mother.pseudonym,)):
        with pytest.raises(actions.NotTheirsToGive):
            actions.draft_handover(case=case_of_fenna, draft=consents(draft, *names), by=kees)
    wrong = consents(draft, mother.pseudonym, without_parents="serious-harm")
    with pytest.raises(actions.NotTheirsToGive):
        actions.draft_handover(case=case_of_fenna, draft=wrong, by=kees)
    both = actions.draft_handover(case=case_of_fenna, draft=consents(draft, hers(), mother.pseudonym), by=kees)
    assert both.without_parents == ""
    alone = consents(draft, hers(), without_parents="deliberate-wish")
    assert actions.draft_handover(case=case_of_fenna, draft=alone, by=kees).without_parents == "deliberate-wish"


def test_under_12_no_reason_of_the_law_stands_in_for_the_parents(case_of_fenna, draft, fenna, kees):
    Person.objects.update(age=AgeBand.UNDER_12)
    wrong = consents(draft, hers(), without_parents="serious-harm")
    with pytest.raises(actions.NotTheirsToGive):
        actions.draft_handover(case=case_of_fenna, draft=wrong, by=kees)
    mother = actions.add_person(case=case_of_fenna, role=PersonRole.PARENT, age=AgeBand.ADULT, by=fenna)
    assert actions.draft_handover(case=case_of_fenna, draft=consents(draft, mother.pseudonym), by=kees)
