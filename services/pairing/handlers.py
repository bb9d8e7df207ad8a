"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from chassis.unit_of_work import UnitOfWork
from contracts.sessions import MeetingHeld
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.pairings import commands as pairings


def begin_pairing(uow: UnitOfWork, event: MeetingHeld) -> None:
    """A session took place: its pairing is active."""
    pairings.begin(uow, event.pairing_id)


HANDLERS: dict[type, Handler] = {MeetingHeld: begin_pairing}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    pairings.LAPSE: Job(command=pairings.lapse),
}
