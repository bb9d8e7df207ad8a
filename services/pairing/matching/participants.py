"""Turns the people of a programme into the cohort that matching computes with."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pairing.matching.candidates import Cohort, Mentee, Mentor, Terms
from pairing.pairings.model import Pairing
from pairing.pairings.safeguarding import is_trained
from pairing.people.model import Person
from pairing.programmes.model import Programme


def cohort_of(programme: Programme, mentors: Iterable[Person], mentees: Iterable[Person], taken: Iterable[Pairing], day: date) -> Cohort:
    """All mentors with the places they have left, and the mentees without an open pairing. `day` judges ages and dates.

    `taken` are the programme's open pairings. Who withdrew consent is left out; who is mentor here is not matched as a mentee too. Wishes
    become ids; those that name nobody of the other side fall out.
    """
    mentors, mentees = ([person for person in people if not person.consent_withdrawn] for people in (mentors, mentees))
    taken = list(taken)
    used = Counter(pairing.mentor_id for pairing in taken)
    placed = {pairing.mentee_id for pairing in taken} | {person.id for person in mentors}
    mentor_ids, mentee_ids = ({person.email: person.id for person in people} for people in (mentors, mentees))
    return Cohort(
        mentors=tuple(_mentor(person, person.capacity - used[person.id], mentee_ids, programme, day) for person in mentors),
        mentees=tuple(_mentee(person, mentor_ids, day) for person in mentees if person.id not in placed),
        terms=Terms(
            starts_on=programme.starts_on, ends_on=programme.ends_on, weights=programme.weights, meeting_minutes=programme.meeting_minutes
        ),
    )


def _mentor(person: Person, places: int, mentees: dict[str, str], programme: Programme, day: date) -> Mentor:
    return Mentor(
        id=person.id,
        country=person.country,
        city=person.city,
        time_zone=person.time_zone,
        languages=person.languages,
        format=person.format,
        availability=person.availability,
        wishes=tuple(mentees[email] for email in person.wishes if email in mentees),
        expertise=person.expertise,
        models=person.models,
        places=max(0, places),
        vetted=person.vetting_valid_until(programme.ends_on),
        trained=is_trained(person, day),
    )


def _mentee(person: Person, mentors: dict[str, str], day: date) -> Mentee:
    return Mentee(
        id=person.id,
        country=person.country,
        city=person.city,
        time_zone=person.time_zone,
        languages=person.languages,
        format=person.format,
        availability=person.availability,
        wishes=tuple(mentors[email] for email in person.wishes if email in mentors),
        interests=person.interests,
        needs=person.needs,
        minor=person.is_minor(day),
        permitted=person.may_take_part(day),
    )
