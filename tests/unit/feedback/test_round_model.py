"""A round asks, collects and closes; and shows no figure that points at a person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Invalid, Refused
from contracts.feedback import Figure, RoundClosed, RoundOpened
from feedback.questionnaires.model import FIRST_IMPRESSIONS, QUESTIONNAIRES, newest
from feedback.rounds.answer import Answer
from feedback.rounds.model import Round

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
KEYS = [question.key for question in FIRST_IMPRESSIONS.scales]


def new(closes_at: datetime = NOW + timedelta(days=14)) -> Round:
    return Round("round", "autumn", "first_impressions", 1, NOW, closes_at)


def answers(number: int, rating: int = 4, comment: str = "More time") -> list[Answer]:
    return [Answer(f"{place:02}", "round", dict.fromkeys(KEYS, rating), f"{comment} {place}") for place in range(number)]


def test_opening_tells_whom_it_asks_and_until_when() -> None:
    assert new().open(NOW) == RoundOpened(
        round_id="round", programme_id="autumn", questionnaire="first_impressions", audience="mentees", closes_at=NOW + timedelta(days=14)
    )


@pytest.mark.parametrize("days", [-1, 0, 90.001])
def test_a_round_closes_in_the_next_ninety_days(days: float) -> None:
    with pytest.raises(Invalid) as refused:
        new(NOW + timedelta(days=days)).open(NOW)
    assert list(refused.value.errors) == ["closes_at"]


def test_answers_are_taken_until_it_closes() -> None:
    asked = new()
    asked.require_open(asked.closes_at - timedelta(seconds=1))
    with pytest.raises(Refused):
        asked.require_open(asked.closes_at)
    asked.close([])
    with pytest.raises(Refused):
        asked.require_open(NOW)


def test_closing_tells_the_figures() -> None:
    asked = new()
    told = asked.close([*answers(4, 4), *answers(2, 5)])
    assert told == RoundClosed(
        round_id="round",
        programme_id="autumn",
        answers=6,
        threshold=5,
        figures=tuple(Figure(question=key, n=6, mean=4.3) for key in KEYS),
    )
    assert (asked.state, asked.answers, asked.figures) == ("closed", 6, told.figures)


def test_a_closed_round_stays_closed() -> None:
    asked = new()
    asked.close([])
    with pytest.raises(Refused):
        asked.close(answers(6))
    assert asked.answers is None


@given(st.integers(0, 12))
def test_under_five_nothing_and_under_eight_no_words(number: int) -> None:
    asked = new()
    told = asked.close(answers(number))
    assert told.answers == (number if number >= 5 else None)
    assert all((figure.n is None) == (figure.mean is None) == (number < 5) for figure in told.figures)
    assert len(asked.comments) == (number if number >= 8 else 0)


def test_words_come_in_the_order_of_random_ids_and_empty_ones_not_at_all() -> None:
    asked = new()
    given_answers = [*reversed(answers(8)), Answer("99", "round", dict.fromkeys(KEYS, 3), "")]
    asked.close(given_answers)
    assert asked.comments == tuple(f"More time {place}" for place in range(8))


@pytest.mark.parametrize(
    ("ratings", "comment", "wrong"),
    [
        ({}, "", set(KEYS)),
        ({**dict.fromkeys(KEYS, 3), KEYS[0]: 0}, "", {KEYS[0]}),
        ({**dict.fromkeys(KEYS, 3), KEYS[1]: 6}, "", {KEYS[1]}),
        ({**dict.fromkeys(KEYS, 3), "shoe_size": 4}, "", {"shoe_size"}),
        (dict.fromkeys(KEYS, 3), "x" * 2001, {"comment"}),
    ],
)
def test_an_answer_is_whole(ratings: dict[str, int], comment: str, wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        FIRST_IMPRESSIONS.require_whole(ratings, comment)
    assert set(refused.value.errors) == wrong
    FIRST_IMPRESSIONS.require_whole(dict.fromkeys(KEYS, 1), "x" * 2000)


def test_questionnaires_are_filed_under_their_key_and_version() -> None:
    assert all(key == (each.key, each.version) for key, each in QUESTIONNAIRES.items())
    assert newest("first_impressions") is FIRST_IMPRESSIONS
    assert len(KEYS) == len(set(KEYS)) == 4
