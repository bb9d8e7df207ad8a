"""Who is without a partner again is matched again: the clock computes a proposal, which a coordinator may publish."""

from datetime import timedelta

from chassis.unit_of_work import UnitOfWork

MATCH_AGAIN = "match-again"
LITTLE_WHILE = timedelta(seconds=10)
"""So that several answers at the same moment make one computation."""


def match_again(uow: UnitOfWork, programme_id: str) -> None:
    """Has the clock look for somebody else for those of the programme who wait; accepted pairs and open proposals stay as they are."""
    key = f"{MATCH_AGAIN}:{programme_id}"
    uow.schedule(MATCH_AGAIN, uow.now + LITTLE_WHILE, key, programme_id=programme_id, run_id=run_to_be(uow, key))


def run_to_be(uow: UnitOfWork, key: str) -> str:
    """The id of the run that the clock computes under this key; one that is begun keeps it, so that what was laid down for it is found."""
    planned = uow.planned(key)
    return (planned and planned.payload.get("run_id")) or uow.new_id()
