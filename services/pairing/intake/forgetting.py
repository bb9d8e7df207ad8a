"""What goes from the forms when a person is erased: her own, the unfinished ones under her name, and her name in those of others."""

from chassis.unit_of_work import UnitOfWork
from pairing.intake.model import Application
from pairing.intake.repository import APPLICATIONS, naming
from pairing.people.model import Person


def forget(uow: UnitOfWork, person: Person) -> int:
    """Deletes her forms, sent or begun, and strikes her whole name and address out of what others typed; gives how many were hers.

    What others said to the coordinators stays theirs. A form without any name or address in it is nobody's; it leaves within thirty days.
    """
    found = naming(uow, person.id, person.name, person.email)
    own = [application for application in found if _is_of(application, person)]
    for application in found:
        application.strike(person.strike_whole)
    for application in own:
        uow.delete(APPLICATIONS, application.id)
    return len(own)


def _is_of(application: Application, person: Person) -> bool:
    """Whether it is the one she sent, or one begun with her address, or with her name and no other address."""
    email, given, family = (_typed(application, name) for name in ("email", "given_name", "family_name"))
    named = (given, family) == (person.given_name.casefold(), person.family_name.casefold())
    return application.person_id == person.id or email == person.email.casefold() or (named and not email)


def _typed(application: Application, name: str) -> str:
    return next(iter(application.answers.get(name, ())), "").strip().casefold()
