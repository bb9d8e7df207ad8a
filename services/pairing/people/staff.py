"""What members of staff may do: an administrator gives them roles and takes roles from them."""

from collections.abc import Collection

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import check_administrator_remains, end_sign_ins
from pairing.accounts.model import STAFF, Account
from pairing.accounts.repository import ACCOUNTS
from pairing.people.commands import change_people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE


def change_roles(uow: UnitOfWork, person_id: str, wanted: Collection[str]) -> Person:
    """Gives a member of staff the `wanted` roles of STAFF and takes the others; what else she is, such as mentor, stays. Raises Refused.

    Who loses a role is signed out everywhere. Nobody changes their own roles, and an administrator remains.
    """
    person, account = uow.get(PEOPLE, person_id), uow.get(ACCOUNTS, person_id)
    others = tuple(role for role in person.roles if role not in STAFF)
    _check(uow, account, {*others, *wanted})
    if set(person.roles) != {*others, *wanted}:
        lost = set(person.roles) - {*others, *wanted}
        if "administrator" in lost:
            check_administrator_remains(uow, person_id)
        change_people(uow, [(person, {"roles": (*others, *wanted)})])
        if lost:
            end_sign_ins(uow, person_id)
    return person


def _check(uow: UnitOfWork, account: Account, roles: Collection[str]) -> None:
    if account.id == uow.actor:
        raise Refused("own-roles", "You cannot change your own roles. Ask another administrator.")
    if account.state != "active":
        raise Refused("account-closed", "This account is closed, and nobody signs in with it. Invite the person with another address.")
    if not account.is_staff:
        raise Refused("not-staff", "This person is not a member of staff. Invite her with another address of hers.")
    if not roles:
        raise Refused("no-role-left", "Without any role she could do nothing here. Leave her one, or close her account.")
