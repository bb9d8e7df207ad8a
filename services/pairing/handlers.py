"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.pairings import commands as pairings
from pairing.programmes import commands as programmes

HANDLERS: dict[type, Handler] = {}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    pairings.LAPSE: Job(command=pairings.lapse),
    programmes.END: Job(command=programmes.end),
}
