"""What feedback holds about a person, for the copy that she asked for (GDPR, Art. 15): nearly nothing, since answers bear no name."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from feedback.people.repository import PEOPLE
from feedback.rounds import repository as rounds

ANSWERS_BEAR_NO_NAME = "Answers are kept without a name and without a time. Nobody can say which are yours, so they are not in this copy."


def holdings(uow: UnitOfWork, person_id: str, with_words: bool) -> dict[str, Any]:
    """Her copy here, and in which open rounds she has answered."""
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    files: dict[str, Any] = {
        "open_rounds_you_answered": [{"round": taken.round_id} for taken in rounds.participations_of(uow, person_id)],
        "about_answers": {"note": ANSWERS_BEAR_NO_NAME},
    }
    if person is not None:
        files["copy_of_you"] = {"roles": list(person.roles), "programmes": list(person.programme_ids)}
    return files
