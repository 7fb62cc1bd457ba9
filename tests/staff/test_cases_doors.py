"""Every page of a case, tried by a stranger, a colleague without the role, another team's counsellor, and the owner."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.models import AgeBand, Note, PersonRole
from scherp.web.cases.nouns import Along, Asked, Basis, Draft, PlanText, Received
from scherp.web.cases.urls import urlpatterns
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])

GET, POST = "get", "post"
# The name of each address, how it is asked for, and what a case manager of the team gets.
OF_A_CASE = [
    ("case", GET, 200),
    ("case-export", POST, 200),
    ("case-closing-form", GET, 200),
    ("case-add", GET, 200),
    ("case-withdraw", POST, 302),
    ("case-task-done", POST, 302),
    ("case-identity", GET, 200),
    ("case-suspects", GET, 200),
    ("case-new-suspect", GET, 200),
    ("case-evidence", GET, 200),
    ("case-evidence-out", POST, 200),
    ("case-transcript", GET, 200),
    ("case-step", GET, 200),
    ("case-plan-approval", GET, 200),
    ("case-decide", GET, 200),
    ("case-take-back", POST, 302),
    ("case-new-request", GET, 200),
    ("case-request", GET, 200),
    ("case-hold", GET, 200),
    ("case-lift-hold", POST, 302),
    ("case-new-handover", GET, 200),
    ("case-handover", GET, 200),
    ("case-handover-informed", POST, 422),
    ("case-handover-offer", POST, 422),
    ("case-handover-take", POST, 302),
    ("case-handover-answer", POST, 422),
]
ELSEWHERE = {
    "cases", "new-case", "closing-form", "case-decisions", "case-emergency", "case-to-review", "case-review",
}  # fmt: skip


@pytest.fixture
def addresses(talk_of_fenna, fenna, kees):
    """The address of each page of a case in which there is something of everything."""
    case = actions.open_case(about="uit gesprek", talk=talk_of_fenna.pk, by=fenna)
    person = actions.add_person(case=case, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    note = actions.add_note(case=case, words="een notitie", by=fenna)
    task = actions.add_task(case=case, words="bellen", whom=kees, until=timezone.localdate(), by=fenna)
    item = actions.keep_evidence(
        case=case,
        name="chat.txt",
        data=b"[02-03-2026, 16:01:12] Dex: hey\n[02-03-2026, 16:02:40] Mus: ja\n",
        received=Received("Mus", timezone.now()),
        by=fenna,
    )
    copy = actions.copy_talk(case=case, ground="agreed", why="gevraagd", by=fenna)
    plan = actions.write_plan(case=case, text=PlanText("Rust", "Hij weet haar adres", "Bellen"), by=fenna)
    proposal = actions.propose_plan(plan=plan, reason="klaar", by=fenna)
    told = Asked("see", "parent", timezone.localdate(), "alles", "able", "no", "unknown")
    asked = actions.receive_request(case=case, asked=told, by=fenna)
    held = actions.hold(case=case, reason="strafzaak", by=kees)
    until = timezone.now() + dt.timedelta(days=10)
    basis = Basis("raad", "nodig voor hun taak")
    draft = Draft("raad", "Raad", "nodig", "kort", basis, Along(), until, "told", "in het gesprek van gisteren")
    handover = actions.draft_handover(case=case, draft=draft, by=kees)
    more = {
        "case-handover": [handover.pk],
        "case-handover-informed": [handover.pk],
        "case-handover-offer": [handover.pk],
        "case-handover-take": [handover.pk],
        "case-handover-answer": [handover.pk],
        "case-request": [asked.pk],
        "case-lift-hold": [held.pk],
        "case-step": ["close"],
        "case-decide": [proposal.pk],
        "case-take-back": [proposal.pk],
        "case-add": ["note"],
        "case-withdraw": ["note", note.pk],
        "case-task-done": [task.pk],
        "case-identity": [person.pk],
        "case-evidence": [item.pk],
        "case-evidence-out": [item.pk],
        "case-transcript": [copy.pk],
    }
    return {name: reverse(name, args=[case.reference, *more.get(name, [])]) for name, _, _ in OF_A_CASE}


def test_every_address_of_a_case_is_tried_here():
    assert {pattern.name for pattern in urlpatterns} == {name for name, _, _ in OF_A_CASE} | ELSEWHERE


@pytest.mark.parametrize(("name", "method", "found"), OF_A_CASE)
def test_only_who_may_gets_in(addresses, stranger, ans, noor, kees, signed_in, name, method, found):
    address = addresses[name]
    assert getattr(stranger, method)(address).status_code in {302, 403}
    assert getattr(signed_in(ans), method)(address).status_code == 403
    noor.roles = ["counsellor", "case-manager"]
    noor.save()
    assert getattr(signed_in(noor), method)(address).status_code == 404
    assert Event.objects.filter(kind="case.refused", by=f"staff:{noor.pk}").count() == 1
    assert getattr(signed_in(kees), method)(address).status_code == found


@pytest.mark.parametrize("name", ["case-suspects", "case-new-suspect"])
def test_a_counsellor_of_the_team_does_not_see_suspects(addresses, fenna, signed_in, name):
    assert signed_in(fenna).get(addresses[name]).status_code == 403
    page = signed_in(fenna).get(addresses["case"]).content.decode()
    assert "verdachten" not in page.lower()


def test_a_case_that_never_was_is_not_there_and_asking_is_on_record(fenna, signed_in):
    assert signed_in(fenna).get(reverse("case", args=["S-2026-000000"])).status_code == 404
    assert Event.objects.filter(kind="case.refused", by=f"staff:{fenna.pk}").exists()


def test_a_part_of_another_case_is_not_reached_through_one_s_own(addresses, case_of_fenna, fenna, signed_in):
    other = Note.objects.get()
    address = reverse("case-withdraw", args=[case_of_fenna.reference, "note", other.pk])
    assert signed_in(fenna).post(address).status_code == 404
    other.refresh_from_db()
    assert other.stands


def test_an_unknown_kind_is_not_there(case_of_fenna, fenna, signed_in):
    for name, more in (("case-add", ["gossip"]), ("case-withdraw", ["case", uuid.uuid4()])):
        address = reverse(name, args=[case_of_fenna.reference, *more])
        assert signed_in(fenna).post(address).status_code == 404


def test_the_list_shows_the_cases_of_the_team_and_finds_by_reference_and_pseudonym(
    case_of_fenna, fenna, noor, signed_in
):
    person = actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    address, reference = reverse("cases"), case_of_fenna.reference
    assert reference in signed_in(fenna).get(address).content.decode()
    assert reference not in signed_in(noor).get(address).content.decode()
    for wanted in (reference, reference.lower(), reference[-6:], person.pseudonym):
        assert f">{reference}<" in signed_in(fenna).post(address, {"wanted": wanted}).content.decode(), wanted
        assert f">{reference}<" not in signed_in(noor).post(address, {"wanted": wanted}).content.decode()


def test_a_case_is_opened_on_its_page(team, fenna, signed_in):
    browser = signed_in(fenna)
    assert browser.get(reverse("new-case")).status_code == 200
    assert browser.post(reverse("new-case"), {"about": " "}).status_code == 422
    made = browser.post(reverse("new-case"), {"about": "Jongen van vijftien"})
    assert "Jongen van vijftien" in browser.get(made.url).content.decode()


def test_a_case_is_not_opened_from_a_colleague_s_talk(talk_of_fenna, bram, signed_in):
    answer = signed_in(bram).post(reverse("new-case"), {"about": "x", "talk": str(talk_of_fenna.pk)})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("note", {"words": "Teruggebeld <b>vet</b>"}, "Teruggebeld &lt;b&gt;vet&lt;/b&gt;"),
        ("entry", {"day": "2026-03-02", "time": "16:00", "what": "Eerste bericht", "source": "Mus"}, "Eerste bericht"),
        ("entry", {"what": "Ooit", "source": "Mus"}, "onbekend"),
        ("flag", {"kind": "images-spread", "until": "TODAY", "reason": "in een groep"}, "beeld is verspreid"),
        ("person", {"role": "young_person", "age": "12-15"}, "12 tot en met 15"),
        ("task", {"task": "School bellen", "whom": "SELF", "until": "TODAY"}, "School bellen"),
        ("plan", {"wishes": "Rust", "risks": "Hij weet haar adres", "agreements": "Bellen"}, "Hij weet haar adres"),
        ("step", {"step": "1", "day": "TODAY", "came_of_it": "Drie signalen"}, "Drie signalen"),
        ("skipped-step", {"ground": "safety-of-the-child", "why": "Vader leest mee"}, "veiligheid van het kind"),
    ],
)
def test_what_is_added_on_its_page_stands_in_the_case(case_of_fenna, fenna, signed_in, kind, said, shown):
    told = {"TODAY": timezone.localdate().isoformat(), "SELF": str(fenna.pk)}
    said = {name: told.get(value, value) for name, value in said.items()}
    browser = signed_in(fenna)
    address = reverse("case-add", args=[case_of_fenna.reference, kind])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {}).status_code == 422
    answer = browser.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    assert shown in browser.get(answer.url).content.decode()


def test_the_words_of_the_talk_are_shown_where_they_were_copied(addresses, fenna, signed_in):
    assert "Hij wil nog een foto" in signed_in(fenna).get(addresses["case-transcript"]).content.decode()


def test_a_name_is_kept_and_shown_on_a_page_of_its_own_only(addresses, fenna, signed_in):
    browser = signed_in(fenna)
    assert browser.post(addresses["case-identity"], {"name": "Roos", "why": "overdracht"}).status_code == 302
    assert "Roos" not in browser.get(addresses["case"]).content.decode()
    assert "Roos" in browser.get(addresses["case-identity"]).content.decode()


def test_the_export_has_suspects_only_for_who_may_read_them_and_names_for_nobody(addresses, fenna, kees, signed_in):
    signed_in(fenna).post(addresses["case-identity"], {"name": "Roos", "why": "overdracht"})
    by_fenna = signed_in(fenna).post(addresses["case-export"])
    by_kees = json.loads(signed_in(kees).post(addresses["case-export"]).content)
    assert "suspect" not in json.loads(by_fenna.content)
    assert by_kees["suspect"] == []
    assert by_kees["note"][0]["words"] == "een notitie"
    assert by_kees["transcript"][0]["lines"]
    assert b"Roos" not in by_fenna.content
    assert Event.objects.filter(kind="case.exported").count() == 2


def test_a_page_is_there_in_english(addresses, fenna, signed_in):
    fenna.language = "en"
    fenna.save()
    page = signed_in(fenna).get(addresses["case"]).content.decode()
    assert "Risk and safety plan" in page
    assert 'lang="en"' in page


def refused(who):
    return Event.objects.filter(kind="case.refused", by=f"staff:{who.pk}").count()


def test_asking_for_a_part_of_another_case_is_on_record(addresses, case_of_fenna, fenna, signed_in):
    args = [case_of_fenna.reference, Note.objects.get().pk]
    for tries, name in enumerate(("case-request", "case-evidence", "case-transcript", "case-identity"), start=1):
        assert signed_in(fenna).get(reverse(name, args=args)).status_code == 404
        assert refused(fenna) == tries


def test_looking_at_what_waits_is_on_record(case_of_fenna, soraya, signed_in):
    browser = signed_in(soraya)
    for name in ("case-decisions", "case-to-review"):
        before = Event.objects.filter(kind="case.listed").count()
        assert browser.get(reverse(name)).status_code == 200
        assert Event.objects.filter(kind="case.listed").count() == before + 1
