"""notifications: tells people what happened, in their own language and time zone, and coordinators what it adds up to.

Owns       messages (e-mail and the page "Messages"), reports (figures per programme); copies of people and programmes.
Commands   queue and deliver messages; every other change follows from an event.
Publishes  message.sent · notifications.data_contributed, data_erased
Consumes   person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed ·
           concern.raised ·
           meeting.planned, meeting.moved, checklist.confirmed, meeting.held, debrief.written · round.opened, round.closed ·
           programme.retention_ending · data.export_requested, erasure_requested → what it holds about a person, handed over or erased
"""
