"""A request to look into a case or to erase it: on hold, two people, the law in between, and proof afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.models import (
    AccessRequest,
    AgeBand,
    Case,
    ClosingForm,
    Note,
    Outcome,
    PersonRole,
    Proposal,
    State,
    Suspect,
)
from scherp.web.cases.nouns import Asked, Replied
from scherp.web.sealing.fields import DESTROYED
from scherp.web.sealing.models import Key
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
TODAY = timezone.localdate
YES = Replied("granted", "Zij vroeg het zelf")


def asks(case, by, **changes):
    """Somebody asks, and Fenna keeps it."""
    asked = Asked("see", "parent", TODAY(), "Vader wil alles lezen", "able", "no", "unknown")
    return actions.receive_request(case=case, asked=replace(asked, **changes), by=by)


def aged(case, by, age):
    actions.add_person(case=case, role=PersonRole.YOUNG_PERSON, age=age, by=by)


def granted(request, fenna, soraya, reply=YES):
    proposal = actions.propose_answer(request=request, reply=reply, by=fenna)
    actions.approve(proposal=proposal, by=soraya)
    request.refresh_from_db()


def test_a_request_is_on_hold_and_gives_nothing(case_of_fenna, fenna, noor):
    with pytest.raises(actions.NotTheirCase):
        asks(case_of_fenna, noor)
    assert asks(case_of_fenna, fenna).outcome == Outcome.HELD


@pytest.mark.parametrize("involved", ["yes", "unknown"])
def test_a_parent_who_is_or_may_be_involved_is_given_nothing(case_of_fenna, fenna, involved):
    # Given that nobody knows whether this father is part of it, When somebody would grant it, Then that cannot be
    aged(case_of_fenna, fenna, AgeBand.FROM_12)
    request = asks(case_of_fenna, fenna, parent_involved=involved)
    for outcome in ("granted", "partly"):
        with pytest.raises(actions.ParentInvolved):
            actions.propose_answer(request=request, reply=Replied(outcome, "x", "good-care"), by=fenna)
    assert not Proposal.objects.exists()
    refusal = Replied("refused", "Hij is misschien betrokken", "good-care")
    assert actions.propose_answer(request=request, reply=refusal, by=fenna)


@pytest.mark.parametrize("age", [AgeBand.FROM_16, AgeBand.ADULT, AgeBand.UNKNOWN])
def test_from_sixteen_on_or_of_unknown_age_nothing_goes_to_a_parent_without_the_young_person(case_of_fenna, fenna, age):
    aged(case_of_fenna, fenna, age)
    with pytest.raises(actions.NeedsTheirConsent):
        actions.propose_answer(request=asks(case_of_fenna, fenna), reply=YES, by=fenna)
    agreed = asks(case_of_fenna, fenna, young_person_agrees="yes")
    assert actions.propose_answer(request=agreed, reply=YES, by=fenna)


@pytest.mark.parametrize("ground", ["", "law-forbids", "nonsense"])
def test_a_refusal_needs_a_ground_that_fits(case_of_fenna, fenna, ground):
    request = asks(case_of_fenna, fenna)
    with pytest.raises(actions.NeedsAGround):
        actions.propose_answer(request=request, reply=Replied("refused", "x", ground), by=fenna)


def test_a_second_person_decides_and_a_counsellor_is_not_that(case_of_fenna, fenna, bram, soraya):
    aged(case_of_fenna, fenna, AgeBand.FROM_12)
    request = asks(case_of_fenna, fenna)
    proposal = actions.propose_answer(request=request, reply=YES, by=fenna)
    for who, refusal in ((fenna, actions.NotAllowed), (bram, actions.NotAllowed)):
        with pytest.raises(refusal):
            actions.approve(proposal=proposal, by=who)
    actions.approve(proposal=proposal, by=soraya)
    assert AccessRequest.objects.get().outcome == Outcome.GRANTED


def test_what_is_declined_is_on_hold_again(case_of_fenna, fenna, soraya):
    request = asks(case_of_fenna, fenna, asker="young-person")
    proposal = actions.propose_answer(request=request, reply=YES, by=fenna)
    actions.decline(proposal=proposal, answer="Eerst bellen", by=soraya)
    request.refresh_from_db()
    assert (request.outcome, request.proposed) == (Outcome.HELD, "")


def test_an_age_that_turns_out_otherwise_makes_the_proposal_void(case_of_fenna, fenna, soraya):
    aged(case_of_fenna, fenna, AgeBand.FROM_12)
    proposal = actions.propose_answer(request=asks(case_of_fenna, fenna), reply=YES, by=fenna)
    aged(case_of_fenna, fenna, AgeBand.FROM_16)
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=proposal, by=soraya)


def test_erasing_destroys_the_key_and_leaves_proof(case_of_fenna, fenna, soraya):
    actions.add_note(case=case_of_fenna, words="een geheim", by=fenna)
    with connections[STAFF].cursor() as cursor:
        cursor.execute("SELECT words FROM cases_note")
        sealed = bytes(cursor.fetchone()[0])
    key = case_of_fenna.key
    request = asks(case_of_fenna, fenna, kind="erase", asker="young-person")
    granted(request, fenna, soraya)
    case = Case.objects.get()
    assert (case.state, case.key, case.about, case.talk) == (State.ERASED, None, None, None)
    assert not Note.objects.exists()
    assert not Key.objects.filter(pk=key.pk).exists()
    assert sealed
    assert AccessRequest.objects.get().asked == DESTROYED
    proof = Event.objects.get(kind="case.erased").detail
    assert proof["counted"]["note"] == 1
    assert len(proof["hash"]) == 64


def test_under_a_hold_nothing_is_erased(case_of_fenna, fenna, soraya, kees):
    with pytest.raises(actions.NotAllowed):
        actions.hold(case=case_of_fenna, reason="strafzaak", by=fenna)
    request = asks(case_of_fenna, fenna, kind="erase", asker="young-person")
    proposal = actions.propose_answer(request=request, reply=YES, by=fenna)
    held = actions.hold(case=case_of_fenna, reason="strafzaak", by=kees)
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=proposal, by=soraya)
    with pytest.raises(actions.LawHolds):
        actions.propose_answer(request=request, reply=YES, by=fenna)
    with pytest.raises(actions.LawHolds):
        actions.erase(case=case_of_fenna, by=fenna.actor)
    actions.lift_hold(held=held, by=soraya)
    granted(request, fenna, soraya)
    assert Case.objects.get().state == State.ERASED


def closed(case, days):
    """The case was closed, and last changed, so many days ago."""
    long_ago = timezone.now() - dt.timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_at=long_ago, changed_at=long_ago)


@pytest.mark.parametrize(("days", "forgotten"), [(7000, 0), (7400, 1)])
def test_a_closed_case_is_forgotten_when_its_time_has_come(case_of_fenna, days, forgotten):
    closed(case_of_fenna, days)
    assert actions.forget() == forgotten
    assert actions.forget() == 0
    assert Event.objects.filter(kind="case.forgotten", by="system:retention").count() == forgotten


def test_an_open_case_and_a_held_one_are_not_forgotten(case_of_fenna, kees):
    Case.objects.update(changed_at=timezone.now() - dt.timedelta(days=9000))
    assert actions.forget() == 0
    actions.hold(case=case_of_fenna, reason="klacht", by=kees)
    closed(case_of_fenna, 9000)
    assert actions.forget() == 0


def test_suspects_are_forgotten_sooner_and_forms_are_cut_loose(case_of_fenna, talk_of_fenna, fenna, kees):
    from test_cases_closing import ANSWERS

    actions.add_suspect(case=case_of_fenna, age=AgeBand.ADULT, known_as="X", rests_on="Mus zei dat", by=kees)
    actions.fill_in(answers=ANSWERS, talk=talk_of_fenna.pk, by=fenna)
    closed(case_of_fenna, 1900)
    ClosingForm.objects.update(filled_at=timezone.now() - dt.timedelta(days=400))
    assert actions.forget() == 0
    assert not Suspect.objects.exists()
    assert Case.objects.get().about
    form = ClosingForm.objects.get()
    assert (form.talk, form.case, form.answers) == (None, None, ANSWERS)


def test_the_pages_lead_from_a_request_to_an_erased_case(case_of_fenna, fenna, soraya, signed_in):
    reference = case_of_fenna.reference
    said = {
        "request_kind": "erase",
        "asker": "young-person",
        "asked_on": TODAY().isoformat(),
        "asked": "Alles weg",
        "capacity": "able",
        "parent_involved": "unknown",
        "young_person_agrees": "yes",
    }
    browser = signed_in(fenna)
    assert browser.post(reverse("case-new-request", args=[reference]), {}).status_code == 422
    assert browser.post(reverse("case-new-request", args=[reference]), said).status_code == 302
    address = reverse("case-request", args=[reference, AccessRequest.objects.get().pk])
    page = browser.get(address).content.decode()
    assert "Wat de wet bewaart" in page
    assert "wetten.overheid.nl" in page
    assert browser.post(address, {"outcome": "refused", "why": "x"}).status_code == 422
    assert browser.post(address, {"outcome": "granted", "why": "terecht"}).status_code == 302
    decide = reverse("case-decide", args=[reference, Proposal.objects.get().pk])
    assert "Alles weg" in signed_in(soraya).get(decide).content.decode()
    assert signed_in(soraya).post(decide, {"verdict": "approve"}).status_code == 302
    assert "sleutel is vernietigd" in browser.get(reverse("case", args=[reference])).content.decode()


def test_a_hold_is_put_and_lifted_on_the_page(case_of_fenna, soraya, signed_in):
    reference = case_of_fenna.reference
    browser = signed_in(soraya)
    assert browser.post(reverse("case-hold", args=[reference]), {"reason": "strafzaak"}).status_code == 302
    from scherp.web.cases.models import Hold

    held = Hold.objects.get()
    assert browser.post(reverse("case-lift-hold", args=[reference, held.pk])).status_code == 302
    held.refresh_from_db()
    assert not held.stands


@pytest.mark.parametrize("asker", ["lawyer", "other"])
def test_whoever_asks_for_a_young_person_needs_their_word(case_of_fenna, fenna, asker):
    actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_16, by=fenna)
    today = timezone.localdate()
    for agrees in ("no", "unknown"):
        told = Asked("see", asker, today, "alles", "able", "yes", agrees)
        asked = actions.receive_request(case=case_of_fenna, asked=told, by=fenna)
        with pytest.raises(actions.NeedsTheirConsent):
            actions.propose_answer(request=asked, reply=Replied("granted", "graag"), by=fenna)
    told = Asked("see", asker, today, "alles", "able", "no", "yes")
    asked = actions.receive_request(case=case_of_fenna, asked=told, by=fenna)
    assert actions.propose_answer(request=asked, reply=Replied("granted", "graag"), by=fenna)
