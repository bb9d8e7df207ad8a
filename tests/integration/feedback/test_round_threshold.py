"""From how many answers a programme shows figures: as it decided, for rounds that open from then on, everywhere in feedback."""

from dataclasses import replace

import pytest

from contracts.feedback import RoundClosed
from feedback.questionnaires.model import FIRST_IMPRESSIONS

from .conftest import ELSEWHERE, MARIT, PROGRAMME, person, programme

ROUNDS = "/feedback/api/rounds"
KEYS = [question.key for question in FIRST_IMPRESSIONS.scales]


@pytest.fixture
def decide(house):
    """Tells feedback what the programme decided."""

    def decide_(threshold, version=2, **more):
        house.hear(replace(programme(), threshold=threshold, **more), version=version)

    return decide_


def opened(marit, programme_id=PROGRAMME):
    return marit.post(ROUNDS, {"programme_id": programme_id}).json["id"]


def answer(mentees, round_id):
    for mentee in mentees:
        said = {"ratings": dict.fromkeys(KEYS, 4), "comment": "More robots"}
        assert mentee.post(f"{ROUNDS}/{round_id}/answers", said).status_code == 204


@pytest.mark.parametrize("threshold", [3, 5, 7])
def test_figures_come_from_as_many_answers_as_the_programme_decided(house, marit, mentees, decide, threshold):
    decide(threshold)
    for number in (threshold - 1, threshold):
        round_id = opened(marit)
        answer(mentees[: threshold - 1], round_id)
        assert marit.get(f"{ROUNDS}/{round_id}").json["answers"] is None
        assert f"under {threshold}" in marit.page(f"/feedback/rounds/{round_id}").text
        assert f"fewer than {threshold} answers" in marit.page("/feedback/").text
        answer(mentees[threshold - 1 : number], round_id)
        shown = number if number == threshold else None
        closed = marit.post(f"{ROUNDS}/{round_id}/close").json
        assert (closed["threshold"], closed["answers"], {each["n"] for each in closed["figures"]}) == (threshold, shown, {shown})
        told = [event for event in house.said() if isinstance(event, RoundClosed) and event.round_id == round_id]
        assert [(event.threshold, event.answers) for event in told] == [(threshold, shown)]


def test_words_never_come_before_figures(marit, mentees, decide):
    decide(9)
    withheld, shown = opened(marit), None
    answer(mentees[:8], withheld)
    closed = marit.post(f"{ROUNDS}/{withheld}/close").json
    assert (closed["answers"], closed["comments"]) == (None, [])
    assert "More robots" not in marit.page(f"/feedback/rounds/{withheld}").text
    shown = opened(marit)
    answer(mentees[:9], shown)
    assert marit.post(f"{ROUNDS}/{shown}/close").json["comments"] == ["More robots"] * 9


def test_with_a_low_number_words_still_wait_for_eight(marit, mentees, decide):
    decide(3)
    round_id = opened(marit)
    answer(mentees[:7], round_id)
    assert marit.post(f"{ROUNDS}/{round_id}/close").json["comments"] == []
    assert "at least 8 mentees" in marit.page(f"/feedback/rounds/{round_id}").text


def test_a_round_that_runs_keeps_what_held_when_it_opened(marit, mentees, decide):
    decide(7)
    round_id = opened(marit)
    answer(mentees[:4], round_id)
    decide(3, version=3)
    closed = marit.post(f"{ROUNDS}/{round_id}/close").json
    assert (closed["threshold"], closed["answers"]) == (7, None)
    assert marit.get(f"{ROUNDS}/{opened(marit)}").json["threshold"] == 3


def test_an_older_state_that_arrives_late_changes_nothing(house, marit, decide):
    decide(8, version=5)
    decide(3, version=4)
    assert marit.get(f"{ROUNDS}/{opened(marit)}").json["threshold"] == 8


def test_no_event_brings_it_below_the_floor(marit, decide):
    decide(1)
    assert marit.get(f"{ROUNDS}/{opened(marit)}").json["threshold"] == 3


def test_without_a_word_of_the_programme_and_in_copies_of_earlier_versions_it_is_five(house, marit):
    unheard = house.caller(MARIT, "coordinator", programmes=[ELSEWHERE])
    assert unheard.get(f"{ROUNDS}/{opened(unheard, ELSEWHERE)}").json["threshold"] == 5
    house.database["programmes"].update_one({"_id": PROGRAMME}, {"$unset": {"threshold": ""}})
    assert marit.get(f"{ROUNDS}/{opened(marit)}").json["threshold"] == 5


def test_who_sees_what_tells_everybody_the_numbers_of_her_own_programmes(house, marit, mentees, decide):
    path = "/feedback/who-sees-what"
    visitor = house.app.test_client().get(path).text
    assert "at least 5 mentees" in visitor and "Sign in to see that of yours" in visitor
    decide(9)
    mine = mentees[0].page(path).text
    assert "at least 9 mentees answered. What was written, in random order, only when at least 9 answered" in mine
    assert "Sign in to see" not in mine and "at least 5" not in mine
    house.hear(replace(programme(), programme_id=ELSEWHERE, name="Spring", threshold=3))
    both = house.caller(MARIT, "coordinator", programmes=[PROGRAMME, ELSEWHERE]).page(path).text
    for text in ("in Spring", "at least 3 mentees", "in Autumn 2026", "at least 9 mentees"):
        assert text in both
    house.hear(person("00000000-0000-4000-8000-00000000000e", programme_id=ELSEWHERE))
    assert "at least 3 mentees" in house.caller("00000000-0000-4000-8000-00000000000e", "mentee", programmes=[ELSEWHERE]).page(path).text
