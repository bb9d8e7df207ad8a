"""What is sealed can be opened with its own key, under its own name, whole and unchanged; and in no other way."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import sealing

PUBLIC, PRIVATE = sealing.new_key()
SECRET = b"the instance's secret"
NAME = "an-export/sessions"
LONG = {"notes": [sealing.new_key()[1] for _ in range(200)]}


@given(content=st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_what_was_sealed_is_opened_as_it_was(content):
    assert sealing.unseal(PRIVATE, NAME, sealing.seal(PUBLIC, NAME, content, 900_000)) == content


def test_what_is_large_comes_in_parts_that_fit():
    parts = sealing.seal(PUBLIC, NAME, LONG, 8_000)
    assert len(parts) > 1 and all(len(part) < 8_000 for part in parts)
    assert sealing.unseal(PRIVATE, NAME, parts) == LONG


def test_nothing_of_it_can_be_read_and_the_half_that_is_given_away_opens_nothing():
    [sealed] = sealing.seal(PUBLIC, NAME, {"name": "Zwaantje"}, 900_000)
    assert "Zwaantje" not in sealed and sealed.count(".") == 4
    assert "d" not in json.loads(PUBLIC)
    with pytest.raises((sealing.Unopenable, ValueError)):
        sealing.unseal(PUBLIC, NAME, [sealed])


def changed(sealed):
    """With another letter in the middle."""
    place = len(sealed) // 2
    return sealed[:place] + ("B" if sealed[place] == "A" else "A") + sealed[place + 1 :]


WRONG = {
    "another key": lambda parts: (sealing.new_key()[1], NAME, parts),
    "another service": lambda parts: (PRIVATE, "an-export/feedback", parts),
    "another order": lambda parts: (PRIVATE, NAME, parts[::-1]),
    "a part lacking": lambda parts: (PRIVATE, NAME, parts[:-1]),
    "a part twice": lambda parts: (PRIVATE, NAME, [*parts, parts[-1]]),
    "a changed letter": lambda parts: (PRIVATE, NAME, [changed(parts[0]), *parts[1:]]),
    "no part at all": lambda parts: (PRIVATE, NAME, []),
    "no sealing at all": lambda parts: (PRIVATE, NAME, ["{}", *parts[1:]]),
}


@pytest.mark.parametrize("what", WRONG)
def test_with_anything_else_it_stays_shut_and_the_error_tells_nothing(what):
    with pytest.raises(sealing.Unopenable) as refused:
        sealing.unseal(*WRONG[what](sealing.seal(PUBLIC, NAME, LONG, 8_000)))
    assert str(refused.value) == ""


def test_a_key_that_is_locked_away_comes_back_with_the_same_secret_and_name_only():
    locked = sealing.lock_away(SECRET, "an-export", PRIVATE)
    assert "X25519" not in locked and sealing.fetch_back(SECRET, "an-export", locked) == PRIVATE
    for secret, name in ((b"another secret", "an-export"), (SECRET, "another-export")):
        with pytest.raises(sealing.Unopenable):
            sealing.fetch_back(secret, name, locked)
