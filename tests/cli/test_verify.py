"""`scherp verify`: what the person at the other organisation sees."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handed_over import FINGERPRINT, KEY, LOTTES, STRANGERS_KEY, build, members, package, zipped
from scherp.errors import ExitCode
from scherp.handover import private_pem, public_pem
from scherp.texts import Language, say

NOW = datetime.now(UTC)


@pytest.fixture
def received(tmp_path):
    """A package as it came in."""

    def put(data=None):
        path = tmp_path / "overdracht.zip"
        path.write_bytes(package() if data is None else data)
        return path

    return put


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("speaks", [language.value for language in Language])
def test_without_a_key_it_says_that_nothing_can_be_trusted_yet(scherp, received, speaks):
    said = scherp("verify", received(), "--lang", speaks)
    assert said.code == ExitCode.KEY_NOT_COMPARED
    out = flat(said.out)
    assert FINGERPRINT[:39] in out
    assert FINGERPRINT[40:] in out
    asked = {"nl": "Vertrouw nog niets", "en": "Trust nothing yet"}[speaks]
    assert asked in out
    assert {"nl": "Bel de organisatie op een nummer dat je al kende", "en": "a number that you knew already"}[
        speaks
    ] in out


def test_it_offers_no_command_with_the_key_in_it(scherp, received):
    # who pastes the key of the package itself has compared nothing
    out = flat(scherp("verify", received()).out)
    assert "met --key en wat je is voorgelezen" in out
    assert FINGERPRINT[:4] not in out.partition("--key")[2].split("De handtekening")[0]
    assert FINGERPRINT.replace(" ", "") not in out


@pytest.mark.parametrize("speaks", [language.value for language in Language])
def test_with_the_right_key_it_is_verified(scherp, received, speaks):
    said = scherp("verify", received(), "--key", FINGERPRINT, "--lang", speaks)
    assert said.code == ExitCode.FINE
    out = flat(said.out)
    assert say("handover.verdict.verified", Language(speaks)) in out
    assert "Z-2026-0014" in out
    assert "De Brug Jeugdhulp" in out
    assert out.count(say("handover.file.in_order", Language(speaks))) == 6
    assert said.err == ""


def test_the_key_may_be_a_file(scherp, received, tmp_path):
    (tmp_path / "de-brug.pem").write_bytes(public_pem(KEY))
    (tmp_path / "stranger.pem").write_bytes(public_pem(STRANGERS_KEY))
    assert scherp("verify", received(), "--key", tmp_path / "de-brug.pem").code == ExitCode.FINE
    assert scherp("verify", received(), "--key", tmp_path / "stranger.pem").code == ExitCode.NOT_VERIFIED


@pytest.mark.parametrize("speaks", [language.value for language in Language])
def test_another_key_is_told_in_so_many_words(scherp, received, speaks):
    said = scherp("verify", received(package(key=STRANGERS_KEY)), "--key", FINGERPRINT, "--lang", speaks)
    assert said.code == ExitCode.NOT_VERIFIED
    assert say("handover.verdict.not_verified", Language(speaks)) in flat(said.out)
    assert say("handover.key.other", Language(speaks)) in flat(said.out)


def test_a_part_of_a_fingerprint_is_refused(scherp, received, tmp_path):
    (tmp_path / "private.pem").write_bytes(private_pem(KEY))
    (tmp_path / "large.pem").write_bytes(public_pem(KEY) * 200)
    for key in (FINGERPRINT[:39], "nowhere.pem", tmp_path / "private.pem", tmp_path / "large.pem", tmp_path, ""):
        said = scherp("verify", received(), "--key", key)
        assert said.code == ExitCode.NOT_A_KEY
        assert said.out == ""


@pytest.mark.parametrize("speaks", [language.value for language in Language])
def test_what_is_wrong_with_which_file_is_told(scherp, received, speaks):
    # Given a package in which one file changed, one went and one came
    parts = [
        (name, b"x" if name == "handover.pdf" else data) for name, data in members(package()) if name != "README.txt"
    ]
    said = scherp("verify", received(zipped([*parts, ("extra.txt", b"")])), "--key", FINGERPRINT, "--lang", speaks)
    # Then each is named, and what nobody looked at is not called in order
    language = Language(speaks)
    assert said.code == ExitCode.NOT_VERIFIED
    assert f"! handover.pdf: {say('handover.file.changed', language)}" in said.out
    assert f"! README.txt: {say('handover.file.missing', language)}" in said.out
    assert f"! extra.txt: {say('handover.file.added', language)}" in said.out
    assert say("handover.verdict.verified", language) not in flat(said.out)
    assert "Z-2026-0014" not in said.out


def test_a_changed_package_is_never_offered_for_comparing(scherp, received):
    parts = [(name, data + b" ") for name, data in members(package())]
    said = scherp("verify", received(zipped(parts)))
    assert said.code == ExitCode.NOT_VERIFIED
    assert "--key" not in said.out


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"1-1-2026 10:00 - Lotte: hoi\n", ExitCode.UNKNOWN_FORMAT), (b"", ExitCode.UNKNOWN_FORMAT),
        (b"PK\x03\x04 cut off", ExitCode.DAMAGED), (zipped([("../x", b"")]), ExitCode.UNSAFE_ARCHIVE),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_told_with_what_to_do(scherp, received, data, code):
    said = scherp("verify", received(data), "--key", FINGERPRINT)
    assert said.code == code
    assert said.out == ""
    assert len(said.err.splitlines()) > 1
    assert "Traceback" not in said.err


def test_a_package_that_is_not_there_is_told(scherp, tmp_path):
    for path in (tmp_path / "nowhere.zip", tmp_path):
        assert scherp("verify", path).code == ExitCode.NOT_FOUND


def test_a_package_that_is_too_large_is_not_read(scherp, tmp_path):
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    assert scherp("verify", path).code == ExitCode.TOO_LARGE


# ------------------------------------------------------------------------------------------------ access that ends


@pytest.mark.parametrize("speaks", [language.value for language in Language])
def test_access_that_has_ended_is_told_and_the_package_is_still_whole(scherp, received, speaks):
    ended = replace(LOTTES, made_at=NOW - timedelta(days=90), expires=NOW - timedelta(minutes=1))
    said = scherp(
        "verify", received(build(ended, key=KEY, language=Language.NL)), "--key", FINGERPRINT, "--lang", speaks
    )
    assert said.code == ExitCode.FINE
    assert {"nl": "De toegang is geëindigd", "en": "Access ended"}[speaks] in flat(said.out)


def test_access_that_holds_is_told_with_its_end(scherp, received):
    holds = replace(LOTTES, made_at=NOW, expires=NOW + timedelta(days=3))
    out = scherp("verify", received(build(holds, key=KEY, language=Language.NL)), "--key", FINGERPRINT).out
    assert "Te gebruiken tot" in out
    assert "geëindigd" not in out


# ------------------------------------------------------------------------------------------------ for programs


def test_json_says_the_same(scherp, received):
    said = scherp("verify", received(), "--key", FINGERPRINT, "--json")
    found = json.loads(said.out)
    assert said.code == ExitCode.FINE
    assert (found["verdict"], found["key"], found["signature"]) == ("verified", "as_given", "good")
    assert found["fingerprint"] == FINGERPRINT
    assert {one["state"] for one in found["files"]} == {"in_order"}
    assert found["told"]["case"] == "Z-2026-0014"
    assert isinstance(found["told"]["expired"], bool)


def test_json_of_a_changed_package_tells_nothing_of_the_case(scherp, received):
    parts = [(name, data + b" ") for name, data in members(package())]
    said = scherp("verify", received(zipped(parts)), "--json")
    assert said.code == ExitCode.NOT_VERIFIED
    assert json.loads(said.out)["told"] is None
    assert "hulplijn" not in said.out


# ------------------------------------------------------------------------------------------------ unpacking


def test_nothing_is_unpacked_unless_asked(scherp, received, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = received()
    scherp("verify", path, "--key", FINGERPRINT)
    assert list(tmp_path.iterdir()) == [path]


def test_asked_for_it_is_unpacked_where_asked(scherp, received, tmp_path):
    said = scherp("verify", received(), "--key", FINGERPRINT, "--extract", tmp_path / "zaak")
    assert said.code == ExitCode.FINE
    assert (tmp_path / "zaak/handover.pdf").read_bytes().startswith(b"%PDF-")
    assert "zaak" in said.out


def test_what_nobody_compared_is_not_unpacked_though_asked(scherp, received, tmp_path):
    said = scherp("verify", received(), "--extract", tmp_path / "zaak")
    assert said.code == ExitCode.KEY_NOT_COMPARED
    assert not (tmp_path / "zaak").exists()


def test_json_says_where_it_was_unpacked(scherp, received, tmp_path):
    asked = ("verify", received(), "--json", "--extract", tmp_path / "zaak")
    assert json.loads(scherp(*asked).out)["extracted"] is None
    assert json.loads(scherp(*asked, "--key", FINGERPRINT).out)["extracted"] == str(tmp_path / "zaak")


def test_what_is_not_in_order_is_not_unpacked_though_asked(scherp, received, tmp_path):
    said = scherp("verify", received(package(key=STRANGERS_KEY)), "--key", FINGERPRINT, "--extract", tmp_path / "zaak")
    assert said.code == ExitCode.NOT_VERIFIED
    assert not (tmp_path / "zaak").exists()
    assert say("handover.not_extracted", Language.NL) in flat(said.out)


def test_a_folder_that_is_not_empty_is_left_alone(scherp, received, tmp_path):
    said = scherp("verify", received(), "--key", FINGERPRINT, "--extract", tmp_path)
    assert said.code == ExitCode.NOT_WRITTEN
    assert [path.name for path in tmp_path.iterdir()] == ["overdracht.zip"]


# ------------------------------------------------------------------------------------------------ alone


def test_it_opens_no_connection(scherp, received, monkeypatch):
    def refused(*_args, **_settings):
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refused)
    assert scherp("verify", received(), "--key", FINGERPRINT).code == ExitCode.FINE


def test_without_the_extra_it_says_how_to_install_it(scherp, received, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("scherp.handover", "scherp.cli.verify"))]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    said = scherp("verify", received())
    assert said.code == ExitCode.NEEDS_EXTRA
    assert 'pip install "scherp[handover]"' in said.err


def test_it_loads_no_library_for_paper(shell):
    loaded = shell(
        f"{sys.executable} -c 'import sys, scherp.cli.verify; print([m for m in sys.modules if m in "
        '{"fpdf", "PIL", "django"}])\''
    )
    assert loaded.out.strip() == "[]"


def test_a_name_that_would_act_on_the_terminal_does_not(scherp, received):
    added = zipped([*members(package()), ("\x1b[2Jevil.txt", b"")])
    assert "\x1b[2J" not in scherp("verify", received(added)).out
