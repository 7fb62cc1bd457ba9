"""A case of another team in an emergency: read for some hours, on record, and looked at by somebody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from conftest import member
from scherp.web.accounts.models import Team
from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.models import BreakGlass, Verdict
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
WHY = "Zij belt nu vanaf het station, en niemand van Noord neemt op"


@pytest.fixture
def opened(case_of_fenna, noor):
    """Noor of Team Zuid opened Fenna's case."""
    return actions.break_glass(reference=case_of_fenna.reference, reason=WHY, by=noor)


def test_who_may_not_break_the_glass_does_not(case_of_fenna, soraya, fenna):
    with pytest.raises(actions.NotAllowed):
        actions.break_glass(reference=case_of_fenna.reference, reason=WHY, by=soraya)
    with pytest.raises(actions.AlreadyThere):
        actions.break_glass(reference=case_of_fenna.reference, reason=WHY, by=fenna)
    assert not BreakGlass.objects.exists()


def test_it_takes_a_reason_and_a_case_that_is_there_and_the_attempt_is_on_record(case_of_fenna, noor):
    with pytest.raises(actions.NotWhole):
        actions.break_glass(reference=case_of_fenna.reference, reason=" ", by=noor)
    with pytest.raises(actions.NoSuchCase):
        actions.break_glass(reference="S-2026-000000", reason=WHY, by=noor)
    assert Event.objects.filter(kind="case.glass-refused", by=f"staff:{noor.pk}").exists()


def test_she_reads_and_does_not_write_nor_take_anything_out(opened, case_of_fenna, noor, signed_in):
    reference = case_of_fenna.reference
    browser = signed_in(noor)
    page = browser.get(reverse("case", args=[reference])).content.decode()
    assert "noodtoegang" in page
    assert "Meisje van dertien" in page
    assert Event.objects.filter(kind="case.read", detail__in_emergency=True, by=f"staff:{noor.pk}").exists()
    assert browser.get(reverse("case-add", args=[reference, "note"])).status_code == 404
    assert browser.post(reverse("case-export", args=[reference])).status_code == 404
    with pytest.raises(actions.NotTheirCase):
        actions.add_note(case=case_of_fenna, words="x", by=noor)


def test_it_ends_by_itself(opened, case_of_fenna, noor, signed_in):
    BreakGlass.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert signed_in(noor).get(reverse("case", args=[case_of_fenna.reference])).status_code == 404


def test_only_the_one_who_opened_it_gets_in(opened, case_of_fenna, other_team, signed_in):
    colleague = member("Lieke", "counsellor", team=other_team)
    assert signed_in(colleague).get(reverse("case", args=[case_of_fenna.reference])).status_code == 404


def test_a_supervisor_of_either_team_looks_at_it_and_of_no_other(opened, soraya, other_team):
    elsewhere = member("Wout", "supervisor", team=Team.objects.create(name="Team West"))
    with pytest.raises(actions.NotAllowed):
        actions.review(opened=opened, verdict=Verdict.RIGHT, remarks="x", by=elsewhere)
    assert list(actions.to_review(member("Zus", "supervisor", team=other_team))) == [opened]
    actions.review(opened=opened, verdict=Verdict.RIGHT, remarks="Nodig", by=soraya)
    assert BreakGlass.objects.get().reviewer == soraya
    assert not actions.to_review(soraya).exists()


def test_nobody_reviews_themselves_neither_in_the_code_nor_in_the_database(opened, noor):
    noor.roles = ["counsellor", "supervisor"]
    noor.save()
    assert not actions.to_review(noor).exists()
    with pytest.raises(actions.AuthorCannotDecide):
        actions.review(opened=opened, verdict=Verdict.RIGHT, remarks="x", by=noor)
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute("UPDATE cases_breakglass SET reviewer_id = member_id")


def test_the_pages_ask_why_and_lead_to_the_review(case_of_fenna, noor, soraya, signed_in):
    browser = signed_in(noor)
    address = reverse("case-emergency")
    assert browser.post(address, {"reference": "S-2026-000000", "emergency": WHY}).status_code == 422
    answer = browser.post(address, {"reference": case_of_fenna.reference.lower(), "emergency": WHY})
    assert answer.url == reverse("case", args=[case_of_fenna.reference])
    found = BreakGlass.objects.get()
    assert case_of_fenna.reference in signed_in(soraya).get(reverse("case-to-review")).content.decode()
    review = reverse("case-review", args=[found.pk])
    assert WHY in signed_in(soraya).get(review).content.decode()
    assert signed_in(soraya).post(review, {"verdict": "right", "remarks": ""}).status_code == 422
    assert signed_in(soraya).post(review, {"verdict": "right", "remarks": "Nodig"}).status_code == 302
    assert signed_in(noor).get(review).status_code == 403
    assert signed_in(soraya).get(review).status_code == 404


def test_a_supervisor_of_a_third_team_is_refused_a_review_on_record_and_a_look_is_too(
    case_of_fenna, noor, soraya, signed_in
):
    opened = actions.break_glass(reference=case_of_fenna.reference, reason="Zij is in gevaar", by=noor)
    wout = member("Wout", "supervisor", team=Team.objects.create(name="Team West"))
    review = reverse("case-review", args=[opened.pk])
    assert signed_in(wout).get(review).status_code == 404
    assert Event.objects.filter(kind="case.refused", by=f"staff:{wout.pk}").exists()
    assert signed_in(soraya).get(review).status_code == 200
    assert Event.objects.filter(kind="case.read", by=f"staff:{soraya.pk}").exists()
