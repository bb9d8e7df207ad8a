"""The people around a concern: whom it can be about, who reads it, and what safeguarding leads are shown of them."""

from dataclasses import dataclass

from chassis.errors import Invalid
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import active_with
from pairing.concerns.commands import LEAD
from pairing.concerns.model import VISITOR, Content
from pairing.pairings.own import called
from pairing.pairings.repository import of_person
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from ui import gettext as _


@dataclass(frozen=True)
class Choice:
    """Somebody whom the raiser can name: by `id`, as the raiser knows her by `name`; `pairing_id` when they are in one together."""

    id: str
    name: str
    pairing_id: str = ""


def choices(uow: UnitOfWork, person_id: str) -> list[Choice]:
    """The people of her own pairings, and the safeguarding leads: one whom it is about does not get to read it."""
    shared = {id: pairing.id for pairing in reversed(of_person(uow, person_id)) for id in pairing.members}
    leads = [id for id in active_with(uow, LEAD) if id not in shared]
    people = uow.get_many(PEOPLE, {*shared, *leads})
    met = [
        (person, Choice(id, called(person, whole="mentor" in person.roles), shared[id])) for id, person in people.items() if id in shared
    ]
    staff = [(people[id], Choice(id, _("%(name)s, safeguarding lead", name=people[id].name))) for id in leads if id in people]
    return [choice for person, choice in (*met, *staff) if person.id != person_id]


def content(uow: UnitOfWork, raised_by: str, *, words: str, about_id: str, reach: str) -> Content:
    """What somebody says; raises Invalid when it is to be about a person who was not offered to her."""
    offered = {"": Choice("", ""), **{choice.id: choice for choice in choices(uow, raised_by)}}
    if about_id not in offered:
        raise Invalid({"about_id": ["Choose from the list, or leave it open."]})
    return Content(words=words, reach=reach, about_id=about_id, pairing_id=offered[about_id].pairing_id)


def leads(uow: UnitOfWork) -> list[str]:
    """The names of everybody who reads concerns."""
    return sorted(person.name for person in uow.get_many(PEOPLE, active_with(uow, LEAD)).values())


def names(uow: UnitOfWork, ids: set[str]) -> dict[str, str]:
    """The whole names of these people, for safeguarding leads; there is one, too, for somebody erased and for a visitor."""
    found: dict[str, Person] = uow.get_many(PEOPLE, ids)
    visitor = {VISITOR: _("somebody who was not signed in")}
    return {id: called(found.get(id), whole=True) for id in ids} | visitor
