"""Reactions of `pairing` to events, and its jobs."""

from chassis.service import Handler, Job
from contracts import feedback, notifications, sessions
from pairing.accounts import commands as accounts
from pairing.accounts import letters
from pairing.data_rights import commands as exports
from pairing.data_rights import erasing, retention
from pairing.data_rights import letters as data_letters
from pairing.pairings import commands as pairings

HANDLERS: dict[type, Handler] = {
    sessions.DataContributed: exports.hear_part("sessions"),
    sessions.DataErased: erasing.hear_answer("sessions"),
    feedback.DataContributed: exports.hear_part("feedback"),
    feedback.DataErased: erasing.hear_answer("feedback"),
    notifications.DataContributed: exports.hear_part("notifications"),
    notifications.DataErased: erasing.hear_answer("notifications"),
}

JOBS = {
    "mail-sign-in-link": Job(effect=letters.mail_sign_in_link, command=accounts.mark_link_sent),
    pairings.LAPSE: Job(command=pairings.lapse),
    exports.CLOSE: Job(command=exports.close),
    exports.MAIL_READY: Job(effect=data_letters.mail_copy_ready, command=exports.note_mail),
    erasing.MAIL_ASKED: Job(effect=data_letters.mail_erasure_asked, command=exports.note_mail),
    erasing.CARRY_OUT: Job(effect=erasing.tell_and_try, command=erasing.carry_out),
    retention.REMIND: Job(command=retention.remind),
    retention.ERASE: Job(command=retention.erase),
}
