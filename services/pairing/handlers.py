"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from chassis.unit_of_work import UnitOfWork
from contracts import feedback, notifications, sessions
from contracts.sessions import MeetingHeld, PairingSilent
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.consents import guardians
from pairing.consents import letters as consent_letters
from pairing.data_rights import commands as exports
from pairing.data_rights import erasing, retention, retention_dates
from pairing.data_rights import letters as data_letters
from pairing.intake import commands as intake
from pairing.intake import letters as intake_letters
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.matching.computing import in_parts
from pairing.pairings import commands as pairings
from pairing.pairings import life, watching
from pairing.pairings.rematching import MATCH_AGAIN
from pairing.people import retelling
from pairing.programmes import commands as programmes


def count_session(uow: UnitOfWork, event: MeetingHeld) -> None:
    """A session took place: its pairing is active, and has held one more."""
    life.hold(uow, event.pairing_id, event.held_at)


def propose_ending(uow: UnitOfWork, event: PairingSilent) -> None:
    """A pairing does not meet any more: its coordinator is asked to talk about an ending."""
    life.fall_silent(uow, event.pairing_id, event.since)


HANDLERS: dict[type, Handler] = {
    MeetingHeld: count_session,
    PairingSilent: propose_ending,
    sessions.DataContributed: exports.hear_part("sessions"),
    sessions.DataErased: erasing.hear_answer("sessions"),
    feedback.DataContributed: exports.hear_part("feedback"),
    feedback.DataErased: erasing.hear_answer("feedback"),
    notifications.DataContributed: exports.hear_part("notifications"),
    notifications.DataErased: erasing.hear_answer("notifications"),
}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    guardians.MAIL: Job(effect=consent_letters.mail_guardian, command=guardians.mark_sent),
    intake.MAIL_WELCOME: Job(effect=intake_letters.mail_welcome, command=intake.done),
    intake.MAIL_KNOWN: Job(effect=intake_letters.mail_known, command=intake.done),
    intake.MAIL_DRAFT: Job(effect=intake_letters.mail_draft, command=intake.done),
    matching.COMPUTE: Job(effect=matching.computed_later, parts=in_parts, command=matching.keep_later, slow=True),
    MATCH_AGAIN: Job(effect=matching.computed_follow_up, parts=in_parts, command=matching.follow_up, slow=True),
    publishing.PUBLISH: Job(command=publishing.publish_sheet),
    pairings.LAPSE: Job(command=pairings.lapse),
    programmes.END: Job(command=programmes.end),
    retelling.TELL_AGAIN: Job(command=retelling.tell_again),
    watching.WATCH: Job(command=watching.watch),
    life.CLOSE: Job(command=life.close),
    exports.CLOSE: Job(command=exports.close),
    exports.MAIL_READY: Job(effect=data_letters.mail_copy_ready, command=exports.note_mail),
    erasing.MAIL_ASKED: Job(effect=data_letters.mail_erasure_asked, command=exports.note_mail),
    erasing.CARRY_OUT: Job(effect=erasing.tell_and_try, command=erasing.carry_out),
    retention_dates.REMIND: Job(command=retention.remind),
    retention_dates.ERASE: Job(command=retention.erase),
    programmes.TELL_AGAIN: Job(command=programmes.tell_again),
}
