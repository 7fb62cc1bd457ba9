"""What may go along: text exports as they came in, under names that are safe everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handed_over import CHAT, KEY, LOTTES, original
from scherp import errors
from scherp.handover import build
from scherp.handover.manifest import NAME
from scherp.handover.originals import MOST, checked, path
from scherp.texts import Language


def refused(error, *enclosures):
    handover = replace(LOTTES, enclosures=enclosures)
    with pytest.raises(error) as told:
        build(handover, key=KEY, language=Language.NL)
    return told.value


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99), ("foto.txt", b"\xff\xd8\xff\xe0" + b"\0" * 99),
        ("chat.zip", b"PK\x03\x04" + b"\0" * 40), ("chat.txt", b"PK\x03\x04" + b"\0" * 40), ("page.html", b"<html>x"),
        ("page.txt", b"<!doctype html><p>x"), ("film.mp4", CHAT), ("chat", CHAT), ("latin.txt", b"caf\xe9 \xe9\xe9\n"),
        ("in.json", b'{"photo": "data:image/jpeg;base64,AAAA"}'), ("pdf.txt", b"%PDF-1.7"),
    ],
)  # fmt: skip
def test_what_is_no_text_or_holds_a_picture_is_refused_and_no_package_is_made(name, data):
    assert refused(errors.EnclosureNotText, original(name, data)).values == {"name": name}


def test_an_original_that_changed_since_it_came_in_is_refused():
    # Given a chat that Noor stored, When a letter of it has changed since, Then nobody can hand it over
    stored = original()
    assert refused(errors.EnclosureChanged, replace(stored, data=stored.data + b" ")).values == {"name": stored.name}


def test_more_than_a_package_takes_is_refused():
    many = tuple(original(f"{number}.txt", b"x") for number in range(501))
    assert refused(errors.EnclosuresTooLarge, *many).values["count"] == 501
    large = original("large.txt", b"x" * (MOST // 2 + 1))
    assert refused(errors.EnclosuresTooLarge, large, large).exit_code is errors.ExitCode.TOO_LARGE


def test_a_refusal_is_told_in_both_languages_with_what_to_do():
    told = refused(errors.EnclosureNotText, original("foto.jpg", b"\xff\xd8\xff\xe0"))
    assert "politie" in told.say(Language.NL)
    assert "police" in told.say(Language.EN)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "originals/001-etc-passwd.txt"), ("C:\\chat.TXT", "originals/001-c-chat.txt"),
        ("con.txt", "originals/001-con.txt"), ("Café met Zoë 😀.txt", "originals/001-cafe-met-zoe.txt"),
        ("😀.txt", "originals/001.txt"), ("..txt", "originals/001.txt"),
        ("a" * 300 + ".csv", f"originals/001-{'a' * 60}.csv"),
    ],
)  # fmt: skip
def test_its_name_in_the_package_is_safe(name, safe):
    assert list(checked([original(name)])) == [safe]


@given(st.lists(st.text(min_size=0, max_size=80).map(lambda name: f"{name}.txt"), max_size=8))
def test_no_two_originals_clash_and_every_name_is_safe(names):
    paths = [path(number, original(name)) for number, name in enumerate(names, 1)]
    assert len({one.casefold() for one in paths}) == len(names)
    assert all(NAME.fullmatch(one) for one in paths)
