"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.consents import guardians
from pairing.consents import letters as consent_letters
from pairing.intake import commands as intake
from pairing.intake import letters as intake_letters
from pairing.pairings import commands as pairings

HANDLERS: dict[type, Handler] = {}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    guardians.MAIL: Job(effect=consent_letters.mail_guardian, command=guardians.mark_sent),
    intake.MAIL_WELCOME: Job(effect=intake_letters.mail_welcome, command=intake.done),
    intake.MAIL_KNOWN: Job(effect=intake_letters.mail_known, command=intake.done),
    intake.MAIL_DRAFT: Job(effect=intake_letters.mail_draft, command=intake.done),
    pairings.LAPSE: Job(command=pairings.lapse),
}
