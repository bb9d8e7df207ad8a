"""The figures of a report in their order: what each is called and how it is counted."""

from collections.abc import Mapping
from typing import NamedTuple

from ui.language import mark


class Definition(NamedTuple):
    """A figure in words, as message ids: its name and how it is counted."""

    label: str
    definition: str


FIGURES: Mapping[str, Definition] = {
    "mentees": Definition(mark("Mentees"), mark("People who take part in the programme as a mentee now.")),
    "mentees_with_mentor": Definition(mark("Mentees with a mentor"), mark("Different mentees who are in an accepted pair now.")),
    "mentees_had_mentor": Definition(
        mark("Mentees who had a mentor at any time"), mark("Different mentees with at least one accepted pair, ended ones too.")
    ),
    "mentees_unmatched": Definition(mark("Mentees without a proposal"), mark("Mentees for whom the last published match found no mentor.")),
    "pairs_proposed": Definition(mark("Pairs proposed"), mark("All pairs that were ever proposed, whatever came of them.")),
    "pairs_waiting": Definition(mark("Pairs that still have to answer"), mark("Proposed pairs of which not both sides have answered.")),
    "pairs_accepted": Definition(mark("Pairs accepted"), mark("Pairs to which both sides said yes.")),
    "pairs_declined": Definition(mark("Pairs declined"), mark("Pairs to which one side said no.")),
    "pairs_lapsed": Definition(mark("Pairs that ran out of time"), mark("Pairs that did not answer before the time was up.")),
    "sessions_planned": Definition(
        mark("Sessions planned"),
        mark("Sessions that got a time, those called off too. One that was moved counts once, in the week of its newest time."),
    ),
    "sessions_held": Definition(
        mark("Sessions held"), mark("Sessions that the mentor or the mentee marked as held. n: sessions whose time has come.")
    ),
    "sessions_to_come": Definition(mark("Sessions to come"), mark("Planned sessions whose time has not come yet.")),
    "sessions_called_off": Definition(
        mark("Sessions called off"), mark("Sessions that had a time and did not take place, since their pair had ended before it.")
    ),
    "sessions_not_noted": Definition(
        mark("Sessions not noted"), mark("Sessions whose time has passed and that nobody marked as held. Some took place, some did not.")
    ),
    "minutes_held": Definition(mark("Minutes together"), mark("Planned length of all sessions held, added up.")),
    "checklists_confirmed": Definition(
        mark("Safety checklists"), mark("Sessions for which the mentor went through the data-protection and safety checklist.")
    ),
    "debriefs_by_mentors": Definition(mark("Debriefs by mentors"), mark("Sessions held on which the mentor looked back in writing.")),
    "debriefs_by_mentees": Definition(mark("Debriefs by mentees"), mark("Sessions held on which the mentee looked back in writing.")),
    "messages_sent": Definition(
        mark("Messages sent"), mark("E-mails that the mail server took over. Nobody follows whether they are read.")
    ),
    "messages_waiting": Definition(mark("Messages waiting"), mark("Messages that will be sent as soon as the mail server takes them.")),
    "messages_not_delivered": Definition(mark("Messages not delivered"), mark("Messages that the mail server refused for good.")),
}

SESSIONS_BY_WEEK = mark("Sessions by the ISO week of their time, counted in the time zone of the programme.")
MESSAGES_BY_KIND = mark("Messages of one kind that were sent in one language.")
FEEDBACK_MEAN = mark("Mean of the answers to one question, on a scale of 1 to 5. n: people who answered it.")
FEEDBACK_ANSWERS = mark("People who answered in the round.")
WITHHELD = mark("Withheld: so few people answered that somebody could be recognised.")
ROUND_OPEN = mark("The round is still open. Figures come when it has closed.")

KINDS: Mapping[str, str] = {
    "pairing-proposed": mark("A pair was proposed"),
    "pairing-accepted": mark("A pair was accepted"),
    "pairing-accepted-guardian": mark("A pairing begins (to guardians)"),
    "pairing-declined": mark("A pair was declined (to coordinators)"),
    "change-requested": mark("Somebody asked for a change (to coordinators)"),
    "change-settled": mark("A request for a change was answered"),
    "consent-withdrawn": mark("A consent was taken back (to coordinators)"),
    "group-proposed": mark("A group was proposed"),
    "group-accepted": mark("A group is complete"),
    "group-left": mark("Somebody said no to a group (to coordinators)"),
    "group-smaller": mark("Somebody left a group that goes on"),
    "group-smaller-staff": mark("Somebody left a group that goes on (to coordinators)"),
    "group-lapsed": mark("A group does not begin"),
    "pairing-paused": mark("A pairing pauses"),
    "pairing-paused-staff": mark("A pairing pauses (to staff)"),
    "pairing-resumed": mark("A pairing goes on"),
    "pairing-closing": mark("Invitation to look back on a pairing"),
    "pairing-closed": mark("A pairing has ended"),
    "pairing-closed-guardian": mark("A pairing has ended (to guardians)"),
    "pairing-stopped": mark("A pairing was closed at once"),
    "pairing-stopped-staff": mark("A pairing was closed at once (to staff)"),
    "agreement-offered": mark("An agreement waits for signatures"),
    "agreement-signed": mark("An agreement is signed by all"),
    "meeting-planned": mark("Invitation to a session"),
    "meeting-moved": mark("New time of a session"),
    "debrief-asked": mark("Question to look back on a session"),
    "round-opened": mark("Invitation to give feedback"),
    "retention-ending": mark("Word that data will soon be erased (to coordinators)"),
}
"""The kinds of messages, as a report calls them; those about concerns are in no report."""

QUESTIONNAIRES: Mapping[str, str] = {"first_impressions": mark("First impressions")}
"""Titles of questionnaires by their key; one without a title is shown by its key."""

QUESTIONS: Mapping[str, str] = {
    "communication": mark("Understanding each other"),
    "effectiveness": mark("Coming closer to own goals"),
    "experience": mark("Mentoring as a whole"),
    "growth": mark("Encouragement to grow"),
}
"""Short names of questions by their key; one without a name is shown by its key."""
