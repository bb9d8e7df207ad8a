"""The number of a concern: always the same for one form, hard to guess, easy to say, and read however it is typed."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.concerns.numbers import LETTERS, LONGEST_TYPED, id_of, number_of, read

SECRET, OTHER = b"a" * 64, b"b" * 64
FORM = "00000000-0000-4000-8000-00000000000f"


def test_a_form_has_one_number_which_another_secret_or_form_does_not_give():
    number = number_of(SECRET, FORM)
    assert number == number_of(SECRET, FORM)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", number)
    assert number not in (number_of(OTHER, FORM), number_of(SECRET, FORM[:-1] + "e"))


def test_every_sign_stands_at_every_place_about_as_often():
    numbers = [number_of(SECRET, str(count)).replace("-", "") for count in range(3_200)]
    assert len(set(numbers)) == len(numbers)
    for place in range(12):
        counts = [sum(number[place] == letter for number in numbers) for letter in LETTERS]
        assert min(counts) > 50 and max(counts) < 160, place


def test_the_id_follows_from_the_number_and_the_secret():
    number = number_of(SECRET, FORM)
    assert id_of(SECRET, number) == id_of(SECRET, number) == str(uuid.UUID(id_of(SECRET, number), version=4))
    assert id_of(SECRET, number) not in (id_of(OTHER, number), FORM)


@pytest.mark.parametrize("typed", ["7kq4-mt2x-9r0d", " 7KQ4 MT2X 9ROD\n", "7KQ4MT2X9R0D", "7kq4.mt2x.9rod", "7KQ4–MT2X–9R0D"])
def test_it_is_read_whatever_the_hyphens_spaces_and_capitals(typed):
    assert read(typed) == "7KQ4-MT2X-9R0D"


@pytest.mark.parametrize("typed", ["", "7KQ4-MT2X", "7KQ4-MT2X-9R0D-1", "UUUU-UUUU-UUUU", "7" * 10_000, "\0" * 12, "٣" * 12, "\u202e"])
def test_what_cannot_be_one_is_none(typed):
    assert read(typed) == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_a_number_or_none(typed):
    assert re.fullmatch(f"|[{LETTERS}]{{4}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", read(typed))
    assert not read("x" * LONGEST_TYPED + typed)
