"""What a view may ask about the present request: its unit of work and who is acting."""

from flask import g
from werkzeug.exceptions import Unauthorized

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def unit() -> UnitOfWork:
    """The unit of work of this request: one transaction around a POST, PUT, PATCH or DELETE; only for reading on GET."""
    uow: UnitOfWork = g.unit
    return uow


def principal_or_none() -> Principal | None:
    """Who is signed in, or None."""
    who: Principal | None = g.get("principal")
    return who


def principal() -> Principal:
    """Who is signed in; nobody is a 401, or on pages the way to the sign-in page."""
    who = principal_or_none()
    if who is None:
        raise Unauthorized("Sign in first.")
    return who
