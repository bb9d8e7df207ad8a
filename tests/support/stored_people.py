"""Invented people of any number as a pairing service keeps them: written past its commands, which would tell others of each."""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chassis.documents import to_document
from pairing.matching.candidates import Cohort, Mentee, Mentor
from pairing.people.model import Guardian, Person, Vetting
from support.house import House
from support.small_cohort import ENDS_ON

IN_ONE_GO = 5_000


def store(house: House, programme_id: str, cohort: Cohort) -> None:
    """Puts a cohort into a programme of that service."""
    people = [*(_mentor(each) for each in cohort.mentors), *(_mentee(each) for each in cohort.mentees)]
    for start in range(0, len(people), IN_ONE_GO):
        some = [to_document(Person(**fields, programme_ids=(programme_id,), version=1)) for fields in people[start : start + IN_ONE_GO]]
        house.database["people"].insert_many(some)


def id_of(name: str) -> str:
    """The id under which somebody of the cohort is kept."""
    return str(uuid5(NAMESPACE_URL, name))


def _mentor(who: Mentor) -> dict[str, Any]:
    return _both(who, "mentor") | {
        "expertise": who.expertise,
        "goals": who.goals,
        "models": who.models,
        "capacity": who.places,
        "vetting": Vetting("vog", date(2026, 1, 1), ENDS_ON) if who.vetted else None,
        "data_protection_training": date(2026, 9, 1) if who.trained else None,
    }


def _mentee(who: Mentee) -> dict[str, Any]:
    return _both(who, "mentee") | {
        "interests": who.interests,
        "career_goal": who.goal,
        "needs": who.needs,
        "experience_level": who.level,
        "guardian": Guardian("Guardian", f"guardian.of.{who.id}@example.org", date(2026, 11, 1) if who.permitted else None),
    }


def _both(who: Mentor | Mentee, role: str) -> dict[str, Any]:
    return {
        "id": id_of(who.id),
        "email": f"{who.id}@example.org",
        "given_name": "Number",
        "family_name": who.id,
        "roles": (role,),
        "language": who.languages[0],
        "time_zone": who.time_zone,
        "country": who.country,
        "city": who.city,
        "languages": who.languages,
        "birth_date": date(2026 - (who.age or 0), 1, 1),
        "format": who.format,
        "availability": who.availability,
        "wishes": tuple(f"{id}@example.org" for id in who.wishes),
        "joined_on": date(2026, 11, 1),
    }
