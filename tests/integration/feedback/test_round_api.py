"""A round through the API: one answer each, figures only when enough answered, and nothing kept that joins the two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from contracts.feedback import Figure, RoundClosed, RoundOpened
from contracts.people import PersonErased
from feedback.questionnaires.model import FIRST_IMPRESSIONS

from .conftest import ELSEWHERE, FEMKE, MARIT, MENTEES, PROGRAMME

ROUNDS = "/feedback/api/rounds"
KEYS = [question.key for question in FIRST_IMPRESSIONS.scales]


def answer(rating=4, comment=""):
    return {"ratings": dict.fromkeys(KEYS, rating), "comment": comment}


def test_opening_asks_all_mentees_for_two_weeks(house, marit):
    opened = marit.post(ROUNDS, {"programme_id": PROGRAMME})
    assert (opened.status_code, opened.json["state"], opened.json["threshold"]) == (201, "open", 5)
    (said,) = house.said()
    assert said == RoundOpened(
        round_id=opened.json["id"],
        programme_id=PROGRAMME,
        questionnaire="first_impressions",
        audience="mentees",
        closes_at=datetime.fromisoformat(opened.json["closes_at"]),
    )
    assert timedelta(days=13, hours=23) < said.closes_at - datetime.now(UTC) < timedelta(days=14)
    assert [(job["job"], job["due"]) for job in house.database["jobs"].find()] == [("close-round", said.closes_at)]


def test_one_round_at_a_time(house, marit, round_id):
    again = marit.post(ROUNDS, {"programme_id": PROGRAMME})
    assert (again.status_code, again.json["code"], len(house.said())) == (409, "open_already", 1)


def test_figures_come_when_it_closes_and_others_hear_exactly_those(house, marit, mentees, round_id):
    for mentee, rating in zip(mentees[:5], (5, 4, 4, 4, 5), strict=True):
        assert mentee.post(f"{ROUNDS}/{round_id}/answers", answer(rating, "More robots")).status_code == 204
    assert marit.get(f"{ROUNDS}/{round_id}").json["figures"] == []
    closed = marit.post(f"{ROUNDS}/{round_id}/close")
    assert (closed.json["state"], closed.json["answers"], closed.json["comments"]) == ("closed", 5, [])
    assert house.said()[1:] == [
        RoundClosed(
            round_id=round_id,
            programme_id=PROGRAMME,
            answers=5,
            threshold=5,
            figures=tuple(Figure(question=key, n=5, mean=4.4) for key in KEYS),
        )
    ]
    assert mentees[6].post(f"{ROUNDS}/{round_id}/answers", answer()).status_code == 409
    assert mentees[0].get(f"{ROUNDS}/{round_id}").json["figures"] == []
    assert house.database["jobs"].count_documents({}) == 0


def test_words_are_shown_from_eight_answers_on(marit, mentees, round_id):
    for place, mentee in enumerate(mentees[:8]):
        mentee.post(f"{ROUNDS}/{round_id}/answers", answer(4, f"Words {place}" if place < 3 else " "))
    assert sorted(marit.post(f"{ROUNDS}/{round_id}/close").json["comments"]) == ["Words 0", "Words 1", "Words 2"]


def test_under_the_threshold_nothing_is_shown_neither_before_nor_after(house, marit, mentees, round_id):
    for place, mentee in enumerate(mentees[:5]):
        seen = marit.get(f"{ROUNDS}/{round_id}").json
        assert (seen["answers"], seen["answered"]) == (None, None), place
        if place < 4:
            mentee.post(f"{ROUNDS}/{round_id}/answers", answer())
    closed = marit.post(f"{ROUNDS}/{round_id}/close").json
    assert (closed["answers"], {(figure["n"], figure["mean"]) for figure in closed["figures"]}) == (None, {(None, None)})
    entry = house.database["outbox"].find_one({"type": "round.closed"})
    assert entry["version"] == 2, "the version would tell how many answered"


def test_nobody_answers_twice_not_even_at_the_same_moment(house, mentees, round_id):
    def send(_):
        caller = house.caller(MENTEES[0], "mentee", programmes=[PROGRAMME])
        return caller.post(f"{ROUNDS}/{round_id}/answers", answer()).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [204, 409, 409, 409]
    assert house.database["answers"].count_documents({}) == 1
    assert mentees[0].get(f"{ROUNDS}/{round_id}").json["answered"] is True
    assert mentees[1].get(f"{ROUNDS}/{round_id}").json["answered"] is False


def test_answers_of_many_at_once_all_count(house, marit, round_id):
    def send(id):
        return house.caller(id, "mentee", programmes=[PROGRAMME]).post(f"{ROUNDS}/{round_id}/answers", answer()).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, MENTEES)) == {204}
    assert marit.get(f"{ROUNDS}/{round_id}").json["answers"] == len(MENTEES)
    assert marit.post(f"{ROUNDS}/{round_id}/close").json["answers"] == len(MENTEES)


def test_what_is_kept_joins_no_answer_to_a_person_or_a_time(house, marit, mentees, round_id):
    mentees[0].post(f"{ROUNDS}/{round_id}/answers", answer(comment="More robots"))
    (kept,) = house.database["answers"].find()
    (took_part,) = house.database["participations"].find()
    (tally,) = house.database["tallies"].find()
    assert set(kept) == {"_id", "round_id", "ratings", "comment", "version"}
    assert set(took_part) == {"_id", "round_id", "person_id", "version"}
    assert set(tally) == {"_id", "received", "version"}
    everywhere = [str(found) for name in house.database.list_collection_names() for found in house.database[name].find()]
    assert not [found for found in everywhere if MENTEES[0] in found and kept["_id"] in found]
    marit.post(f"{ROUNDS}/{round_id}/close")
    assert house.database["participations"].count_documents({}) == 0


def test_the_clock_closes_a_round_once(house, mentees, round_id):
    mentees[0].post(f"{ROUNDS}/{round_id}/answers", answer())
    assert house.work_off() == 1
    assert [type(said) for said in house.said()] == [RoundOpened, RoundClosed]
    assert house.work_off() == 0


def test_faults_are_named_and_leave_nothing(house, marit, mentees, round_id):
    lacking = mentees[0].post(f"{ROUNDS}/{round_id}/answers", {"ratings": {KEYS[0]: 3}})
    assert (lacking.status_code, sorted(lacking.json["errors"])) == (422, sorted(KEYS[1:]))
    for bad in ({}, {"ratings": {KEYS[0]: "3"}}, {"ratings": dict.fromkeys(KEYS, 6)}, {**answer(), "name": "Yara"}):
        assert mentees[0].post(f"{ROUNDS}/{round_id}/answers", bad).status_code == 422
    assert [house.database[name].count_documents({}) for name in ("answers", "participations", "tallies")] == [0, 0, 0]
    past = marit.post(ROUNDS, {"programme_id": PROGRAMME, "closes_at": "2020-01-01T00:00:00Z"})
    assert past.status_code in (409, 422)


@pytest.mark.parametrize(
    ("person_id", "role", "programmes", "reads", "answers", "closes"),
    [
        (MENTEES[0], "mentee", [PROGRAMME], 200, 204, 403),
        (MARIT, "coordinator", [PROGRAMME], 200, 403, 200),
        (MARIT, "coordinator", [ELSEWHERE], 403, 403, 403),
        (FEMKE, "mentor", [PROGRAMME], 403, 403, 403),
        ("00000000-0000-4000-8000-00000000000f", "mentee", [PROGRAMME], 403, 403, 403),
        (MARIT, "administrator", [], 403, 403, 403),
    ],
)
def test_who_may_do_what(house, round_id, person_id, role, programmes, reads, answers, closes):
    caller = house.caller(person_id, role, programmes=programmes)
    assert caller.get(f"{ROUNDS}/{round_id}").status_code == reads
    assert caller.post(f"{ROUNDS}/{round_id}/answers", answer()).status_code == answers
    assert house.database["answers"].count_documents({}) == (answers == 204)
    assert caller.post(f"{ROUNDS}/{round_id}/close").status_code == closes
    assert len(house.said()) == (2 if closes == 200 else 1)


def test_a_round_is_opened_only_in_one_s_own_programme(house):
    other = house.caller(MARIT, "coordinator", programmes=[ELSEWHERE])
    assert other.post(ROUNDS, {"programme_id": PROGRAMME}).status_code == 403
    assert house.caller(MENTEES[0], "mentee", programmes=[PROGRAMME]).post(ROUNDS, {"programme_id": PROGRAMME}).status_code == 403
    assert (house.said(), house.database["rounds"].count_documents({})) == ([], 0)


def test_lists_hold_the_rounds_that_concern_the_reader(house, marit, mentees, round_id):
    assert [found["id"] for found in marit.get(ROUNDS).json["items"]] == [round_id]
    assert [found["id"] for found in mentees[0].get(ROUNDS).json["items"]] == [round_id]
    assert house.caller(FEMKE, "mentor", programmes=[PROGRAMME]).get(ROUNDS).json == {"items": [], "next": None}


def test_an_erased_person_is_no_longer_asked_nor_listed(house, mentees, round_id):
    mentees[0].post(f"{ROUNDS}/{round_id}/answers", answer())
    house.hear(PersonErased(person_id=MENTEES[0]))
    assert house.database["participations"].count_documents({}) == 0
    assert house.database["people"].find_one({"_id": MENTEES[0]}) is None
    assert house.database["answers"].count_documents({}) == 1
    assert mentees[0].post(f"{ROUNDS}/{round_id}/answers", answer()).status_code == 403


def test_only_what_is_needed_of_a_person_is_kept(house):
    assert set(house.database["people"].find_one({"_id": MENTEES[0]})) == {"_id", "roles", "programme_ids", "version"}


def test_a_key_for_repeating_leaves_no_trace_of_an_answer(house, mentees, round_id):
    yara = mentees[0]
    headers = yara.bearer | {"Idempotency-Key": "once"}
    given = yara.client.post(f"{ROUNDS}/{round_id}/answers", json=answer(), headers=headers)
    assert given.status_code == 204
    assert house.database["idempotency"].count_documents({}) == 0
