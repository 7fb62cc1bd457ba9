"""A package put in a folder: all of it or nothing, for its owner only, over nothing that was there."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

import pytest

from handed_over import FINGERPRINT, members, package, zipped
from scherp import errors
from scherp.handover import extract, verify


@pytest.fixture
def whole():
    return verify(package(), "case.zip", trusted=FINGERPRINT)


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("there", [False, True])
def test_all_files_are_put_in_a_new_or_empty_folder(whole, tmp_path, there):
    folder = tmp_path / "case"
    if there:
        folder.mkdir()
    extract(whole, folder)
    assert files_in(folder) == dict(members(package()))
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_only_their_owner_can_read_them(whole, tmp_path):
    extract(whole, tmp_path / "case")
    found = [tmp_path / "case", *(tmp_path / "case").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o700, 0o600}


def test_a_folder_with_something_in_it_is_left_as_it_was(whole, tmp_path):
    (tmp_path / "handover.pdf").write_bytes(b"mine")
    with pytest.raises(errors.FolderTaken):
        extract(whole, tmp_path)
    assert files_in(tmp_path) == {"handover.pdf": b"mine"}


def test_a_file_or_a_link_in_its_place_is_refused(whole, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        with pytest.raises(errors.FolderTaken):
            extract(whole, tmp_path / name)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_nothing_is_left_where_it_cannot_be_written(whole, tmp_path):
    with pytest.raises(errors.NotWritten):
        extract(whole, tmp_path / "nowhere" / "case")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing_behind(whole, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(errors.NotWritten):
        extract(whole, tmp_path / "case")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_whole_is_never_unpacked(whole, tmp_path):
    added = verify(zipped([*members(package()), ("extra.txt", b"x")]), "case.zip", trusted=FINGERPRINT)
    for broken in (added, replace(whole, as_packed=False), replace(whole, list_in_form=False)):
        with pytest.raises(ValueError, match="whole"):
            extract(broken, tmp_path / "case")
    assert list(tmp_path.iterdir()) == []
