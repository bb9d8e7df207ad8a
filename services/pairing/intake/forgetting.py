"""Erases what the public form holds of a person; part of the transaction that carries an erasure out."""

from chassis.unit_of_work import UnitOfWork
from pairing.intake.model import Application
from pairing.intake.repository import APPLICATIONS
from pairing.people.model import Person


def forget(uow: UnitOfWork, person: Person) -> int:
    """Deletes the form by which a person came in, and every begun form that names her address; gives how many."""
    begun = [each for each in uow.find(APPLICATIONS, {"submitted_at": None}) if _names(each, person.email)]
    found = [*uow.find(APPLICATIONS, {"person_id": person.id}), *begun]
    for application in found:
        uow.delete(APPLICATIONS, application.id)
    return len(found)


def _names(application: Application, email: str) -> bool:
    return any(email in text.casefold() for texts in application.answers.values() for text in texts)
