"""Four eyes: who proposes does not decide, in the code and in the database; what changed since is not approved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from conftest import member
from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.life import steps
from scherp.web.cases.models import Case, FlagKind, Proposal, ProposalState, SkipGround, State
from scherp.web.cases.nouns import PlanText
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])


@pytest.fixture
def proposal(case_of_fenna, kees):
    """Kees proposes to close Fenna's case."""
    return actions.take_life_step(case=case_of_fenna, step="close", reason="Zij is veilig en wil rust", by=kees)


@pytest.fixture
def plan(case_of_fenna, fenna):
    """The first version of a plan."""
    return actions.write_plan(case=case_of_fenna, text=PlanText("Rust", "Hij weet haar adres", "Bellen"), by=fenna)


def state_of(case):
    return Case.objects.get(pk=case.pk).state


def test_the_life_of_a_case_can_be_read_and_leads_somewhere():
    assert {step.after for step in steps().values()} == {State.ACTIVE, State.WAITING, State.CLOSED}
    assert all(step.approval for step in steps().values() if State.CLOSED in {step.after, *step.before})
    assert State.ERASED not in {state for step in steps().values() for state in (step.after, *step.before)}


def test_a_small_step_needs_no_second_person(case_of_fenna, fenna, noor, soraya):
    for who, refusal in ((noor, actions.NotTheirCase), (soraya, actions.NotAllowed)):
        with pytest.raises(refusal):
            actions.take_life_step(case=case_of_fenna, step="take-up", by=who)
    assert actions.take_life_step(case=case_of_fenna, step="take-up", by=fenna) is None
    assert state_of(case_of_fenna) == State.ACTIVE
    with pytest.raises(actions.AlreadyThere):
        actions.take_life_step(case=case_of_fenna, step="take-up", by=fenna)


def test_closing_waits_for_a_second_person(case_of_fenna, proposal, soraya):
    assert state_of(case_of_fenna) == State.OPEN
    actions.approve(proposal=proposal, by=soraya)
    assert state_of(case_of_fenna) == State.CLOSED
    assert Proposal.objects.get().decider == soraya


def test_who_proposes_does_not_approve_and_the_attempt_is_on_record(case_of_fenna, proposal, kees):
    # Given that Kees may approve, When he approves what he proposed himself, Then he is refused
    with pytest.raises(actions.AuthorCannotDecide):
        actions.approve(proposal=proposal, by=kees)
    assert state_of(case_of_fenna) == State.OPEN
    assert Event.objects.filter(kind="case.own-proposal-refused", by=f"staff:{kees.pk}").exists()


@pytest.mark.parametrize("state", ["approved", "declined"])
def test_the_database_itself_refuses_an_author_who_decides(proposal, kees, state):
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_proposal SET decider_id = author_id, state = %s", [state])
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_proposal SET state = %s", [state])  # decided by nobody
    assert Proposal.objects.get().state == ProposalState.WAITING


def test_the_database_refuses_to_make_the_decider_the_author_afterwards(proposal, soraya):
    actions.approve(proposal=proposal, by=soraya)
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_proposal SET author_id = decider_id")


def test_who_may_not_approve_or_is_of_another_team_does_not(proposal, bram, other_team):
    with pytest.raises(actions.NotAllowed):
        actions.approve(proposal=proposal, by=bram)
    with pytest.raises(actions.NotTheirCase):
        actions.approve(proposal=proposal, by=member("Zus", "supervisor", team=other_team))


def test_what_changed_since_is_not_approved(case_of_fenna, proposal, fenna, soraya):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    actions.raise_flag(case=case_of_fenna, kind=FlagKind.MISSING, until=tomorrow, reason="sinds net", by=fenna)
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=proposal, by=soraya)
    assert state_of(case_of_fenna) == State.OPEN
    assert Proposal.objects.get().state == ProposalState.VOID
    with pytest.raises(actions.AlreadyThere):
        actions.approve(proposal=proposal, by=soraya)


def test_an_approved_plan_is_that_version_and_no_other(case_of_fenna, plan, fenna, soraya, signed_in):
    asked = actions.propose_plan(plan=plan, reason="klaar", by=fenna)
    actions.approve(proposal=asked, by=soraya)
    address = reverse("case", args=[case_of_fenna.reference])
    assert "Akkoord van Soraya" in signed_in(fenna).get(address).content.decode()
    actions.write_plan(case=case_of_fenna, text=PlanText("Rust", "Ander risico", "Bellen"), by=fenna)
    assert "Nog geen akkoord" in signed_in(fenna).get(address).content.decode()


def test_a_plan_that_somebody_changed_in_the_database_is_not_approved(plan, fenna, soraya):
    asked = actions.propose_plan(plan=plan, reason="klaar", by=fenna)
    with connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_plan SET risks = agreements")
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=asked, by=soraya)


def test_declining_takes_a_reason(proposal, soraya, case_of_fenna):
    with pytest.raises(actions.NotWhole):
        actions.decline(proposal=proposal, answer=" ", by=soraya)
    actions.decline(proposal=proposal, answer="Eerst nog bellen", by=soraya)
    assert (state_of(case_of_fenna), Proposal.objects.get().answer) == (State.OPEN, "Eerst nog bellen")


def test_the_same_is_proposed_once_at_a_time_and_taken_back_by_its_author_only(case_of_fenna, proposal, fenna, kees):
    with pytest.raises(actions.AlreadyThere):
        actions.take_life_step(case=case_of_fenna, step="close", reason="ook ik", by=fenna)
    with pytest.raises(actions.NotAllowed):
        actions.take_back(proposal=proposal, by=fenna)
    actions.take_back(proposal=proposal, by=kees)
    assert actions.take_life_step(case=case_of_fenna, step="close", reason="ook ik", by=fenna)


def test_nothing_is_written_in_a_closed_case_until_it_is_open_again(case_of_fenna, proposal, fenna, kees, soraya):
    actions.approve(proposal=proposal, by=soraya)
    with pytest.raises(actions.CaseIsClosed):
        actions.add_note(case=case_of_fenna, words="nog iets", by=fenna)
    again = actions.take_life_step(case=case_of_fenna, step="reopen", reason="Zij belde", by=fenna)
    actions.approve(proposal=again, by=kees)
    actions.add_note(case=case_of_fenna, words="nog iets", by=fenna)


def test_the_pages_lead_from_proposal_to_decision(case_of_fenna, fenna, soraya, signed_in):
    reference = case_of_fenna.reference
    step = reverse("case-step", args=[reference, "close"])
    assert signed_in(fenna).post(step, {"reason": ""}).status_code == 422
    assert signed_in(fenna).post(step, {"reason": "Klaar"}).status_code == 302
    found = Proposal.objects.get()
    decide = reverse("case-decide", args=[reference, found.pk])
    assert reference in signed_in(soraya).get(reverse("case-decisions")).content.decode()
    page = signed_in(soraya).get(decide).content.decode()
    assert "Klaar" in page
    assert signed_in(soraya).post(decide, {"verdict": "decline", "answer": ""}).status_code == 422
    assert signed_in(soraya).post(decide, {"verdict": "approve"}).status_code == 302
    assert state_of(case_of_fenna) == State.CLOSED
    assert "niet meer open" in signed_in(soraya).get(decide).content.decode()


def test_who_proposed_is_told_on_the_page_too(case_of_fenna, proposal, kees, signed_in):
    decide = reverse("case-decide", args=[case_of_fenna.reference, proposal.pk])
    assert "eigen voorstel" in signed_in(kees).get(decide).content.decode()
    assert signed_in(kees).post(decide, {"verdict": "approve"}).status_code == 422
    assert state_of(case_of_fenna) == State.OPEN


def test_a_small_step_and_taking_back_are_buttons_on_the_page(case_of_fenna, fenna, signed_in):
    reference = case_of_fenna.reference
    assert signed_in(fenna).get(reverse("case-step", args=[reference, "take-up"])).status_code == 404
    assert signed_in(fenna).post(reverse("case-step", args=[reference, "take-up"])).status_code == 302
    assert state_of(case_of_fenna) == State.ACTIVE
    assert signed_in(fenna).post(reverse("case-step", args=[reference, "reopen"])).status_code == 404
    found = actions.take_life_step(case=case_of_fenna, step="close", reason="klaar", by=fenna)
    back = reverse("case-take-back", args=[reference, found.pk])
    assert signed_in(fenna).post(back).status_code == 302
    assert Proposal.objects.get().state == ProposalState.TAKEN_BACK


def test_who_wrote_a_plan_never_approves_it_whoever_asks(case_of_fenna, fenna, kees):
    plan = actions.write_plan(case=case_of_fenna, text=PlanText("Rust", "Hij weet haar adres", "Bellen"), by=kees)
    with pytest.raises(actions.NotItsWriter):
        actions.propose_plan(plan=plan, reason="klaar", by=fenna)
    asked = actions.propose_plan(plan=plan, reason="klaar", by=kees)
    with pytest.raises(actions.AuthorCannotDecide):
        actions.approve(proposal=asked, by=kees)


def test_words_changed_in_a_case_void_a_proposal_to_close_it(case_of_fenna, fenna, kees, soraya):
    note = actions.add_note(case=case_of_fenna, words="eerst dit", by=fenna)
    asked = actions.take_life_step(case=case_of_fenna, step="close", reason="klaar", by=kees)
    note.words = "nu iets anders"
    note.save(update_fields=["words"])
    with pytest.raises(actions.ChangedSince):
        actions.approve(proposal=asked, by=soraya)


@pytest.mark.parametrize("skipped", [True, False])
def test_the_meldcode_decides_after_the_talk_or_on_a_ground_to_leave_it_out(case_of_fenna, fenna, skipped):
    today = timezone.localdate()
    take = {"case": case_of_fenna, "day": today, "words": "gedaan", "by": fenna}
    actions.take_step(step=1, **take)
    with pytest.raises(actions.TalkFirst):
        actions.take_step(step=5, **take)
    if skipped:
        actions.skip_step(case=case_of_fenna, step=3, ground=SkipGround.CHILD, why="vader is boos", by=fenna)
    else:
        actions.take_step(step=3, **take)
    actions.take_step(step=5, **take)
