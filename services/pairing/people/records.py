"""What is done about one person by hand: adding her to a programme, correcting her data, taking her out of it."""

from typing import Any

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import end_sign_ins
from pairing.accounts.model import STAFF
from pairing.accounts.repository import of_address
from pairing.pairings.model import OPEN
from pairing.pairings.repository import of_person
from pairing.people import repository
from pairing.people.commands import add_person, change_people, enrolled
from pairing.people.findings import REMEDIES
from pairing.people.imports import other_role
from pairing.people.merging import is_elsewhere, settled
from pairing.people.model import SPOKEN, Person
from pairing.people.repository import PEOPLE
from pairing.programmes.model import Programme
from ui.language import mark

ELSEWHERE = mark("This person is already here through another programme, with other data. Ask the coordinator of that programme.")
OTHER_ROLE = "email-other-role"
OTHER_ROLE_REMEDY = REMEDIES[OTHER_ROLE]


def enrol(uow: UnitOfWork, programme: Programme, role: str, fields: dict[str, Any], runs: frozenset[str]) -> Person:
    """Adds somebody to a programme, as an import of one row does: raises Refused when another role or programme stands against it."""
    person = repository.of_addresses(uow, [fields["email"]]).get(fields["email"])
    if person is None:
        spoken = next((code for code in fields["languages"] if code in SPOKEN), programme.language)
        return add_person(uow, **fields, language=spoken, roles=(role,), programme_ids=(programme.id,))
    taken, brought = other_role(role, person), person.differs(**settled(person, fields))
    if taken:
        raise Refused(OTHER_ROLE, OTHER_ROLE_REMEDY, role=taken)
    if brought and is_elsewhere(person, runs, uow.actor):
        raise Refused("email-elsewhere", ELSEWHERE)
    change_people(uow, [(person, brought | enrolled(person, programme.id, role))])
    return person


def correct(uow: UnitOfWork, person_id: str, fields: dict[str, Any], runs: frozenset[str]) -> Person:
    """Takes over corrected data of a participant, who signs in with a new address from now on; raises Refused. `runs` as for an import."""
    person = uow.get(PEOPLE, person_id)
    if person.id != uow.actor:
        _check_no_staff(person)
    before, email = person.email, fields.get("email", person.email)
    if email != before:
        _check_address(uow, person, email, runs)
        _rename(uow, before, email)
        end_sign_ins(uow, person.id)
    change_people(uow, [(person, settled(person, fields))])
    return person


def _check_no_staff(person: Person) -> None:
    if not STAFF.isdisjoint(person.roles):
        raise Refused("staff-record", "This person is a member of staff too. Ask them, or an administrator, to change it.")


def _check_address(uow: UnitOfWork, person: Person, email: str, runs: frozenset[str]) -> None:
    if of_address(uow, email):
        raise Refused("address-taken", "%(email)s has an account already. Look it up in the list.", email=email)
    if not STAFF.isdisjoint(person.roles) or is_elsewhere(person, runs, None):
        raise Refused(
            "address-elsewhere", "This person is here through another programme too. Its coordinator has to change the address with you."
        )


def _rename(uow: UnitOfWork, before: str, after: str) -> None:
    """Whoever named this person by her address names her by the new one."""
    for other in repository.naming(uow, before):
        lists = {name: tuple(after if each == before else each for each in getattr(other, name)) for name in repository.NAMING}
        uow.emit(other, other.change(**lists))


def leave(uow: UnitOfWork, person_id: str, programme_id: str) -> Person:
    """Takes somebody out of a programme; raises Refused while she is proposed or paired there. What was recorded stays."""
    person = uow.get(PEOPLE, person_id)
    if programme_id not in person.programme_ids:
        raise Refused("not-in-programme", "This person is not in this programme. Load the page again.")
    _check_no_staff(person)
    if any(pairing.programme_id == programme_id and pairing.state in OPEN for pairing in of_person(uow, person_id)):
        raise Refused("still-paired", "This person has an open pairing in this programme. End that pairing first, then remove them.")
    change_people(uow, [(person, {"programme_ids": tuple(each for each in person.programme_ids if each != programme_id)})])
    return person
