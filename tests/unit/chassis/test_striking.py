"""Striking names out of others' words: as words of their own, however they are written, and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.striking import names_of, striking

strike = striking(*names_of("Zwaantje", "van Quíspelstein", "zwaantje@example.org"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zwaantje drew a robot.", "… drew a robot."),
        ("I met ZWAANTJE and zwaantje.", "I met … and …."),
        ("Zwaantjes robot, Zwaantje's plan, Zwaantje’s idea", "… robot, … plan, … idea"),
        ("Zwaantje van Quíspelstein", "…"),
        ("Zwaantje  van\nQuispelstein!", "…!"),
        ("mail Zwaantje@Example.org now", "mail … now"),
        ("zwaantje_q and Zwaantjeland", "zwaantje_q and Zwaantjeland"),
        ("a van full of robots", "a van full of robots"),
        ("=HYPERLINK(Quíspelstein)", "=HYPERLINK(…)"),
    ],
)
def test_names_go_as_whole_words_in_any_case_with_and_without_accents(text, left):
    assert strike(text) == left
    assert strike(unicodedata.normalize("NFD", text)) in (left, unicodedata.normalize("NFD", left))


def test_a_short_name_goes_as_it_is_written_only_since_it_may_be_a_word():
    assert striking("Sol")("Sol likes el sol. SOL? Sols") == "… likes el sol. SOL? Sols"


def test_a_name_is_no_pattern():
    assert striking("A.*")("ABBA A.* a") == "ABBA … a"
    assert striking("(")("a ( b") == "a … b"


def test_without_names_everything_stays():
    assert striking("", "  ")("Nobody.") == "Nobody."
    assert striking(*names_of("", "", ""))("Nobody.") == "Nobody."


@given(st.text(max_size=200))
def test_a_text_without_the_name_stays_letter_for_letter(text):
    if "zwaan" not in text.casefold() and "quispel" not in unicodedata.normalize("NFD", text).casefold().replace("\u0301", ""):
        assert strike(text) == text


@given(st.text(max_size=40), st.text(max_size=40))
def test_striking_twice_is_striking_once(before, after):
    once = strike(f"{before} Zwaantje {after}")
    assert strike(once) == once and "Zwaantje " not in once
