"""The chain: whatever is changed, dropped, put in between or made anew is found."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st

from scherp.handover.keys import fingerprint, new_key, public_pem
from scherp.web.accounts.events import Happened
from scherp.web.audit import chain, heads, on_paper
from scherp.web.audit.links import BEGIN, Head, Linked, digest, walk
from scherp.web.audit.models import Event, Link
from scherp.web.audit.recording import Actor, record_in
from scherp.web.stores import LINE, STAFF
from unguarded import unguarded

OTTO = Actor("staff", "otto")
both_stores = pytest.mark.parametrize("store", [STAFF, LINE])
with_stores = pytest.mark.django_db(databases=[STAFF, LINE])

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
details = st.dictionaries(words, st.none() | st.booleans() | st.integers() | words, max_size=3)
events = st.fixed_dictionaries(
    {"id": st.uuids().map(str), "kind": words, "by": words, "about": words, "detail": details}
)
HOW = ["changed", "dropped", "doubled", "put between", "swapped", "cut", "renumbered", "anew"]


def linked(said):
    """A chain over what was said."""
    before, rows = BEGIN, []
    for number, one in enumerate(said, start=1):
        before = digest(before, one)
        rows.append(Linked(number, before, one))
    return rows


@st.composite
def tampered(draw):
    """A chain of some events, and the same after somebody was at it."""
    said = draw(st.lists(events, min_size=2, max_size=6, unique_by=lambda one: one["id"]))
    rows = linked(said)
    at = draw(st.integers(0, len(rows) - 1))
    how = draw(st.sampled_from(HOW))
    other = draw(events)
    match how:
        case "changed":
            name = draw(st.sampled_from(sorted(other)))
            assume(other[name] != rows[at].said[name])
            now = [*rows[:at], replace(rows[at], said=rows[at].said | {name: other[name]}), *rows[at + 1 :]]
        case "dropped":
            now = rows[:at] + rows[at + 1 :]
        case "doubled":
            now = rows[: at + 1] + rows[at:]
        case "put between":
            now = [
                *rows[:at],
                replace(rows[at], said=other),
                *(replace(row, number=row.number + 1) for row in rows[at:]),
            ]
        case "swapped":
            assume(at > 0)
            now = [*rows[: at - 1], rows[at], rows[at - 1], *rows[at + 1 :]]
        case "cut":
            now = rows[:at]
        case "renumbered":
            kept = rows[:at] + rows[at + 1 :]
            now = [replace(row, number=number) for number, row in enumerate(kept, start=1)]
        case "anew":
            assume(other != said[at])
            now = linked([*said[:at], other, *said[at + 1 :]])
    return rows, now


@given(st.lists(events, max_size=6, unique_by=lambda one: one["id"]))
def test_a_chain_that_nobody_touched_is_whole(said):
    rows = linked(said)
    found = walk(rows, range(len(rows) + 1))
    assert not found.broken_at
    assert all(found.holds(Head(row.number, row.digest)) for row in rows)
    assert found.holds(Head(0, BEGIN))


@given(tampered())
def test_whatever_somebody_does_to_the_chain_the_head_of_before_does_not_hold(both):
    before, now = both
    old = Head(before[-1].number, before[-1].digest)
    assert not walk(now, [old.number]).holds(old)


@given(tampered())
def test_the_same_is_found_in_a_file(both):
    before, now = both
    old = Head(before[-1].number, before[-1].digest)
    lines = on_paper.written("line", "today", now, [])
    assert not on_paper.verified(lines, [old.number]).walked.holds(old)


@given(st.lists(events, max_size=4, unique_by=lambda one: one["id"]), st.lists(events, max_size=2))
def test_a_file_says_what_the_store_says(said, loose):
    found = on_paper.verified(on_paper.written("line", "today", linked(said), loose))
    assert (found.store, found.unlinked, found.walked.head.number) == ("line", len(loose), len(said))
    assert not found.walked.broken_at


@pytest.mark.parametrize("lines", [[], ["hello"], ['{"form": "x", "store": "line", "made_at": ""}'], ["[]"], ["{}"]])
def test_a_file_that_is_no_record_is_refused(lines):
    with pytest.raises(on_paper.NotARecord):
        on_paper.verified(lines)


def test_an_unlinked_event_cannot_be_slipped_in_between():
    said = [{"id": "1"}, {"id": "2"}]
    head, first, second, loose = on_paper.written("line", "today", linked(said), [{"id": "3"}])
    with pytest.raises(on_paper.NotARecord, match="line 4"):
        on_paper.verified([head, first, loose, second])


@pytest.fixture
def five(store):
    """Five things that Otto did, in the chain."""
    for _ in range(5):
        record_in(store, Happened.SIGNED_IN, by=OTTO, about=f"member:{uuid.uuid4()}")
    assert chain.link(store) == 5
    return store


@with_stores
@both_stores
def test_what_was_put_on_record_is_linked_once(five):
    assert chain.link(five) == 0
    found = chain.verify(five)
    assert (found.whole, found.head.number, found.unlinked, found.up_to_date) == (True, 5, 0, True)


@with_stores
@both_stores
def test_a_changed_event_is_found_at_its_number(five):
    with unguarded(five):
        Event.objects.using(five).filter(link=3).update(by="staff:noor")
    assert chain.verify(five).broken_at == (3,)


@with_stores
@both_stores
def test_a_dropped_event_is_found_at_the_next(five):
    with unguarded(five):
        gone = Link.objects.using(five).get(number=3)
        gone.delete()
        Event.objects.using(five).filter(pk=gone.event_id).delete()
    assert chain.verify(five).broken_at == (4,)


@with_stores
@both_stores
def test_an_event_put_in_between_is_found(five):
    # Given five linked events, When somebody puts one in as number 3 and moves the rest, Then the chain breaks there
    with unguarded(five):
        for number in (5, 4, 3):
            Link.objects.using(five).filter(number=number).update(number=number + 1)
        record_in(five, Happened.SIGNED_IN, by=OTTO)
        between = chain.unlinked(five).get()
        Link.objects.using(five).create(number=3, event=between, digest=digest(_digest(five, 2), chain.said(between)))
    assert chain.verify(five).broken_at == (4,)


@with_stores
@both_stores
def test_a_chain_made_anew_is_whole_and_an_old_head_tells(five):
    # Given the head of yesterday, When somebody changes an event and links all of them again, Then only the head shows
    old = chain.head(five)
    with unguarded(five):
        Event.objects.using(five).filter(link=2).update(by="staff:noor")
        Link.objects.using(five).all().delete()
        chain.link(five)
    found = chain.verify(five, [old.number])
    assert found.whole
    assert found.passed[old.number] != old.digest
    assert not walk(chain.linked(five), [old.number]).holds(old)


@with_stores
@both_stores
def test_links_that_were_cut_off_show_as_events_that_wait_too_long(five):
    with unguarded(five):
        Event.objects.using(five).update(at=timezone.now() - 2 * chain.LINKED_WITHIN)
        Link.objects.using(five).all().delete()
    found = chain.verify(five)
    assert (found.whole, found.unlinked, found.up_to_date) == (True, 5, False)


def _digest(store, number):
    return Link.objects.using(store).get(number=number).digest


KEY = new_key()
TRUSTED = fingerprint(public_pem(KEY))
YESTERDAY = heads.Heads(timezone.now(), {"line": Head(12, "ab" * 32), "staff": Head(0, BEGIN)})


def test_signed_heads_are_read_back():
    assert heads.read(heads.sign(YESTERDAY, KEY), TRUSTED) == YESTERDAY


def test_heads_that_somebody_else_signed_are_refused():
    with pytest.raises(heads.HeadsRefused) as refused:
        heads.read(heads.sign(YESTERDAY, new_key()), TRUSTED)
    assert refused.value.why == "another-key"


@given(st.data())
def test_a_changed_letter_in_signed_heads_is_noticed(data):
    signed = heads.sign(YESTERDAY, KEY)
    at = data.draw(st.integers(0, len(signed) - 2))
    other = data.draw(st.characters(codec="ascii", exclude_characters=signed[at]))
    changed = signed[:at] + other + signed[at + 1 :]
    # White space, or a line end in the key, changes nothing of what it says.
    assert outcome(changed) in (YESTERDAY, "no-heads", "changed", "another-key")


def outcome(signed):
    """What a reader makes of it: the heads, or why they are refused."""
    try:
        return heads.read(signed, TRUSTED)
    except heads.HeadsRefused as refused:
        return refused.why
