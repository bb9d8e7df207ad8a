"""Adding people and keeping their accounts in step: the only writer of people."""

from typing import Any

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import HOME, mail_link
from pairing.accounts.model import Account, address
from pairing.accounts.repository import ACCOUNTS, of_address
from pairing.pairings import watching
from pairing.people.model import Person
from pairing.people.repository import PEOPLE

SAFEGUARDED = frozenset({"birth_date", "vetting", "data_protection_training", "guardian"})
"""Facts that the safeguarding gate reads: when one changes, running pairings are judged again."""


def add_person(uow: UnitOfWork, **fields: Any) -> Person:
    """A new person with an account of the same id; who has the e-mail address already makes the unique index refuse."""
    person = Person(id=uow.new_id(), **fields)
    uow.add(PEOPLE, person)
    uow.emit(person, person.changed())
    uow.add(ACCOUNTS, account_of(person))
    return person


def change_people(uow: UnitOfWork, changes: list[tuple[Person, dict[str, Any]]]) -> None:
    """Takes over new fields of people; their accounts follow."""
    accounts = uow.get_many(ACCOUNTS, (person.id for person, _ in changes))
    for person, different in changes:
        uow.emit(person, person.change(**different))
        follow(accounts[person.id], person)
        if not SAFEGUARDED.isdisjoint(different):
            watching.reconsider(uow, person.id)


def account_of(person: Person) -> Account:
    """The account that lets this person sign in."""
    return Account(
        id=person.id,
        email=person.email,
        roles=person.roles,
        language=person.language,
        time_zone=person.time_zone,
        programmes=person.programme_ids,
    )


def follow(account: Account, person: Person) -> None:
    """Brings an account up to what its person is now; whether it is closed stays."""
    account.email, account.roles, account.programmes = person.email, person.roles, person.programme_ids
    account.language, account.time_zone = person.language, person.time_zone


def enrolled(person: Person, programme_id: str, role: str) -> dict[str, tuple[str, ...]]:
    """The roles and programmes of this person once they take part in the programme too."""
    return {
        "roles": tuple(dict.fromkeys((*person.roles, role))),
        "programme_ids": tuple(dict.fromkeys((*person.programme_ids, programme_id))),
    }


def invite_staff(uow: UnitOfWork, *, email: str, **fields: Any) -> Person:
    """A new member of staff, who gets a sign-in link by e-mail; raises Refused when somebody has the address."""
    person = add_staff(uow, email=email, **fields)
    mail_link(uow, person.id, HOME)
    return person


def add_staff(uow: UnitOfWork, *, email: str, **fields: Any) -> Person:
    """A new member of staff; raises Refused when somebody has the address."""
    if of_address(uow, email):
        raise Refused("address-taken", "%(email)s has an account already. Look it up in the list.", email=address(email))
    return add_person(uow, email=address(email), **fields)


def run_programme(uow: UnitOfWork, person_id: str, programme_id: str) -> None:
    """Lets a member of staff run the programme."""
    person = uow.get(PEOPLE, person_id)
    if programme_id not in person.programme_ids:
        change_people(uow, [(person, {"programme_ids": (*person.programme_ids, programme_id)})])
