"""Looking back: answers of one's own words, and what a certificate says in each language."""

from datetime import UTC, date, datetime

import pytest

from chassis.errors import Invalid
from pairing.closures import certificate
from pairing.closures.model import QUESTIONS, VERSION, LookBack
from pairing.pairings.model import Pairing
from pairing.pairings.records import Course
from pairing.people.model import Person
from pairing.programmes.model import Programme
from ui.language import LANGUAGES

NOW = datetime(2027, 6, 30, 22, 30, tzinfo=UTC)
PROGRAMME = Programme(
    id="autumn", name="Autumn 2026", starts_on=date(2026, 12, 1), ends_on=date(2027, 6, 30), languages=("nl",), time_zone="Europe/Amsterdam"
)


def look_back() -> LookBack:
    return LookBack(id="l", pairing_id="p", programme_id="autumn", person_id="yara")


def person(id: str, name: str) -> Person:
    return Person(
        id=id,
        email=f"{id}@example.org",
        given_name=name,
        family_name="Visser",
        roles=("mentee",),
        language="nl",
        time_zone="Europe/Amsterdam",
    )


def pairing(**more) -> Pairing:
    usual = {"state": "closed", "ending": "planned", "begun_at": datetime(2026, 12, 9, 23, 30, tzinfo=UTC), "ended_at": NOW}
    return Pairing(
        id="p", programme_id="autumn", run_id="r", mentor_ids=("femke",), mentee_ids=("yara",), models=("structured",), format="online",
        proposed_at=NOW, respond_by=NOW, **{**usual, **more},
    )  # fmt: skip


def test_only_answers_to_known_questions_are_kept_and_later_ones_replace_them():
    back = look_back()
    back.write({"learned": "To solder.", "hard": " ", "unknown": "x"}, NOW, shared=True)
    assert (back.answers, back.shared, back.questions, back.written_at) == ({"learned": "To solder."}, True, VERSION, NOW)
    back.write({"proud": "The lamp."}, NOW, shared=False)
    assert (back.answers, back.shared) == ({"proud": "The lamp."}, False)


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(QUESTIONS, " \n"), {"unknown": "x"}])
def test_nothing_is_not_an_answer(answers):
    back = look_back()
    with pytest.raises(Invalid):
        back.write(answers, NOW, shared=True)
    assert back == look_back()


@pytest.mark.parametrize(
    ("due", "more"),
    [
        (True, {}),
        (True, {"ending": "no_fault"}),
        (False, {"ending": "safeguarding"}),
        (False, {"state": "closing"}),
        (False, {"course": Course()}),
    ],
)
def test_a_certificate_needs_a_session_and_an_end_that_is_not_for_safeguarding(due, more):
    assert certificate.is_due(pairing(**{"course": Course(sessions_held=1), **more})) is due


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_are_those_of_the_programme_s_zone(language):
    told = certificate.values(
        certificate.Certificate(person("yara", "Yara"), pairing(course=Course(sessions_held=3)), PROGRAMME, "Firda"), language
    )
    assert told["name"] == "Yara Visser"
    assert "10" in str(told["period"]) and "2026" in str(told["period"]), "half past eleven in London is the next day in Amsterdam"
    assert "1" in str(told["period"]) and "2027" in str(told["period"])
    assert "3" in str(told["sessions"]) and "Autumn 2026" in str(told["took_part"])


def test_a_number_is_the_same_each_time_and_another_for_each_person():
    numbers = [certificate.Certificate(person(id, "A"), pairing(), PROGRAMME, "Firda").number for id in ("yara", "yara", "femke")]
    assert numbers[0] == numbers[1] != numbers[2]
    assert len(numbers[0]) == 14


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_it_says_in_which_role_somebody_took_part(role):
    who = person("femke" if role == "mentor" else "yara", "A")
    told = certificate.values(certificate.Certificate(who, pairing(course=Course(sessions_held=1)), PROGRAMME, "Firda"), "en")
    assert told["took_part"] == f"took part in Autumn 2026 as a {role}."
    assert told["sessions"] == "1 session held"
