"""The organisation's key: kept, locked, and known by a fingerprint that can be read aloud."""

from __future__ import annotations

import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from handed_over import FINGERPRINT, KEY
from scherp import errors
from scherp.handover import as_fingerprint, fingerprint, load_key, new_key, private_pem, public_pem
from scherp.texts import Language


@pytest.mark.parametrize("passphrase", [None, b"vier losse woorden hier"])
def test_a_key_that_was_kept_is_the_same_key(passphrase):
    key = new_key()
    kept = private_pem(key, passphrase)
    assert public_pem(load_key(kept, "key.pem", passphrase)) == public_pem(key)
    assert (b"ENCRYPTED" in kept) is (passphrase is not None)


@pytest.mark.parametrize("passphrase", [None, b"", b"a wrong one"])
def test_a_locked_key_opens_with_its_passphrase_only(passphrase):
    kept = private_pem(new_key(), b"the right one")
    with pytest.raises(errors.PassphraseWrong) as told:
        load_key(kept, "key.pem", passphrase)
    assert "wachtzin" in told.value.say(Language.NL)
    assert "wrong one" not in str(told.value)


def test_a_passphrase_for_a_key_that_has_none_is_no_obstacle():
    key = new_key()
    assert public_pem(load_key(private_pem(key), "key.pem", b"not needed")) == public_pem(key)


def test_no_two_keys_are_the_same():
    assert len({fingerprint(public_pem(new_key())) for _ in range(20)}) == 20


OTHER = Ed448PrivateKey.generate()


@pytest.mark.parametrize(
    "pem",
    [b"", b"no key", public_pem(KEY), OTHER.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())],
    ids=["empty", "text", "a public one", "another kind"],
)
def test_what_is_no_key_to_sign_with_is_told(pem):
    with pytest.raises(errors.NotAKey):
        load_key(pem, "key.pem")


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"no key",
        private_pem(KEY),
        OTHER.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
    ids=["empty", "text", "a private one", "another kind"],
)
def test_what_has_no_fingerprint_is_told(pem):
    with pytest.raises(errors.NotAKey):
        fingerprint(pem, "key.pem")


def test_a_fingerprint_is_sixteen_groups_of_four():
    groups = FINGERPRINT.split(" ")
    assert [len(group) for group in groups] == [4] * 16


def test_a_fingerprint_is_what_openssl_says(tmp_path):
    (tmp_path / "key.pem").write_bytes(private_pem(KEY))
    command = "openssl pkey -in key.pem -pubout -outform DER | sha256sum"
    said = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert as_fingerprint(said.stdout.split()[0]) == FINGERPRINT


@pytest.mark.parametrize(
    "written", [FINGERPRINT, FINGERPRINT.replace(" ", ""), FINGERPRINT.upper().replace(" ", ":\n")]
)
def test_a_fingerprint_is_read_however_it_was_typed(written):
    assert as_fingerprint(written) == FINGERPRINT


@pytest.mark.parametrize("written", ["", FINGERPRINT[:-1], FINGERPRINT + "0", "g" * 64, "organisation.pem"])
def test_a_part_of_a_fingerprint_is_none(written):
    assert as_fingerprint(written) is None
