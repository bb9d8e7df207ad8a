"""Turns the people of a programme into the cohort that matching computes with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pairing.matching.candidates import AgeRules, Cohort, Mentee, Mentor, Terms
from pairing.pairings.model import Pairing
from pairing.pairings.safeguarding import is_trained
from pairing.people.model import Person, age
from pairing.programmes.model import Programme

NO_AGES = AgeRules()


@dataclass(frozen=True)
class _Side:
    """What is looked up about everybody of the other side."""

    by_email: Mapping[str, str]
    by_family: Mapping[str, frozenset[str]]
    teachers: Mapping[str, frozenset[str]]


def cohort_of(
    programme: Programme,
    mentors: Iterable[Person],
    mentees: Iterable[Person],
    taken: Iterable[Pairing],
    day: date,
    *,
    ages: AgeRules = NO_AGES,
    free_since: Mapping[str, date] | None = None,
) -> Cohort:
    """All mentors with the places they have left, and the mentees without an open pairing. `day` judges ages and dates.

    `taken` are the programme's open pairings. Who is mentor here is not matched as a mentee too. The data
    of somebody who withdrew consent are not used (GDPR, Art. 7(3)): she is not in the cohort. Wishes become ids; those that name
    nobody of the other side fall out. `free_since` says of mentees who had a mentor before when that ended.
    """
    mentors, mentees = ([person for person in people if person.consent_withdrawn is None] for people in (mentors, mentees))
    taken = list(taken)
    used = Counter(id for pairing in taken for id in pairing.mentor_ids)
    placed = {id for pairing in taken for id in pairing.mentee_ids}
    to_mentors, to_mentees, since = _side(mentors), _side(mentees), free_since or {}
    return Cohort(
        mentors=tuple(_mentor(person, person.capacity - used[person.id], to_mentees, programme, day) for person in mentors),
        mentees=tuple(
            _mentee(person, to_mentors, since.get(person.id), day)
            for person in mentees
            if person.id not in placed and "mentor" not in person.roles
        ),
        terms=terms_of(programme, ages),
    )


def terms_of(programme: Programme, ages: AgeRules = NO_AGES) -> Terms:
    """What the programme lays down for matching."""
    return Terms(
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        weights=programme.weights,
        models=programme.models,
        meeting_minutes=programme.meeting_minutes,
        minimum=programme.minimum_fit,
        ages=ages,
    )


def _mentor(person: Person, places: int, mentees: _Side, programme: Programme, day: date) -> Mentor:
    return Mentor(
        id=person.id,
        country=person.country,
        city=person.city,
        time_zone=person.time_zone,
        languages=person.languages,
        format=person.format,
        availability=person.availability,
        wishes=_known(person.wishes, mentees),
        barred=_barred(person, mentees),
        age=_age(person, day),
        expertise=person.expertise,
        goals=person.goals,
        models=person.models,
        places=max(0, places),
        vetted=person.vetting_valid_until(programme.ends_on),
        trained=is_trained(person, day),
    )


def _mentee(person: Person, mentors: _Side, free_since: date | None, day: date) -> Mentee:
    return Mentee(
        id=person.id,
        country=person.country,
        city=person.city,
        time_zone=person.time_zone,
        languages=person.languages,
        format=person.format,
        availability=person.availability,
        wishes=_known(person.wishes, mentors),
        barred=_barred(person, mentors),
        age=_age(person, day),
        level=person.experience_level,
        interests=person.interests,
        goal=person.career_goal,
        waited_days=_waited(person, free_since, day),
        needs=person.needs,
        minor=person.is_minor(day),
        permitted=person.has_permission(day),
    )


def _side(people: list[Person]) -> _Side:
    families: dict[str, set[str]] = {}
    teachers: dict[str, set[str]] = {}
    for person in people:
        families.setdefault(_label(person.family), set()).add(person.id)
        for pupil in person.pupils:
            teachers.setdefault(pupil, set()).add(person.id)
    families.pop("", None)
    return _Side({person.email: person.id for person in people}, *(_frozen(found) for found in (families, teachers)))


def _frozen(groups: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {label: frozenset(ids) for label, ids in groups.items()}


def _label(family: str) -> str:
    return " ".join(family.casefold().split())


def _known(emails: Iterable[str], others: _Side) -> tuple[str, ...]:
    return tuple(others.by_email[email] for email in emails if email in others.by_email)


def _barred(person: Person, others: _Side) -> frozenset[str]:
    """Her family, her guardian or wards, her pupils or teachers, and whom she must never be paired with."""
    family = others.by_family.get(_label(person.family), frozenset())
    guardian = (person.guardian.email,) if person.guardian else ()
    named = _known((*person.pupils, *person.not_with, *guardian), others)
    return family | others.teachers.get(person.email, frozenset()) | {*named, *person.ward_ids}


def _age(person: Person, day: date) -> int | None:
    return age(person.birth_date, day) if person.birth_date else None


def _waited(person: Person, free_since: date | None, day: date) -> int:
    """Days since she joined, or since the mentor she had was hers no more."""
    began = max((known for known in (person.joined_on, free_since) if known), default=day)
    return max(0, (day - began).days)
