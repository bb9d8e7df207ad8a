"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from chassis.unit_of_work import UnitOfWork
from contracts.sessions import MeetingHeld, PairingSilent
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.pairings import commands as pairings
from pairing.pairings import life, watching


def count_session(uow: UnitOfWork, event: MeetingHeld) -> None:
    """A session took place: its pairing is active, and has held one more."""
    life.hold(uow, event.pairing_id, event.held_at)


def propose_ending(uow: UnitOfWork, event: PairingSilent) -> None:
    """A pairing does not meet any more: its coordinator is asked to talk about an ending."""
    life.fall_silent(uow, event.pairing_id, event.since)


HANDLERS: dict[type, Handler] = {MeetingHeld: count_session, PairingSilent: propose_ending}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    pairings.LAPSE: Job(command=pairings.lapse),
    watching.WATCH: Job(command=watching.watch),
    life.CLOSE: Job(command=life.close),
}
