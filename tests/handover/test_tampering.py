"""Whatever is done to a package is noticed: any byte, any member, any zip around it, any other key."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handed_over import FINGERPRINT, KEY, LOTTES, STRANGERS_KEY, members, original, package, zipped
from scherp import errors
from scherp.handover import FileState, KeyState, SignatureState, Verdict, build, manifest, public_pem, verify
from scherp.reading.archive import Limits
from scherp.texts import Language

PACKAGE = package()
MEMBERS = members(PACKAGE)
NAMES = [name for name, _ in MEMBERS]
CHAT_IN_IT = "originals/001-whatsapp-chat-met-kim.txt"
names = st.sampled_from(NAMES)


def found_in(data, trusted=FINGERPRINT):
    return verify(data, "case.zip", trusted=trusted)


def noticed(data):
    """Whether it is refused, or found not to be in order; an error that is not for a person fails the test."""
    try:
        return found_in(data).verdict is Verdict.NOT_VERIFIED
    except errors.ScherpError:
        return True


def states(data):
    return {one.name: one.state for one in found_in(data).files if one.state is not FileState.IN_ORDER}


def with_members(**changed):
    """The package with other bytes under these names, zipped as we zip."""
    return zipped([(name, changed.get(name, data)) for name, data in MEMBERS])


def test_zipped_again_as_it_was_it_is_the_same():
    assert zipped(MEMBERS) == PACKAGE


# ------------------------------------------------------------------------------------------------ bytes


@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255))
@settings(max_examples=400)
def test_any_byte_of_the_zip_flipped_is_noticed(place, flip):
    data = bytearray(PACKAGE)
    data[place] ^= flip
    assert noticed(bytes(data))


@given(names, st.data())
@settings(max_examples=200)
def test_any_byte_flipped_in_any_member_is_noticed_and_the_file_named(name, data):
    content = bytearray(dict(MEMBERS)[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    changed = with_members(**{name: bytes(content)})
    assert noticed(changed)
    if name.startswith("manifest"):
        assert found_in(changed).signature is SignatureState.WRONG
    else:
        assert states(changed) == {name: FileState.CHANGED}


@given(st.integers(0, len(PACKAGE) - 1))
def test_a_package_cut_off_anywhere_is_noticed(length):
    assert noticed(PACKAGE[:length])


@given(st.binary(min_size=1, max_size=40), st.integers(0, len(PACKAGE)))
def test_bytes_put_in_anywhere_are_noticed(extra, place):
    assert noticed(PACKAGE[:place] + extra + PACKAGE[place:])


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest))
def test_what_is_no_package_is_told_to_be_none(data):
    with pytest.raises(errors.ScherpError):
        found_in(data)


def test_a_byte_that_broke_on_the_way_is_told_by_its_file():
    # a bit that flipped on a disk: the zip's own checksum fails as well
    place = PACKAGE.index(dict(MEMBERS)[CHAT_IN_IT])
    broken = PACKAGE[:place] + b"?" + PACKAGE[place + 1 :]
    assert states(broken) == {CHAT_IN_IT: FileState.CHANGED}


# ------------------------------------------------------------------------------------------------ members


@given(names)
def test_any_member_dropped_is_noticed_and_named(name):
    dropped = zipped([part for part in MEMBERS if part[0] != name])
    assert noticed(dropped)
    found = {one.name: one.state for one in found_in(dropped).files}
    assert found[name] is FileState.MISSING
    if name.startswith("manifest"):
        assert found_in(dropped).signature is SignatureState.MISSING


@given(
    st.text(st.characters(min_codepoint=33, exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.binary(max_size=20),
    st.integers(0, len(MEMBERS)),
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
@example("originals/002-x.txt", b"hoi", 5)
@example("originals/", b"", 5)
@example("Handover.pdf", b"another", 0)
def test_any_member_added_is_noticed(name, content, place):
    assert noticed(zipped([*MEMBERS[:place], (name, content), *MEMBERS[place:]]))


@given(names, st.sampled_from(["originals/009-a.txt", "extra.txt", "HANDOVER.PDF", "handover.pdf ", "./handover.pdf"]))
def test_any_member_renamed_is_noticed_and_both_names_told(name, new):
    renamed = zipped([(new if old == name else old, data) for old, data in MEMBERS])
    assert noticed(renamed)
    found = {one.name: one.state for one in found_in(renamed).files}
    assert found[name] in {FileState.MISSING, FileState.DOUBLED}
    assert found[new] in {FileState.ADDED, FileState.DOUBLED}


@given(names, st.booleans(), st.binary(max_size=10))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_member_doubled_is_noticed_and_named(name, first, other):
    parts = [*MEMBERS]
    parts.insert(0 if first else len(parts), (name, other))
    doubled = zipped(parts)
    assert noticed(doubled)
    assert FileState.DOUBLED in {one.state for one in found_in(doubled).files if one.name == name}


def test_a_name_that_differs_in_capitals_only_is_a_double():
    # on many a device the second would overwrite the first
    added = zipped([*MEMBERS, ("Handover.PDF", b"another")])
    assert states(added) == {"handover.pdf": FileState.DOUBLED, "Handover.PDF": FileState.DOUBLED}


def test_members_in_another_order_are_noticed():
    assert noticed(zipped(MEMBERS[::-1]))


@pytest.mark.parametrize("comment", [b"x", b"a comment that only some programs show"])
def test_a_comment_in_the_zip_is_noticed(comment):
    file = io.BytesIO(PACKAGE)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = comment
    assert noticed(file.getvalue())


def test_a_package_packed_anew_is_told_so_though_every_file_is_in_order():
    found = found_in(zipped(MEMBERS, zipfile.ZIP_DEFLATED))
    assert found.verdict is Verdict.NOT_VERIFIED
    assert not found.as_packed
    assert states(zipped(MEMBERS, zipfile.ZIP_DEFLATED)) == {}


# ------------------------------------------------------------------------------------------------ keys


def forged(key=STRANGERS_KEY, **changed):
    """A package by a stranger, who signs what they changed with a key of their own."""
    files = {name: changed.get(name, data) for name, data in MEMBERS if not name.startswith("manifest")}
    files["organisation.pem"] = public_pem(key)
    listed = manifest.written(files)
    return zipped([*files.items(), ("manifest.sha256", listed), ("manifest.sig", key.sign(listed))])


def test_a_strangers_package_fits_together_and_only_the_fingerprint_gives_it_away():
    # Given a package that a stranger changed and signed anew, with the organisation's name still in it
    package_of_a_stranger = forged(**{CHAT_IN_IT: b"other words"})
    # When nobody compared the key, Then it is never called verified
    found = found_in(package_of_a_stranger, trusted=None)
    assert found.whole
    assert found.verdict is Verdict.KEY_NOT_COMPARED
    # When the fingerprint of the organisation is given, Then it is refused
    found = found_in(package_of_a_stranger)
    assert (found.key, found.verdict) == (KeyState.OTHER, Verdict.NOT_VERIFIED)


def test_the_organisations_key_beside_a_strangers_signature_is_noticed():
    inside = dict(MEMBERS)
    listed = inside["manifest.sha256"]
    swapped = with_members(**{"manifest.sig": STRANGERS_KEY.sign(listed)})
    found = found_in(swapped)
    assert (found.key, found.signature, found.verdict) == (
        KeyState.AS_GIVEN, SignatureState.WRONG, Verdict.NOT_VERIFIED,
    )  # fmt: skip


@pytest.mark.parametrize("pem", [b"", b"no key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_key_that_cannot_be_read_is_told(pem):
    found = found_in(with_members(**{"organisation.pem": pem}))
    assert (found.key, found.signature, found.fingerprint) == (KeyState.UNREADABLE, SignatureState.MISSING, None)
    assert found.verdict is Verdict.NOT_VERIFIED


def test_a_part_of_a_fingerprint_is_not_the_key():
    assert found_in(PACKAGE, trusted=FINGERPRINT[:19]).key is KeyState.OTHER
    assert found_in(PACKAGE, trusted="").verdict is Verdict.NOT_VERIFIED


def test_a_signed_package_without_its_paper_is_not_whole():
    files = {name: data for name, data in MEMBERS if name not in {"handover.pdf", "manifest.sha256", "manifest.sig"}}
    listed = manifest.written(files)
    thin = zipped([*files.items(), ("manifest.sha256", listed), ("manifest.sig", KEY.sign(listed))])
    assert states(thin) == {"handover.pdf": FileState.MISSING}
    assert noticed(thin)


@pytest.mark.parametrize("jsonld", [b"", b"{}", b"[1]", b'{"@graph": [3]}', b'{"@graph": []}', b"[" * 100_000, b"\xff"])
def test_a_whole_package_that_says_nothing_of_itself_is_still_judged(jsonld):
    found = found_in(forged(KEY, **{"handover.jsonld": jsonld}))
    assert found.told is None
    assert found.verdict is Verdict.VERIFIED


# ------------------------------------------------------------------------------------------------ hostile zips


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "C:\\out.txt", "originals/../../out.txt", "..\\out.txt"])
def test_a_package_that_points_outside_itself_is_refused(name):
    with pytest.raises(errors.PackageUnsafe) as told:
        found_in(zipped([*MEMBERS, (name, b"x")]))
    assert told.value.exit_code is errors.ExitCode.UNSAFE_ARCHIVE


def test_a_link_in_a_package_is_refused():
    file = io.BytesIO(PACKAGE)
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("originals/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(errors.PackageUnsafe):
        found_in(file.getvalue())


@pytest.mark.parametrize(
    "limits",
    [Limits(text=1000, total=100_000), Limits(total=1000), Limits(members=3), Limits(directory=10)],
    ids=["a file", "all", "members", "directory"],
)
def test_a_package_over_a_limit_is_refused(limits):
    with pytest.raises(errors.PackageTooLarge):
        verify(PACKAGE, "case.zip", limits=limits)


def test_a_zip_that_unpacks_to_far_more_is_refused_before_it_does():
    bomb = zipped([*MEMBERS, ("originals/002-x.txt", b"\0" * 30_000_000)], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(errors.PackageTooLarge):
        found_in(bomb)


def test_many_files_that_are_large_together_are_refused():
    parts = [(f"originals/{number:03}-x.txt", b"\0" * 900_000) for number in range(140)]
    with pytest.raises(errors.PackageTooLarge):
        found_in(zipped(parts, zipfile.ZIP_DEFLATED))


def test_a_chat_that_is_no_package_is_told_what_a_package_is():
    found = found_in(zipped([("WhatsApp-chat met Kim.txt", b"hoi")]))
    assert found.verdict is Verdict.NOT_VERIFIED
    with pytest.raises(errors.NotAPackage):
        found_in(b"1-1-2026 10:00 - Lotte: hoi\n")


# ------------------------------------------------------------------------------------------------ any case


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), max_size=4), st.data())
@settings(max_examples=15)
def test_a_package_of_any_originals_verifies_until_one_of_them_changes(texts, data):
    enclosures = tuple(original(f"{n}.txt", f"chat {text}\n".encode()) for n, text in enumerate(texts))
    made = build(replace(LOTTES, enclosures=enclosures), key=KEY, language=Language.EN)
    assert found_in(made).verdict is Verdict.VERIFIED
    parts = members(made)
    place = data.draw(st.integers(0, len(parts) - 1))
    name, content = parts[place]
    assert noticed(zipped([*parts[:place], (name, content + b" "), *parts[place + 1 :]]))


def test_the_hashes_are_those_that_every_other_program_gives():
    listed = manifest.read(dict(MEMBERS)["manifest.sha256"])
    assert listed[CHAT_IN_IT] == hashlib.sha256(LOTTES.enclosures[0].data).hexdigest()


def test_a_list_that_is_not_in_our_form_is_told_though_it_was_signed():
    listed = dict(MEMBERS)["manifest.sha256"][::-1]
    found = found_in(with_members(**{"manifest.sha256": listed, "manifest.sig": KEY.sign(listed)}))
    assert found.signature is SignatureState.GOOD
    assert not found.list_in_form
    assert found.verdict is Verdict.NOT_VERIFIED


def test_an_empty_zip_is_no_package():
    with pytest.raises(errors.NotAPackage):
        found_in(zipped([]))


def test_a_time_without_a_zone_is_not_told():
    jsonld = dict(MEMBERS)["handover.jsonld"].replace(b"+01:00", b"")
    assert found_in(forged(KEY, **{"handover.jsonld": jsonld})).told is None
