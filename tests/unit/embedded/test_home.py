"""The folder of an instance: prepared, refused with a remedy, held once."""

import errno
import os
import shutil
from collections import namedtuple

import pytest

from embedded import files, home
from embedded.home import Home
from embedded.problems import Problem

Usage = namedtuple("Usage", "total used free")


def test_a_new_home_is_private(tmp_path):
    place = Home.at(tmp_path / "a" / "b")
    place.prepare()
    assert place.root.stat().st_mode & 0o077 == 0
    assert place.mongo.is_dir()


@pytest.mark.parametrize(
    ("database_exists", "megabytes", "refused"), [(False, 599, True), (False, 601, False), (True, 99, True), (True, 101, False)]
)
def test_too_little_room_is_refused_before_anything_starts(tmp_path, monkeypatch, database_exists, megabytes, refused):
    place = Home.at(tmp_path)
    if database_exists:
        place.mongo.mkdir()
        (place.mongo / "WiredTiger").touch()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, megabytes * 2**20))
    if not refused:
        place.check_space()
        return
    with pytest.raises(Problem, match=f"has {megabytes} MB free") as problem:
        place.check_space()
    assert "HOME_FOLDER" in problem.value.remedy


def test_a_disk_that_fills_while_the_home_is_made_is_named_as_such(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(Problem, match="is full"):
        Home.at(tmp_path).prepare()


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "taken").write_text("something else")
    with pytest.raises(Problem, match="is a file where a folder is needed"):
        Home.at(tmp_path / "taken").prepare()


def test_a_folder_that_may_not_be_written_is_told(tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr(home.Path, "mkdir", denied)
    with pytest.raises(Problem, match="is not writable"):
        Home.at(tmp_path).prepare()


def test_a_home_is_held_once_and_free_again_after(tmp_path):
    place = Home.at(tmp_path)
    with place.held():
        assert place.holder() == os.getpid()
        with pytest.raises(Problem, match="already runs"), place.held():
            pytest.fail("held twice")
    assert place.holder() is None
    with place.held():
        assert place.holder() == os.getpid()
