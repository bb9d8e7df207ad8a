"""Files are whole or absent, and what cannot be read counts as empty."""

import errno
import os

import pytest

from embedded.files import read_json, write_json, write_whole


def test_a_written_file_holds_its_content_and_is_private(tmp_path):
    write_whole(tmp_path / "secret", b"words")
    assert (tmp_path / "secret").read_bytes() == b"words"
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    write_whole(tmp_path / "state", b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        write_whole(tmp_path / "state", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
    assert (tmp_path / "state").read_bytes() == b"old"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_broken_state_file_counts_as_empty(tmp_path, content):
    (tmp_path / "state.json").write_bytes(content)
    assert read_json(tmp_path / "state.json") == {}


def test_what_was_stored_is_read_again(tmp_path):
    write_json(tmp_path / "state.json", {"a": [1, "é"]})
    assert read_json(tmp_path / "state.json") == {"a": [1, "é"]}
