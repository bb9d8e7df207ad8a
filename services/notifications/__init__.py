"""notifications: tells people what happened, in their own language and time zone, and coordinators what it adds up to.

Owns       messages (e-mail and the page "Messages"), reports (figures per programme); copies of people and programmes.
Commands   queue and deliver messages; every other change follows from an event.
Publishes  message.sent
Consumes   person.changed, person.erased · programme.changed · match.published ·
           pairing.proposed, accepted, declined, lapsed, paused, resumed, closing, closed ·
           group.proposed, accepted, left, lapsed ·
           agreement.offered, signed · concern.raised · consent.withdrawn ·
           meeting.planned, meeting.moved, checklist.confirmed, meeting.held, debrief.written · round.opened, round.closed
"""
