"""The audit log of staff reading personal data: who, what, when; never what they saw."""

import uuid

from flask import g, request

from chassis.unit_of_work import UnitOfWork
from chassis.web.stores import AUDIT


def note(uow: UnitOfWork) -> None:
    """Writes that the acting person read what the present route shows; if it cannot be written, nothing is shown."""
    entry = {"_id": str(uuid.uuid4()), "who": uow.actor, "endpoint": request.endpoint, "view_args": dict(request.view_args or {})}
    uow.database[AUDIT].insert_one({**entry, "at": uow.now, "correlation_id": g.correlation_id}, session=uow.session)
