"""Which mongod is taken, and what is said when it does not run here."""

import shutil

import pytest

from embedded import mongo
from embedded.problems import Problem


def program(tmp_path, script):
    path = tmp_path / "mongod"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_mongod_on_the_path_is_preferred(tmp_path, monkeypatch):
    own = program(tmp_path, "echo db version v7.0.1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert mongo.find() == own


def test_without_a_wheel_for_the_platform_the_remedy_names_both_ways_out(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(mongo.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Problem, match="no MongoDB server for") as problem:
        mongo.find()
    assert "PATH" in problem.value.remedy
    assert "MONGO_URL" in problem.value.remedy


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "echo 'mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file: No such file' >&2; exit 127",
            "libcurl.so.4",
        ),
        ("echo 'version `GLIBC_2.34 not found' >&2; exit 1", "GLIBC_2.34"),
        ("kill -ILL $$", "AVX"),
        ("echo db version v3.6.8", "too old"),
    ],
)
def test_a_mongod_that_does_not_run_here_is_told(tmp_path, script, sentence):
    with pytest.raises(Problem, match=sentence) as problem:
        mongo.check(program(tmp_path, script))
    assert "MONGO_URL" in problem.value.remedy


def test_a_program_of_another_platform_is_told(tmp_path):
    path = tmp_path / "mongod"
    path.write_bytes(b"\xcf\xfa\xed\xfe not for this machine")
    path.chmod(0o755)
    with pytest.raises(Problem, match="does not run on this machine"):
        mongo.check(path)


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("WiredTiger error message: No space left on device", "disk .* is full"),
        ("UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion document", "another version"),
        ("Fatal assertion: WT_TRY_SALVAGE: database corruption detected", "damaged"),
    ],
)
def test_known_deaths_are_explained(log, sentence):
    import re

    assert re.search(sentence, mongo.explain(log)[0])


def test_an_unknown_death_is_not_explained():
    assert mongo.explain("signal 15 received") is None
