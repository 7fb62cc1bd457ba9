"""What is written in a case: sealed, by whom, withdrawn and not deleted; who may not, cannot."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from scherp.texts import Language, say
from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.models import (
    AgeBand,
    Case,
    CopyGround,
    Entry,
    Flag,
    FlagKind,
    MeldcodeStep,
    Note,
    Person,
    PersonRole,
    SkipGround,
    Task,
    Transcript,
)
from scherp.web.cases.naming import new_pseudonym, new_reference
from scherp.web.cases.nouns import PlanText, When
from scherp.web.stores import LINE, STAFF
from scherp.web.talks import actions as talks
from scherp.web.talks.actions.parts import young

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
TODAY = timezone.localdate


def kinds_of(case):
    return list(Event.objects.filter(about=f"case:{case.pk}").values_list("kind", flat=True))


def test_a_reference_says_nothing_and_does_not_count(case_of_fenna):
    year, digits = case_of_fenna.reference.removeprefix("S-").split("-")
    assert int(year) == timezone.now().year
    assert len(digits) == 6
    assert len({new_reference(timezone.now()) for _ in range(20)}) > 15


def test_a_case_says_by_which_name_an_auditor_finds_it_in_the_record(case_of_fenna, fenna, signed_in):
    shown = signed_in(fenna).get(reverse("case", args=[case_of_fenna.reference])).content.decode()
    name = f"case:{case_of_fenna.pk}"
    assert f"In het logboek heet deze casus <code>{name}</code>" in shown
    assert Event.objects.using(STAFF).filter(about=name).exists()


def test_what_a_case_is_about_is_stored_sealed(case_of_fenna):
    with connections[STAFF].cursor() as cursor:
        cursor.execute("SELECT about FROM cases_case")
        raw = bytes(cursor.fetchone()[0])
    assert b"dertien" not in raw
    assert Case.objects.get().about == "Meisje van dertien, wordt afgeperst"


def test_an_analyst_opens_no_case_and_neither_does_somebody_without_a_team(team, fenna):
    from conftest import member

    with pytest.raises(actions.NotAllowed):
        actions.open_case(about="iets", by=member("Anna", "analyst", team=team))
    with pytest.raises(actions.NotTheirCase):
        actions.open_case(about="iets", by=member("Lot", "counsellor"))


def test_a_counsellor_of_another_team_writes_nothing(case_of_fenna, noor):
    for write in (
        lambda: actions.add_note(case=case_of_fenna, words="hoi", by=noor),
        lambda: actions.add_person(case=case_of_fenna, role=PersonRole.PARENT, age=AgeBand.ADULT, by=noor),
        lambda: actions.take_step(case=case_of_fenna, step=1, day=TODAY(), words="x", by=noor),
    ):
        with pytest.raises(actions.NotTheirCase):
            write()
    assert not Note.objects.exists()


def test_a_supervisor_reads_and_does_not_write(case_of_fenna, soraya):
    with pytest.raises(actions.NotAllowed):
        actions.add_note(case=case_of_fenna, words="hoi", by=soraya)


def test_a_note_is_withdrawn_and_stays_to_be_read(case_of_fenna, fenna, bram):
    note = actions.add_note(case=case_of_fenna, words="Gebeld, niemand thuis", by=fenna)
    actions.withdraw(part=note, by=bram)
    found = Note.objects.get()
    assert (found.words, found.withdrawn_by) == ("Gebeld, niemand thuis", bram)
    with pytest.raises(actions.AlreadyThere):
        actions.withdraw(part=found, by=fenna)
    assert kinds_of(case_of_fenna) == ["case.opened", "case.added", "case.withdrawn"]


def test_the_record_holds_no_words(case_of_fenna, fenna):
    actions.add_note(case=case_of_fenna, words="Zij heet Roos", by=fenna)
    person = actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    actions.link_identity(person=person, name="Roos", contact="", why="overdracht", by=fenna)
    assert "Roos" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_the_timeline_has_the_unknown_last_and_no_future(case_of_fenna, fenna):
    def add(what, day, time=None):
        return actions.add_entry(case=case_of_fenna, what=what, source="Mus", when=When(day, time), by=fenna)

    add("wanneer weet niemand", None)
    add("om vier uur", dt.date(2026, 3, 2), dt.time(16))
    add("die dag", dt.date(2026, 3, 2))
    add("eerder", dt.date(2026, 3, 1))
    assert [one.what for one in Entry.objects.all()] == ["eerder", "die dag", "om vier uur", "wanneer weet niemand"]
    for day, time in ((TODAY() + dt.timedelta(days=1), None), (None, dt.time(12))):
        with pytest.raises(actions.NoDayLikeThat):
            add("kan niet", day, time)


def test_a_task_is_for_somebody_who_can_open_the_case(case_of_fenna, fenna, bram, noor):
    with pytest.raises(actions.NotTheirCase):
        actions.add_task(case=case_of_fenna, words="bellen", whom=noor, until=TODAY(), by=fenna)
    task = actions.add_task(case=case_of_fenna, words="bellen", whom=bram, until=TODAY(), by=fenna)
    actions.finish_task(task=task, by=bram)
    with pytest.raises(actions.AlreadyThere):
        actions.finish_task(task=task, by=fenna)


def test_what_is_for_oneself_to_do_stands_above_the_list_of_cases_until_it_is_done(
    case_of_fenna, fenna, bram, signed_in
):
    task = actions.add_task(case=case_of_fenna, words="Mentor bellen", whom=bram, until=TODAY(), by=fenna)
    Task.objects.update(until=TODAY() - dt.timedelta(days=1))
    page = signed_in(bram).get(reverse("cases")).content.decode()
    assert "Mentor bellen" in page
    assert "te laat" in page
    assert "Mentor bellen" not in signed_in(fenna).get(reverse("cases")).content.decode()
    actions.finish_task(task=task, by=bram)
    assert "Mentor bellen" not in signed_in(bram).get(reverse("cases")).content.decode()


def test_a_flag_lapses_and_never_lasts_for_ever(case_of_fenna, fenna):
    day = dt.timedelta(days=1)
    for wrong in (TODAY() - day, TODAY() + 200 * day):
        with pytest.raises(actions.NoDayLikeThat):
            actions.raise_flag(case=case_of_fenna, kind=FlagKind.MISSING, until=wrong, reason="x", by=fenna)
    actions.raise_flag(case=case_of_fenna, kind=FlagKind.MISSING, until=TODAY(), reason="sinds gisteren", by=fenna)
    flag = Flag.objects.get()
    assert flag.holds(TODAY())
    assert not flag.holds(TODAY() + day)


def test_a_pseudonym_comes_from_the_house_and_is_nobody_else_s_in_the_case(case_of_fenna, fenna):
    named = [
        actions.add_person(case=case_of_fenna, role=PersonRole.FRIEND, age=AgeBand.UNKNOWN, by=fenna).pseudonym
        for _ in range(12)
    ]
    assert len(set(named)) == 12
    every = [new_pseudonym("people", []) for _ in range(300)]
    assert new_pseudonym("people", every) not in every


def test_who_somebody_is_is_read_on_record_and_not_by_a_supervisor(case_of_fenna, fenna, soraya):
    person = actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    actions.link_identity(person=person, name="Roos", contact="via school", why="overdracht", by=fenna)
    with pytest.raises(actions.NotAllowed):
        actions.read_identity(person=person, by=soraya)
    assert actions.read_identity(person=person, by=fenna).name == "Roos"
    assert kinds_of(case_of_fenna)[-1] == "case.identity-read"


def test_suspects_are_not_for_a_counsellor(case_of_fenna, fenna, kees):
    with pytest.raises(actions.NotAllowed):
        actions.add_suspect(case=case_of_fenna, age=AgeBand.ADULT, known_as="X", rests_on="y", by=fenna)
    actions.add_suspect(case=case_of_fenna, age=AgeBand.ADULT, known_as="X", rests_on="Mus vertelde dat", by=kees)
    with pytest.raises(actions.NotAllowed):
        actions.read_suspects(case=case_of_fenna, by=fenna)
    assert [one.known_as for one in actions.read_suspects(case=case_of_fenna, by=kees)] == ["X"]
    assert not Person.objects.exists()


def test_every_version_of_a_plan_is_kept(case_of_fenna, fenna):
    for wishes in ("rust", "rust, en niet bellen"):
        actions.write_plan(case=case_of_fenna, text=PlanText(wishes, "r", "a"), by=fenna)
    from scherp.web.cases.models import Plan

    assert [(one.number, one.wishes) for one in Plan.objects.all()] == [(2, "rust, en niet bellen"), (1, "rust")]


def test_only_the_third_step_is_left_out_and_only_for_safety(case_of_fenna, fenna):
    with pytest.raises(actions.NotAllowed):
        actions.skip_step(case=case_of_fenna, step=4, ground=SkipGround.CHILD, why="x", by=fenna)
    with pytest.raises(ValueError, match="no time"):
        actions.skip_step(case=case_of_fenna, step=3, ground="no time", why="x", by=fenna)
    with pytest.raises(actions.NotWhole):
        actions.skip_step(case=case_of_fenna, step=3, ground=SkipGround.CHILD, why=" ", by=fenna)
    actions.skip_step(case=case_of_fenna, step=3, ground=SkipGround.CHILD, why="vader leest mee", by=fenna)
    with pytest.raises(actions.AlreadyThere):
        actions.take_step(case=case_of_fenna, step=3, day=TODAY(), words="toch gepraat", by=fenna)


@pytest.mark.parametrize("change", ["step = 4", "skipped = 'no time'", "step = 6, skipped = ''"])
def test_the_database_itself_keeps_the_meldcode(case_of_fenna, fenna, change):
    actions.skip_step(case=case_of_fenna, step=3, ground=SkipGround.CHILD, why="vader leest mee", by=fenna)
    with pytest.raises(IntegrityError), transaction.atomic(using=STAFF), connections[STAFF].cursor() as cursor:
        cursor.execute(f"UPDATE cases_meldcodestep SET {change}")
    assert MeldcodeStep.objects.get().step == 3


def test_the_words_of_a_talk_come_along_only_with_a_ground_and_from_its_own_counsellor(talk_of_fenna, fenna, bram):
    case = actions.open_case(about="uit gesprek", talk=talk_of_fenna.pk, by=fenna)
    assert not Transcript.objects.exists()
    with pytest.raises(actions.NotTheirTalk):
        actions.copy_talk(case=case, ground=CopyGround.AGREED, why="gevraagd", by=bram)
    with pytest.raises(actions.NotWhole):
        actions.copy_talk(case=case, ground=CopyGround.AGREED, why="", by=fenna)
    copy = actions.copy_talk(case=case, ground=CopyGround.AGREED, why="gevraagd in het gesprek", by=fenna)
    assert "nog een foto" in actions.read_transcript(copy=copy, by=bram)
    on_the_line = list(Event.objects.using(LINE).filter(by__startswith="staff:").values_list("kind", flat=True))
    assert on_the_line[-2:] == ["talk.refused", "talk.read"]
    assert kinds_of(case)[-1] == "case.transcript-read"


def test_nobody_opens_a_case_from_a_colleague_s_talk(talk_of_fenna, bram):
    with pytest.raises(actions.NotTheirTalk):
        actions.open_case(about="x", talk=talk_of_fenna.pk, by=bram)
    assert Event.objects.using(LINE).filter(kind="talk.refused", by=f"staff:{bram.pk}").exists()
    assert not Case.objects.exists()


def test_to_copy_what_was_said_is_offered_while_there_is_something(talk_of_fenna, fenna, signed_in):
    case = actions.open_case(about="uit gesprek", talk=talk_of_fenna.pk, by=fenna)
    page, add = reverse("case", args=[case.reference]), reverse("case-add", args=[case.reference, "transcript"])
    assert add in signed_in(fenna).get(page).content.decode()
    talks.erase(talk=talk_of_fenna, by=young(talk_of_fenna))
    assert add not in signed_in(fenna).get(page).content.decode()


def test_who_is_signed_in_is_as_the_models_have_them_with_their_team(fenna):
    from scherp.web.accounts.adapters import Backend

    found, theirs = Backend().get_user(fenna.pk), type(fenna).objects.get(pk=fenna.pk)
    columns = [one.attname for one in fenna._meta.concrete_fields]
    assert [getattr(found, one) for one in columns] == [getattr(theirs, one) for one in columns]


def test_ones_own_case_is_not_shown_as_opened_in_an_emergency(case_of_fenna, fenna, signed_in):
    shown = signed_in(fenna).get(reverse("case", args=[case_of_fenna.reference])).content.decode()
    assert say("cases.emergency.banner", Language.NL) not in shown


def test_the_record_does_not_keep_what_a_case_was_about(case_of_fenna, fenna):
    actions.raise_flag(case=case_of_fenna, kind=FlagKind.MISSING, until=TODAY(), reason="sinds gisteren", by=fenna)
    actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    kept = " ".join(str(detail) for detail in Event.objects.values_list("detail", flat=True))
    assert FlagKind.MISSING.value not in kept
    assert PersonRole.YOUNG_PERSON.value not in kept


def test_the_proof_of_erasing_is_over_words_and_identities_too(case_of_fenna, fenna, kees):
    from scherp.web.cases.content import digest, whole

    note = actions.add_note(case=case_of_fenna, words="een notitie", by=fenna)
    person = actions.add_person(case=case_of_fenna, role=PersonRole.YOUNG_PERSON, age=AgeBand.FROM_12, by=fenna)
    first = digest(whole(case_of_fenna))
    note.words = "iets anders"
    note.save(update_fields=["words"])
    second = digest(whole(case_of_fenna))
    actions.link_identity(person=person, name="Naam", contact="", why="nodig", by=kees)
    assert len({first, second, digest(whole(case_of_fenna))}) == 3
