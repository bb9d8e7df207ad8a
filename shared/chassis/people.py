"""Keeps a service's own small projection of people: the fields it declared, nothing more; `data_rights` erases it."""

from dataclasses import fields
from typing import Any

from chassis.repository import Collection
from chassis.service import Handler
from chassis.unit_of_work import UnitOfWork
from contracts.people import PersonChanged


def keep(people: Collection[Any]) -> Handler:
    """A handler that stores the present state of a person; an older state never wins."""
    wanted = {f.name for f in fields(people.kind)} & {f.name for f in fields(PersonChanged)}

    def keep_person(uow: UnitOfWork, event: PersonChanged) -> None:
        kept = {name: getattr(event, name) for name in wanted}
        uow.put(people, people.kind(id=event.person_id, version=uow.event_version, **kept))

    return keep_person
