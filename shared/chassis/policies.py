"""Who may use a route: small functions that combine, and the check that no route lacks one."""

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


class Decision(enum.Enum):
    """A consent that leaves a trace."""

    NOTED = "noted"


Policy = Callable[..., bool | Decision]


class IncompletePolicies(Exception):
    """The policy table and the routes do not match; the service must not start."""


def public(who: Principal | None, read: UnitOfWork, **view_args: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(who: Principal, read: UnitOfWork, **view_args: Any) -> bool:
    """Every signed-in person."""
    return True


def any_of(*roles: str) -> Policy:
    """People with at least one of these roles."""

    def has_role(who: Principal, read: UnitOfWork, **view_args: Any) -> bool:
        return who.has(*roles)

    return has_role


def both(*parts: Policy) -> Policy:
    """Only where all parts agree; the first refusal ends it."""

    def all_agree(who: Principal, read: UnitOfWork, **view_args: Any) -> bool | Decision:
        decision: bool | Decision = True
        for part in parts:
            agreed = part(who, read, **view_args)
            if not agreed:
                return False
            decision = agreed if agreed is Decision.NOTED else decision
        return decision

    return all_agree


def either(*parts: Policy) -> Policy:
    """Where one part agrees; the first consent ends it, so put the audited part last."""

    def one_agrees(who: Principal, read: UnitOfWork, **view_args: Any) -> bool | Decision:
        return next((agreed for part in parts if (agreed := part(who, read, **view_args))), False)

    return one_agrees


def audited(policy: Policy) -> Policy:
    """The same policy; whoever reads by its consent leaves an entry in the audit log."""

    def noted(who: Principal, read: UnitOfWork, **view_args: Any) -> bool | Decision:
        return Decision.NOTED if policy(who, read, **view_args) else False

    return noted


def is_public(policy: Policy) -> bool:
    """Whether a policy lets people in who are not signed in."""
    return policy is public


def check_complete(endpoints: Iterable[str], policies: Mapping[str, Policy]) -> None:
    """Raises IncompletePolicies, naming what is wrong, unless every route has a row and every row a route."""
    routes = set(endpoints)
    lacking, left_over = sorted(routes - policies.keys()), sorted(policies.keys() - routes)
    if lacking:
        raise IncompletePolicies(f"Add a policy for: {', '.join(lacking)}. Every route needs a row in policies.py.")
    if left_over:
        raise IncompletePolicies(f"Remove the policy of: {', '.join(left_over)}. There is no such route.")
