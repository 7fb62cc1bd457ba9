"""A package as it is made: the same for the same case, verified at once, and by anybody without Scherp."""

from __future__ import annotations

import hashlib
import re
import subprocess
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handed_over import (
    BARE,
    DE_BRUG,
    FINGERPRINT,
    KEY,
    LOTTES,
    MORNING,
    STRANGERS_KEY,
    members,
    original,
    package,
    zipped,
)
from scherp.handover import Addressee, Entry, Handover, Person, Recipient, Role, Verdict, build, manifest, verify
from scherp.texts import Language, say

COMMAND = re.compile(r"^    \$ (.+)$", re.MULTILINE)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("handover", [LOTTES, BARE], ids=["whole", "bare"])
def test_what_was_made_verifies(handover, language):
    found = verify(package(handover, language=language), "case.zip", trusted=FINGERPRINT)
    assert found.verdict is Verdict.VERIFIED
    assert (found.told.case, found.told.sender, found.told.to) == ("Z-2026-0014", DE_BRUG, "Politie, team zeden Oost")
    assert (found.told.made_at, found.told.expires) == (handover.made_at, handover.expires)


@st.composite
def handovers(draw):
    people = tuple(Person(draw(words), draw(st.sampled_from(Role))) for _ in range(draw(st.integers(0, 2))))
    return replace(
        LOTTES,
        case=draw(words), sender=draw(words), reason=draw(words), summary=tuple(draw(st.lists(words, max_size=3))),
        to=Addressee(draw(st.sampled_from(Recipient)), draw(words)), people=people,
        timeline=(Entry(None, draw(words), draw(words)),),
    )  # fmt: skip


@given(handovers(), st.sampled_from(Language))
@settings(max_examples=25)
def test_whatever_the_words_the_package_is_the_same_each_time_and_verifies(handover, language):
    made = build(handover, key=KEY, language=language)
    assert made == build(handover, key=KEY, language=language)
    found = verify(made, "case.zip", trusted=FINGERPRINT)
    assert found.verdict is Verdict.VERIFIED
    assert (found.told.case, found.told.sender, found.told.to) == (handover.case, handover.sender, handover.to.name)


def test_made_a_second_later_it_is_the_same():
    made = package()
    time.sleep(1.1)  # the time of the clock has seconds where it would come in
    assert build(LOTTES, key=KEY, language=Language.NL) == made


def test_another_key_or_another_case_gives_another_package():
    made = {package(), package(key=STRANGERS_KEY), package(replace(LOTTES, case="Z-2026-0015")), package(BARE)}
    assert len(made) == 4


def test_it_holds_what_its_readme_says_and_nothing_else():
    names = [name for name, _ in members(package())]
    assert names == [
        "LEESMIJ.txt", "README.txt", "handover.pdf", "handover.jsonld", "originals/001-whatsapp-chat-met-kim.txt",
        "organisation.pem", "manifest.sha256", "manifest.sig",
    ]  # fmt: skip
    for language in Language:
        readme = say("handover.readme", language)
        assert [n for n in names if n.partition("/")[0] not in readme and not n.endswith("ME.txt")] == ["LEESMIJ.txt"]


def test_an_original_lies_in_it_byte_for_byte():
    data = b"\xef\xbb\xbf1-1-2026 10:00 - Lotte: hoi\r\n\r\n  caf\xc3\xa9\n"
    inside = dict(members(package(replace(LOTTES, enclosures=(original("x.txt", data),)))))
    assert inside["originals/001-x.txt"] == data


def test_the_zip_is_made_in_one_way_on_every_python():
    # pinned, so that a Python that packs otherwise is noticed before packages made elsewhere no longer verify
    from scherp.handover.packing import packed

    made = packed({"README.txt": b"hoi\n", "originals/001-x.txt": b"x", "manifest.sig": b"\0" * 64})
    assert made == zipped([("README.txt", b"hoi\n"), ("originals/001-x.txt", b"x"), ("manifest.sig", b"\0" * 64)])
    assert hashlib.sha256(made).hexdigest() == PACKED


PACKED = "85887b7d367ced0e240b5269e32c15f0296933ec27669484145d80b0f1b9edc2"


def test_the_manifest_lists_all_but_itself_and_its_signature():
    inside = dict(members(package()))
    listed = manifest.read(inside["manifest.sha256"])
    assert set(inside) - set(listed) == {"manifest.sha256", "manifest.sig"}
    assert all(hashlib.sha256(inside[name]).hexdigest() == mark for name, mark in listed.items())


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"\n", b"x", b"0" * 64 + b"  a.txt", b"0" * 64 + b" a.txt\n", b"0" * 64 + b"  ../a.txt\n",
        b"0" * 64 + b"  a/b.txt\n", b"G" * 64 + b"  a.txt\n", (b"0" * 64 + b"  a.txt\n") * 2,
        b"0" * 64 + b"  b.txt\n" + b"0" * 64 + b"  a.txt\n", b"0" * 64 + b"  a.txt\r\n",
        b"0" * 64 + "  é.txt\n".encode(),
    ],
)  # fmt: skip
def test_a_list_in_another_form_is_not_read(broken):
    assert manifest.read(broken) is None


# ------------------------------------------------------------------------------------------------ without Scherp


@pytest.fixture
def unpacked(tmp_path):
    for name, data in members(package()):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def ran(command, folder):
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


def commands(folder, readme="README.txt"):
    return COMMAND.findall((folder / readme).read_text(encoding="utf-8"))


@pytest.mark.parametrize("readme", ["LEESMIJ.txt", "README.txt"])
def test_the_commands_of_the_readme_verify_it(unpacked, readme):
    hashes, signature, key = (ran(command, unpacked) for command in commands(unpacked, readme))
    assert hashes.returncode == 0
    assert hashes.stdout.count(": OK\n") == 6
    assert signature.returncode == 0
    assert "Signature Verified Successfully" in signature.stdout
    assert key.stdout.split()[0] == FINGERPRINT.replace(" ", "")


def test_the_commands_of_the_readme_see_a_changed_original(unpacked):
    (unpacked / "originals/001-whatsapp-chat-met-kim.txt").write_bytes(b"not what it was")
    assert ran(commands(unpacked)[0], unpacked).returncode != 0


def test_the_commands_of_the_readme_see_a_changed_list(unpacked):
    listed = unpacked / "manifest.sha256"
    listed.write_bytes(listed.read_bytes().replace(b"0", b"1", 1))
    assert ran(commands(unpacked)[1], unpacked).returncode != 0


# ------------------------------------------------------------------------------------------------ what is refused


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        replace(LOTTES, made_at=MORNING.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        replace(LOTTES, timeline=(Entry(MORNING.replace(tzinfo=None), "x", "y"),))


def test_access_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="access"):
        replace(LOTTES, expires=LOTTES.made_at)


def test_a_handover_cannot_be_changed_after_it_was_made():
    assert isinstance(LOTTES, Handover)
    with pytest.raises(AttributeError):
        LOTTES.reason = "another"
