"""Secrets are made once, and a broken one is told instead of replaced."""

import pytest

from embedded import credentials
from embedded.home import Home
from embedded.problems import Problem


@pytest.fixture
def place(tmp_path):
    home = Home.at(tmp_path)
    home.prepare()
    credentials.make(home)
    return home


def test_they_are_private_and_kept(place):
    before = place.secret.read_bytes(), (place.keys / "signing.json").read_bytes()
    credentials.make(place)
    assert before == (place.secret.read_bytes(), (place.keys / "signing.json").read_bytes())
    assert place.secret.stat().st_mode & 0o077 == 0
    assert (place.keys / "signing.json").stat().st_mode & 0o077 == 0


def test_two_instances_have_different_secrets(place, tmp_path):
    other = Home.at(tmp_path / "other")
    other.prepare()
    credentials.make(other)
    assert other.secret.read_bytes() != place.secret.read_bytes()


def test_a_secret_with_a_newline_of_an_editor_is_fine(place):
    place.secret.write_bytes(place.secret.read_bytes() + b"\n")
    credentials.make(place)


def test_a_cut_secret_is_told_and_left(place):
    place.secret.write_bytes(b"short")
    with pytest.raises(Problem, match="5 characters instead of 64"):
        credentials.make(place)
    assert place.secret.read_bytes() == b"short"


@pytest.mark.parametrize("name", ["signing.json", "public.json"])
def test_broken_keys_are_told(place, name):
    (place.keys / name).write_text("{")
    with pytest.raises(Problem, match=r"signing keys .* are broken"):
        credentials.make(place)
