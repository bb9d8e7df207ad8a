"""notifications: tells people what happened, in their own language, and counts what happened for reports.

Owns       messages (e-mail and the page "Messages"), reports (figures per programme); copies of people and programmes.
Commands   queue and deliver messages; every other change follows from an event.
Publishes  message.sent · notifications.data_contributed, data_erased
Consumes   person.changed, person.erased · programme.changed, retention_ending · match.published ·
           pairing.proposed, accepted, declined, lapsed, paused, resumed, closing, closed · group.proposed, accepted, left, lapsed ·
           agreement.offered, signed · change.requested, settled · concern.raised · consent.withdrawn ·
           meeting.planned, meeting.moved, checklist.confirmed, meeting.held, debrief.written · round.opened, round.closed ·
           data.export_requested, erasure_requested → what it holds about a person, handed over or erased
"""
