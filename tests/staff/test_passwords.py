"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.fixture
def rik():
    """Somebody who works here; stored nowhere."""
    from scherp.web.accounts.models import Member

    return Member(email="rik.jansen@scherp.example", name="Rik Jansen", known_as="Rik")


@pytest.mark.parametrize(
    "password",
    ["kanotulpwolk", "de kano en de tulp", "1234 5678 9012 k", "Ünïcödé-zÿn-ok", "kano tulp wolk en zes paarden " * 5],
    ids=["twelve small letters", "with spaces", "mostly digits", "other letters", "150 characters"],
)
def test_any_kind_of_characters_will_do_from_twelve_up(rik, password):
    validate_password(password, rik)


@pytest.mark.parametrize(
    "password",
    ["kanotulpwol", "administrator", "rik.jansen@scherp"],
    ids=["eleven", "much used", "like one's own address"],
)
def test_a_short_a_much_used_or_an_own_one_is_refused(rik, password):
    with pytest.raises(ValidationError):
        validate_password(password, rik)


@pytest.mark.parametrize(
    "password",
    [
        "welkomwelkom",
        "Welkom123456",
        "Wachtwoord2026!",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "iloveyou1234",
        "Amsterdam2026!",
    ],
)
def test_a_long_one_that_a_guesser_tries_first_is_refused(rik, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, rik)
    assert "password_too_easily_guessed" in {problem.code for problem in refused.value.error_list}


@pytest.mark.parametrize("password", ["hulplijn2026!", "Meldcode-1234", "Noordlijn2026", "Jansen12345678"])
def test_words_of_this_work_this_organisation_and_this_person_are_no_password(rik, settings, password):
    settings.ORGANISATION = "Stichting Noordlijn"
    with pytest.raises(ValidationError):
        validate_password(password, rik)


def test_who_chooses_an_easy_one_is_told_what_to_choose_instead(rik):
    with pytest.raises(ValidationError) as refused:
        validate_password("Welkom123456", rik)
    assert any("vier woorden" in message for message in refused.value.messages)


def test_a_password_is_kept_as_a_slow_hash_and_compared_as_it_was_typed():
    kept = make_password(" Kano tulp wolk ")
    assert kept.startswith("argon2$argon2id$")
    assert check_password(" Kano tulp wolk ", kept)
    assert not check_password("kano tulp wolk", kept)
    assert not check_password("Kano tulp wolk", kept)
