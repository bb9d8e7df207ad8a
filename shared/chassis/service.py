"""The composition root's one value: all that makes a service this service and no other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork

Handler = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Job:
    """What the clock runs when something is due.

    `command(uow, **payload)` runs in one transaction with the removal of the job. With an `effect`, that runs first, outside any
    transaction and at least once, and `command` gets what it returned as `outcome`. What is too much for one transaction goes before
    the command in `parts(outcome)`, one transaction each; each of them must bear to be repeated. A `slow` job may take minutes: it runs
    beside the others, and its lease is renewed meanwhile.
    """

    command: Callable[..., None]
    effect: Callable[..., Any] | None = None
    parts: Callable[[Any], Iterable[Callable[[UnitOfWork], None]]] | None = None
    slow: bool = False


@dataclass(frozen=True, kw_only=True)
class Service:
    """Name, stored aggregates, routes, policies, reactions, jobs and migrations of one service."""

    name: str
    collections: tuple[Collection[Any], ...] = ()
    blueprints: tuple[Any, ...] = ()
    policies: Mapping[str, Any] = field(default_factory=dict)
    handlers: Mapping[type, Handler] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    migrations: tuple[Callable[[Any], None], ...] = ()
    commands: tuple[Any, ...] = ()
    """Further click commands of `python -m <service>`; each gets `Settings` as context object."""
